// The System of the running program.
#pragma once

#include <functional>
#include <string>

#include "system/http_client.h"
#include "system/system.h"

namespace xauth {

struct RealSystem {
  std::string ca_file;  // PEM; empty: the environment's or the system's
  std::string browser;  // from --browser or the settings; empty: the environment's
  std::function<void(const std::string& line)> say;
  HttpLimits limits;
};

// The real clock, randomness, network (whose waits a watched signal ends) and browser.
System real_system(const RealSystem& settings);

}  // namespace xauth
