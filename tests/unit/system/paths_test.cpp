#include "system/paths.h"

#include <doctest/doctest.h>

#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// Sets what the directory depends on, null for unset, and puts it back.
class Environment {
 public:
  Environment(const char* own, const char* xdg, const char* home) {
    set("XAUTH_CONFIG_DIR", own);
    set("XDG_CONFIG_HOME", xdg);
    set("HOME", home);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    for (const auto& [name, value] : before_) {
      value.has_value() ? ::setenv(name, value->c_str(), 1) : ::unsetenv(name);
    }
  }

 private:
  void set(const char* name, const char* value) {
    const char* old = std::getenv(name);
    before_.emplace_back(name, old == nullptr ? std::nullopt : std::optional<std::string>(old));
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }

  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

}  // namespace

TEST_CASE("the configuration's directory is the option, XAUTH_CONFIG_DIR, XDG's, then HOME's") {
  struct {
    const char* option;
    const char* own;
    const char* xdg;
    const char* home;
    const char* expected;
  } const rows[] = {
      {"/o", "/e", "/x", "/h", "/o"},
      {"o", "/e", "/x", "/h", "o"},
      {"", "/e", "/x", "/h", "/e"},
      {"", "e", "/x", "/h", "e"},
      {"", nullptr, "/x", "/h", "/x/xauth"},
      {"", "", "/x", "/h", "/x/xauth"},
      {"", nullptr, "/x", nullptr, "/x/xauth"},
      {"", nullptr, nullptr, "/h", "/h/.config/xauth"},
      {"", nullptr, "", "/h", "/h/.config/xauth"},
      {"", nullptr, "relative", "/h", "/h/.config/xauth"},
      {"", nullptr, "./relative", "/h", "/h/.config/xauth"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.expected);
    const Environment environment(row.own, row.xdg, row.home);
    CHECK(config_directory(row.option) == row.expected);
  }
}

TEST_CASE("without any of them it is a usage error that says what to set") {
  for (const char* home : {static_cast<const char*>(nullptr), ""}) {
    for (const char* xdg : {static_cast<const char*>(nullptr), "", "relative"}) {
      const Environment environment(nullptr, xdg, home);
      const Error error = error_of([] { config_directory(""); });
      CHECK(error.code == Code::usage);
      CHECK(error.message == "no directory for the configuration: HOME is not set");
      CHECK(error.hint == "set HOME or XAUTH_CONFIG_DIR, or give --config-dir DIR");
    }
  }
}
