// A public key that checks signatures.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "jose/algorithm.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace xauth::jose {

class PublicKey {
 public:
  // The public key in a JWK: RSA of 2,048 to 16,384 bits, EC on P-256, P-384 or P-521, or Ed25519.
  // Nothing for any other, for a shared secret, and for one with a member that is missing or out
  // of range. RFC 7517 §4, RFC 7518 §6, RFC 8037 §2
  static std::optional<PublicKey> from_jwk(const Json& jwk);

  // Takes a key of a kind that we use.
  explicit PublicKey(std::shared_ptr<const evp_pkey_st> key) : key_(std::move(key)) {}

  // Whether type and curve are those of the algorithm.
  bool fits(Algorithm algorithm) const;

  // Whether `signature` is that of `input` by this key; false when the key does not fit.
  // RFC 7515 §5.2
  bool verify(Algorithm algorithm, std::string_view input, std::string_view signature) const;

  // Its JWK, with the required members only.
  Json jwk() const;

  // The SHA-256 thumbprint in base64url. RFC 7638 §3
  std::string thumbprint() const;

 private:
  std::shared_ptr<const evp_pkey_st> key_;
};

}  // namespace xauth::jose
