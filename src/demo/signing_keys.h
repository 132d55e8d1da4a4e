// The keys by which the embedded provider signs ID tokens, made when they are first needed.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/json.h"
#include "jose/algorithm.h"
#include "jose/signing_key.h"

namespace xauth::demo {

// A new private key for `algorithm`, which is not an HMAC: RSA of 2,048 bits (that takes a tenth
// of a second or more), the algorithm's curve, or Ed25519. Throws Error (failure).
jose::SigningKey generate_key(jose::Algorithm algorithm);

// Not for several threads at once: its owner has the lock.
class SigningKeys {
 public:
  struct Named {
    std::string kid;
    jose::SigningKey key;
  };

  explicit SigningKeys(jose::Algorithm algorithm) : algorithm_(algorithm) {}

  jose::Algorithm algorithm() const { return algorithm_; }

  // The key that signs now. Only for an algorithm that is not an HMAC.
  const Named& current();

  // The public keys as a JWK Set: those that were added, then ours, the newest first.
  // RFC 7517 §5
  Json key_set();

  // Signs with another key from now on; the old one stays in the key set or leaves it.
  // OpenID Connect Core §10.1.1
  void rotate(bool keep_old);

  // Puts a key of whatever form into the key set.
  void add(Json jwk) { others_.push_back(std::move(jwk)); }

 private:
  jose::Algorithm algorithm_;
  int made_ = 0;
  std::deque<Named> keys_;  // the newest first
  std::vector<Json> others_;
};

}  // namespace xauth::demo
