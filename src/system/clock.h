// The wall clock of this machine.
#pragma once

#include <chrono>

#include "base/time.h"

namespace xauth {

// Now, in whole seconds; it may be set back or forward at any time.
inline Time wall_clock() { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }

}  // namespace xauth
