// Would a browser start?
#pragma once

#include <string>
#include <vector>

#include "cli/doctor_finding.h"

namespace xauth::cli {

struct BrowserFacts {
  std::vector<std::string> programs;  // that a login would try, in order
  std::string found;                  // the first that is there; empty: none is
  bool on_desktop = false;            // DISPLAY or WAYLAND_DISPLAY says so
  bool over_ssh = false;
};

// What this machine has; `kept` is the setting `browser`, empty where there is none.
BrowserFacts browser_facts(const std::string& kept);

// `device` is whether the provider has a login with another device.
Finding judge_browser(const BrowserFacts& facts, bool device);

}  // namespace xauth::cli
