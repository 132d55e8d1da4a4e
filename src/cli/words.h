// Durations in words.
#pragma once

#include <string>

#include "base/time.h"

namespace xauth::cli {

// `2 hours`, `59 minutes`, `1 minute 5 seconds`… the two largest units, the second only below ten
// of the first; `0 seconds` and less are `no time`.
std::string in_words(Seconds duration);

// The local time of `moment`: `16:30` on the local day of `now`, else `2026-11-27 16:30`.
std::string local_time(Time moment, Time now);

}  // namespace xauth::cli
