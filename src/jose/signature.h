// Signing and verifying bytes with OpenSSL's keys, in the shapes that JSON Web Signature has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jose/algorithm.h"
#include "jose/evp.h"

namespace xauth::jose {

// Whether `signature` is that of `input`. The key fits the algorithm. An ECDSA signature is r and
// s, each as long as a coordinate and between 1 and n-1. RFC 7518 §3.3 to §3.5, RFC 8037 §3.1
bool verify(const EVP_PKEY& key, Algorithm algorithm, std::string_view input,
            std::string_view signature);

// The signature of `input`. The key is a private one that fits; nothing when OpenSSL fails.
std::optional<std::string> sign(const EVP_PKEY& key, Algorithm algorithm, std::string_view input);

}  // namespace xauth::jose
