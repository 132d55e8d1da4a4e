#include "cli/doctor_browser.h"

#include "base/joined.h"
#include "cli/context.h"
#include "system/browser.h"
#include "system/process.h"

namespace xauth::cli {

namespace {

constexpr const char* kName = "browser";

std::string way_without(bool device) {
  return device ? "xauth login --device, or open the printed address elsewhere and paste the one "
                  "that the browser ends at"
                : "open the printed address elsewhere and paste the one that the browser ends at";
}

}  // namespace

BrowserFacts browser_facts(const std::string& kept) {
  BrowserFacts facts;
  for (const auto& command : browser_commands(kept, "https://localhost/")) {
    facts.programs.push_back(command.front());
    const auto path = find_program(command.front());
    if (facts.found.empty() && path && is_program(*path)) facts.found = *path;
  }
  facts.on_desktop = !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty();
  facts.over_ssh = !environment("SSH_CONNECTION").empty();
  return facts;
}

Finding judge_browser(const BrowserFacts& facts, bool device) {
  if (facts.found.empty()) {
    const std::string tried =
        facts.programs.empty() ? "XAUTH_BROWSER or BROWSER names none that could be tried"
                               : "none is there (looked for " + joined(facts.programs, ", ") + ")";
    return {kName, Health::warning, tried,
            way_without(device) + "; XAUTH_BROWSER names another browser"};
  }
  if (facts.over_ssh) {
    return {kName, Health::warning, facts.found + " starts, but this is an SSH session",
            way_without(device)};
  }
  const bool needs_desktop = facts.found.ends_with("/xdg-open");
  if (needs_desktop && !facts.on_desktop) {
    return {kName, Health::warning,
            facts.found + " starts, but there is no desktop (DISPLAY is not set)",
            way_without(device)};
  }
  return {kName, Health::ok, facts.found + " starts"};
}

}  // namespace xauth::cli
