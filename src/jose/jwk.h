// JSON Web Keys as OpenSSL's keys, and back.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.h"
#include "jose/algorithm.h"
#include "jose/evp.h"

namespace xauth::jose {

// The keys that we can use, by type and curve.
enum class KeyKind { rsa, p256, p384, p521, ed25519 };

// The kind of a key; nothing for one that we refuse: another type or curve, an RSA modulus below
// 2,048 or above 16,384 bits, an RSA exponent that is even, one, or longer than 64 bits.
// RFC 7518 §3.3, §3.4
std::optional<KeyKind> kind_of(const EVP_PKEY& key);

// Whether a key of that kind may be used with the algorithm. RFC 7518 §3.1, RFC 8037 §3.1
bool fits(KeyKind kind, Algorithm algorithm);

// How many bytes a coordinate of the curve has; 0 for another kind.
std::size_t coordinate_size(KeyKind kind);

// The public key in a JWK, whatever else the JWK holds; null when it is of a kind that we refuse,
// lacks a member, or its point is not on the curve. RFC 7518 §6, RFC 8037 §2
Pkey public_key_from(const Json& jwk);

// The private key in a JWK; null as above, or when private and public part do not belong together.
Pkey private_key_from(const Json& jwk);

// The required members of the public JWK, in lexical order, so that its text is what a thumbprint
// is made of. `key` has a kind. RFC 7638 §3.2
Json public_jwk_of(const EVP_PKEY& key);

}  // namespace xauth::jose
