// Message authentication codes: signatures by a secret that both sides have.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "jose/algorithm.h"

namespace xauth::jose {

// The HMAC of `input` by one of HS256, HS384 and HS512. RFC 7518 §3.2
std::string mac(const Secret& secret, Algorithm algorithm, std::string_view input);

// Whether `code` is that HMAC; takes the same time wherever the first difference is.
bool verify_mac(const Secret& secret, Algorithm algorithm, std::string_view input,
                std::string_view code);

}  // namespace xauth::jose
