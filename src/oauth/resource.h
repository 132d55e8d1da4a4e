// The address of the API that a token is for.
#pragma once

#include <string>

namespace xauth::oauth {

// Throws Error (usage) when `resource` is no absolute URI without a fragment. RFC 8707 §2
void check_resource(const std::string& resource);

}  // namespace xauth::oauth
