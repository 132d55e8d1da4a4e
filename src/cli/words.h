// Durations in words.
#pragma once

#include <string>

#include "base/time.h"

namespace xauth::cli {

// `2 hours`, `59 minutes`, `1 minute 5 seconds`… the two largest units, the second only below ten
// of the first; `0 seconds` and less are `no time`.
std::string in_words(Seconds duration);

}  // namespace xauth::cli
