#include "cli/config_key.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/cli/cli_context.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

store::Config two_profiles() {
  store::Config config;
  store::Profile profile;
  profile.client_id = "c";
  profile.redirect_uri = {"http://127.0.0.1/a", "http://127.0.0.1/b"};
  config.set_profile("work", profile);
  config.set_profile("a.b", {});
  return config;
}

}  // namespace

TEST_CASE("a key is default, a setting, or a member of a profile, whose name may hold dots") {
  CHECK(parse_config_key("default").name == "default");
  CHECK(parse_config_key("password_command").name == "password_command");
  const auto key = parse_config_key("profile.a.b.scope");
  CHECK(key.profile == "a.b");
  CHECK(key.name == "scope");
  CHECK(key.text == "profile.a.b.scope");
  for (const char* text : {"", "profile", "profile.", "profile.scope", "profile..scope", "Default",
                           "profile.work.version", "profile.work.\033[31m"}) {
    CAPTURE(text);
    const auto error = error_of([&] { parse_config_key(text); });
    CHECK(error.code == Code::usage);
    CHECK(error.message.find('\033') == std::string::npos);
  }
}

TEST_CASE("the keys that are set, in order, and their values") {
  auto config = two_profiles();
  config.set_setting("browser", "w3m");
  config.set_default("work");
  std::string all;
  for (const auto& key : keys_that_are_set(config)) {
    all += key.text + "=" + value_of(config, key)->text() + ";";
  }
  CHECK(all == R"(default="work";browser="w3m";profile.work.client_id="c";)"
               R"(profile.work.redirect_uri=["http://127.0.0.1/a","http://127.0.0.1/b"];)");
  CHECK_FALSE(value_of(config, parse_config_key("profile.a.b.scope")));
}

TEST_CASE("a value replaces an array whole, and an empty one unsets") {
  auto config = two_profiles();
  const auto key = parse_config_key("profile.work.redirect_uri");
  set_value(CommandContext().context, config, key, "  http://127.0.0.1/c   http://127.0.0.1/d ");
  CHECK(value_of(config, key)->text() == R"(["http://127.0.0.1/c","http://127.0.0.1/d"])");
  set_value(CommandContext().context, config, key, "");
  CHECK_FALSE(value_of(config, key));
  CHECK(config.profile("work")->client_id == "c");
}

TEST_CASE("an unknown profile is wrong usage, and the nearest one is named") {
  auto config = two_profiles();
  const auto key = parse_config_key("profile.wrk.scope");
  for (const auto& error : {error_of([&] { value_of(config, key); }), error_of([&] {
                              set_value(CommandContext().context, config, key, "a");
                            })}) {
    CHECK(error.code == Code::usage);
    CHECK(error.message == "there is no profile wrk; is it work?");
  }
}

TEST_CASE("a named part of a provider is not for a profile whose provider has no name") {
  auto config = two_profiles();
  const auto key = parse_config_key("profile.work.provider_param");
  const auto error =
      error_of([&] { set_value(CommandContext().context, config, key, "realm=main"); });
  CHECK(error.code == Code::usage);
  CHECK(error.message.find("provider_param") != std::string::npos);
  CHECK(config.profile("work")->provider_param.empty());
}
