#include "cli/hyperlink.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "support/environment.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

constexpr const char* kTold[] = {"TMUX",       "STY",          "VTE_VERSION", "KONSOLE_VERSION",
                                 "WT_SESSION", "TERM_PROGRAM", "TERM"};

// Whether links are shown with these variables and none of the others.
bool shows(const std::vector<std::pair<std::string, std::string>>& set) {
  std::vector<std::unique_ptr<Variable>> variables;
  for (const char* name : kTold) {
    const char* value = nullptr;
    for (const auto& [known, text] : set) {
      if (known == name) value = text.c_str();
    }
    variables.push_back(std::make_unique<Variable>(name, value));
  }
  return shows_links();
}

}  // namespace

TEST_CASE("links are for terminals that are known to show them") {
  CHECK(shows({{"VTE_VERSION", "6800"}}));
  CHECK(shows({{"KONSOLE_VERSION", "220401"}}));
  CHECK(shows({{"WT_SESSION", "x"}}));
  CHECK(shows({{"TERM_PROGRAM", "WezTerm"}}));
  CHECK(shows({{"TERM", "xterm-kitty"}}));
  CHECK_FALSE(shows({}));
  CHECK_FALSE(shows({{"TERM", "xterm-256color"}}));
  CHECK_FALSE(shows({{"TERM", "linux"}}));
  CHECK_FALSE(shows({{"VTE_VERSION", "4900"}}));
  CHECK_FALSE(shows({{"VTE_VERSION", "x"}}));
  CHECK_FALSE(shows({{"VTE_VERSION", "6800"}, {"TMUX", "/tmp/tmux,1,0"}}));
  CHECK_FALSE(shows({{"TERM", "xterm-kitty"}, {"STY", "1.pts-0"}}));
}

TEST_CASE("a link is the address, the text, and an end") {
  CHECK(link_to(*parse_url("https://as.example/d?c=1"), "here") ==
        "\033]8;;https://as.example/d?c=1\033\\here\033]8;;\033\\");
}
