// Proof Key for Code Exchange with S256, the only method ever sent.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace xauth::oauth {

// Random octets for one value: 256 bits, more than any of them needs.
using Entropy = std::array<std::byte, 32>;

// 43 characters of the unreserved set, fit for `code_verifier`, `state` and the like.
// RFC 7636 §4.1, RFC 6749 §10.10
Secret random_value(const Entropy& entropy);

// The `code_challenge` of a `code_verifier` by S256. RFC 7636 §4.2
std::string code_challenge(std::string_view code_verifier);

}  // namespace xauth::oauth
