// Dates as ISO 8601 writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace xauth::oauth {

// The time that `2026-12-01T00:00:00Z` says: date, `T`, time, a fraction that is cut, and `Z` or an
// offset such as `+02:00`. Nothing for another form or a date that there is not. RFC 3339 §5.6
std::optional<Time> parse_iso_time(std::string_view text);

// `2026-12-01T00:00:00Z`, for a time of the years 0 to 9999. RFC 3339 §5.6
std::string iso_time(Time time);

}  // namespace xauth::oauth
