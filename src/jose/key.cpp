#include "jose/key.h"

#include "base/encoding.h"
#include "jose/jwk.h"
#include "jose/signature.h"

namespace xauth::jose {

std::optional<PublicKey> PublicKey::from_jwk(const Json& jwk) {
  Pkey key = public_key_from(jwk);
  if (!key) return std::nullopt;
  return PublicKey(std::move(key));
}

bool PublicKey::fits(Algorithm algorithm) const {
  const auto kind = kind_of(*key_);
  return kind && jose::fits(*kind, algorithm);
}

bool PublicKey::verify(Algorithm algorithm, std::string_view input,
                       std::string_view signature) const {
  return fits(algorithm) && jose::verify(*key_, algorithm, input, signature);
}

Json PublicKey::jwk() const { return public_jwk_of(*key_); }

std::string PublicKey::thumbprint() const {
  return base64url(hash(Algorithm::RS256, jwk().text()));
}

}  // namespace xauth::jose
