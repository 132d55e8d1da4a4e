// A private key or shared secret that signs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "jose/algorithm.h"
#include "jose/key.h"

namespace xauth::jose {

class SigningKey {
 public:
  // The private key in PEM or JWK text, told apart by its first character. `what` names it in
  // errors, such as "--client-key-file key.pem". All of these throw Error (usage) for a key that is
  // encrypted, public, damaged, or of a kind that PublicKey would refuse.
  static SigningKey from_text(const Secret& text, const std::string& what);
  static SigningKey from_pem(const Secret& pem, const std::string& what);
  static SigningKey from_jwk(const Secret& jwk, const std::string& what);

  // A shared secret, for HMAC.
  static SigningKey from_secret(const Secret& secret);

  // The key ID of the JWK; empty when there was none.
  const std::string& kid() const { return kid_; }

  // The algorithm to use: the first of `wanted` (all of ours, if empty) that the key fits; a JWK's
  // own `alg` permits no other, a shared secret must be as long as the hash. Nothing when there is
  // none. RFC 7517 §4.4, RFC 7518 §3.2
  std::optional<Algorithm> choose_algorithm(const std::vector<Algorithm>& wanted) const;

  // The public part. The key is not a shared secret.
  PublicKey public_key() const;

  // Its public JWK with `kid` where it has one; null for a shared secret.
  Json public_jwk() const;

  // `header` with its `alg` set, and `payload`, as a compact JWS. The key fits `algorithm`. The
  // `kid` is the caller's to put into the header. Throws Error (failure). RFC 7515 §5.1
  std::string sign(Algorithm algorithm, Json header, std::string_view payload) const;

  // The bare signature of `input`. The key fits `algorithm`. Throws Error (failure).
  std::string sign_bytes(Algorithm algorithm, std::string_view input) const;

 private:
  std::shared_ptr<const evp_pkey_st> key_;  // null: a shared secret
  Secret secret_;
  std::string kid_;
  std::optional<Algorithm> only_;  // what the JWK says it is for
};

}  // namespace xauth::jose
