#include "store/config.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

namespace {

struct Settings {
  Config read(const std::string& text) {
    put(directory.path_of("config.json"), text);
    return Config::read(directory);
  }

  const Scratch scratch;
  Warnings warnings;
  const Directory directory = Directory::make(scratch / "config", warnings.warn());
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("no file is an empty configuration, written with version and default first") {
  Settings settings;
  Config config = Config::read(settings.directory);
  CHECK(config.names().empty());
  CHECK(config.default_profile().empty());
  CHECK(config.setting("browser").empty());
  CHECK(parse_json(config.text())->text() == R"({"version":1,"settings":{},"profiles":{}})");
  config.set_profile("b", {.provider = "x"});
  config.set_profile("a", {.scope = "s"});
  config.set_default("b");
  CHECK(config.names() == Names{"b", "a"});
  CHECK(parse_json(config.text())->text() ==
        R"({"version":1,"default":"b","settings":{},)"
        R"("profiles":{"b":{"provider":"x"},"a":{"scope":"s"}}})");
}

TEST_CASE("members that this version does not know are kept in any order") {
  Settings settings;
  auto config = settings.read(
      R"({"future":[1],"profiles":{"a":{"x":1}},"settings":{"browser":"b","y":2},"version":1})");
  CHECK(config.setting("browser") == "b");
  config.set_default("a");
  CHECK(parse_json(config.text())->text() ==
        R"({"version":1,"default":"a","settings":{"browser":"b","y":2},)"
        R"("profiles":{"a":{"x":1}},"future":[1]})");
}

TEST_CASE("forgetting the default unsets it, forgetting another does not") {
  Settings settings;
  auto config = settings.read(R"({"version":1,"default":"a","profiles":{"a":{},"b":{}}})");
  config.forget("b");
  config.forget("none");
  CHECK(config.default_profile() == "a");
  config.forget("a");
  CHECK(config.default_profile().empty());
  CHECK(config.names().empty());
  CHECK_FALSE(config.profile("a"));
}

TEST_CASE("settings and the default are set and unset, beside what is unknown") {
  Settings settings;
  auto config = settings.read(R"({"version":1,"default":"a","settings":{"future":1}})");
  config.set_setting("browser", "w3m");
  CHECK(config.setting("browser") == "w3m");
  config.unset_default();
  CHECK(config.default_profile().empty());
  config.unset_setting("browser");
  config.unset_setting("browser");
  CHECK(config.setting("browser").empty());
  CHECK(config.text().find("\"future\": 1") != std::string::npos);
  Config empty;
  empty.unset_setting("browser");
  empty.set_setting("browser", "w3m");
  CHECK(empty.setting("browser") == "w3m");
}

TEST_CASE("a damaged config.json is 8 and named") {
  Settings settings;
  for (const char* text :
       {"", "{", "[]", "{}", R"({"version":2})", R"({"version":"1"})",
        R"({"version":1,"profiles":[]})", R"({"version":1,"settings":"a"})",
        R"({"version":1,"profiles":{"../x":{}}})", R"({"version":1,"profiles":{"":{}}})"}) {
    CAPTURE(text);
    const auto error = error_of([&] { settings.read(text); });
    CHECK(error.code == Code::storage);
    CHECK(error.message.find(settings.directory.path_of("config.json")) != std::string::npos);
  }
}

TEST_CASE("one broken profile breaks no other") {
  Settings settings;
  const auto config =
      settings.read(R"({"version":1,"profiles":{"bad":{"scope":1},"good":{"scope":"s"}}})");
  CHECK(config.profile("good")->scope == "s");
  const auto error = error_of([&] { config.profile("bad"); });
  CHECK(error.message.ends_with("config.json: profile bad: scope must be a string"));
}

TEST_CASE("a change is made to what the file holds now, and saved under its lock") {
  Settings settings;
  settings.read(R"({"version":1,"profiles":{"a":{}}})");
  change_config(settings.directory, settings.warnings.warn(), [&](Config& config) {
    CHECK(config.names() == Names{"a"});
    config.set_default("a");
    CHECK_THROWS_AS(FileLock(settings.directory, ".config.lock", std::chrono::milliseconds(1),
                             settings.warnings.warn()),
                    Error);
  });
  CHECK(Config::read(settings.directory).default_profile() == "a");
  CHECK(mode_of(settings.directory.path_of("config.json")) == 0600);
}

TEST_CASE("a change that fails leaves the file byte for byte as it was") {
  Settings settings;
  const std::string text = R"({ "version":1, "profiles":{"a":{}} })";
  settings.read(text);
  const auto fail = [](Config& config) {
    config.forget("a");
    throw Error(Code::usage, "no");
  };
  CHECK_THROWS_AS(change_config(settings.directory, settings.warnings.warn(), fail), Error);
  CHECK(content_of(settings.directory.path_of("config.json")) == text);
}
