// The server's half of PKCE.
#pragma once

#include <string>
#include <string_view>

namespace xauth::demo {

// Whether `text` can be an S256 challenge: 43 characters of base64url. RFC 7636 §4.2
bool is_s256_challenge(std::string_view text);

// Whether `code_challenge` was made from `code_verifier` by S256. RFC 7636 §4.6
bool verifies(std::string_view code_verifier, std::string_view code_challenge);

}  // namespace xauth::demo
