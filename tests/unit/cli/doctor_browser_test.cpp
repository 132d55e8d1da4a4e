#include "cli/doctor_browser.h"

#include <doctest/doctest.h>

#include "unit/system/sandbox.h"

using namespace xauth;
using namespace xauth::cli;
using sandbox::Variable;

TEST_CASE("which browser would start, or none, and what to do") {
  const BrowserFacts good{{"xdg-open"}, "/usr/bin/xdg-open", true, false};
  CHECK(judge_browser(good, false).health == Health::ok);
  CHECK(judge_browser(good, false).detail == "/usr/bin/xdg-open starts");

  BrowserFacts none = good;
  none.found.clear();
  const Finding lacks = judge_browser(none, false);
  CHECK(lacks.health == Health::warning);
  CHECK(lacks.detail == "none is there (looked for xdg-open)");
  CHECK(lacks.fix.find("--device") == std::string::npos);
  CHECK(judge_browser(none, true).fix.starts_with("xauth login --device, or open the printed"));
  none.programs.clear();
  CHECK(judge_browser(none, false).detail.find("XAUTH_BROWSER or BROWSER") != std::string::npos);

  BrowserFacts bare = good;
  bare.on_desktop = false;
  CHECK(judge_browser(bare, false).health == Health::warning);
  bare.found = "/usr/bin/lynx";
  CHECK(judge_browser(bare, false).health == Health::ok);
  BrowserFacts far = good;
  far.over_ssh = true;
  CHECK(judge_browser(far, false).detail.find("SSH session") != std::string::npos);
}

TEST_CASE("the first browser that is there counts, as it would in a login") {
  const sandbox::Directory d;
  const auto second = d.script("second", "exit 0");
  d.write("plain", "no program");
  const Variable path("PATH", d.path());
  const Variable own("XAUTH_BROWSER", "first %s:" + d.path("plain") + ":second");
  const Variable x11("DISPLAY", ":0");
  const Variable ssh("SSH_CONNECTION", std::nullopt);
  const BrowserFacts facts = browser_facts("");
  CHECK(facts.programs == std::vector<std::string>{"first", d.path("plain"), "second"});
  CHECK(facts.found == second);
  CHECK(facts.on_desktop);
  CHECK_FALSE(facts.over_ssh);
  CHECK(browser_facts("/nonexistent/browser --new").found.empty());
}
