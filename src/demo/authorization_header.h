// The `Authorization` header of a request that reached the embedded provider.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http_message.h"

namespace xauth::demo {

// The credentials behind `scheme` (compared without case); nothing when the request has no
// `Authorization` of that scheme. RFC 9110 §11.4
std::optional<std::string> authorization(const IncomingRequest& request, std::string_view scheme);

}  // namespace xauth::demo
