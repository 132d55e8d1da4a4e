// `xauth use`: the default profile.
#include <doctest/doctest.h>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct UseCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  UseCase() { kept.add(*provider, {.profile = "home", .lifetime = 3600}); }
};

}  // namespace

TEST_CASE_FIXTURE(UseCase, "use sets the default profile and leaves everything else as it is") {
  Json config = kept.config();
  config.set("from_the_future", Json(true));
  kept.write("config.json", config.text());
  const std::string tokens = kept.token_text();
  const Finished ended = kept.xauth({"use", "home"});
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK(kept.xauth({"token"}).out == kept.token("access_token", "home") + "\n");
  config.set("default", Json("home"));
  const Json after = kept.config();
  CHECK(after.object()->size() == config.object()->size() + 1);  // settings
  for (const auto& [name, value] : *config.object()) {
    CHECK(after.find(name)->text() == value.text());
  }
  CHECK(content_of(kept.path_of("config.json")).starts_with("{\n  \"version\": 1,\n  \"default\""));
  CHECK(kept.token_text() == tokens);
  CHECK(kept.xauth({"use", "work", "-o", "json"}).out == "{\"default\":\"work\"}\n");
}

TEST_CASE_FIXTURE(UseCase, "an unknown profile is wrong usage, and the nearest one is named") {
  const std::string before = content_of(kept.path_of("config.json"));
  const Finished ended = kept.xauth({"use", "hom"});
  CHECK(ended.status == 2);
  CHECK(ended.err.find("xauth use home") != std::string::npos);
  CHECK(kept.xauth({"use", "../home"}).status == 2);
  CHECK(kept.xauth({"use"}).status == 2);
  CHECK(content_of(kept.path_of("config.json")) == before);
}

TEST_CASE_FIXTURE(UseCase, "damaged settings are named and not written over") {
  kept.write("config.json", "{\"version\":2,\"profiles\":{\"home\":{}}}");
  const std::string before = content_of(kept.path_of("config.json"));
  const Finished ended = kept.xauth({"use", "home"});
  CHECK(ended.status == 8);
  CHECK(ended.err.find("config.json") != std::string::npos);
  CHECK(content_of(kept.path_of("config.json")) == before);
}
