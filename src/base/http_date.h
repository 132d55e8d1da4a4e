// Dates as HTTP writes them.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace xauth {

// The moment that `text` names: `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms,
// `Sunday, 06-Nov-94 08:49:37 GMT` (of the fifty years around `now`) and `Sun Nov  6 08:49:37
// 1994`. Nothing when it is none of them. RFC 9110 §5.6.7
std::optional<Time> parse_http_date(std::string_view text, Time now);

// How long a `Retry-After` of that value says to wait from `now` on, in either of its forms, zero
// or more; nothing when it says nothing sound. RFC 9110 §10.2.3
std::optional<Seconds> parse_retry_after(std::string_view text, Time now);

}  // namespace xauth
