// Wall-clock time as the wire and the files hold it: whole seconds since 1970, UTC.
#pragma once

#include <chrono>

namespace xauth {

using Seconds = std::chrono::seconds;
using Time = std::chrono::sys_seconds;

}  // namespace xauth
