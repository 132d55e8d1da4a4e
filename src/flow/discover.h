// Asking an issuer what its endpoints are.
#pragma once

#include <string>

#include "oauth/metadata.h"
#include "system/system.h"

namespace xauth::flow {

// The metadata of `issuer`: its OpenID Connect document or, where that is not found (404), its
// OAuth one. Up to three redirects are followed, to the same scheme, host and port only. Throws
// Error: usage (no issuer URL), unreachable, bad_response. OpenID Connect Discovery §4, RFC 8414 §3
oauth::Metadata discover(const System& system, const std::string& issuer);

}  // namespace xauth::flow
