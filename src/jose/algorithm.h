// The signature algorithms of JSON Web Signature that we know.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace xauth::jose {

// By their registered names; `EdDSA` is Ed25519 here. RFC 7518 §3.1, RFC 8037 §3.1
enum class Algorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  ES512,
  EdDSA,
  HS256,
  HS384,
  HS512
};

// What kind of key an algorithm takes, and how.
enum class Family { rsa_pkcs1, rsa_pss, ecdsa, eddsa, hmac };

// The algorithm of that name (`Ed25519` is the newer one of `EdDSA`); nothing for `none` and for
// every name that we do not know. RFC 9864 §2.2
std::optional<Algorithm> algorithm_from(std::string_view name);
std::string_view name_of(Algorithm algorithm);

Family family_of(Algorithm algorithm);

// OpenSSL's name of the hash that belongs to the algorithm, and how many bytes it gives. For EdDSA
// it is SHA-512, which Ed25519 uses within.
const char* hash_name(Algorithm algorithm);
std::size_t hash_size(Algorithm algorithm);

// The hash of `bytes` by the algorithm's own hash, as `at_hash` needs it.
// OpenID Connect Core §3.1.3.6
std::string hash(Algorithm algorithm, std::string_view bytes);

}  // namespace xauth::jose
