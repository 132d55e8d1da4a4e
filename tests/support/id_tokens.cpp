#include "support/id_tokens.h"

#include "base/encoding.h"
#include "support/signing_keys.h"

namespace xauth::test {

IdTokenParts sound_id_token() {
  const auto now = kTokenTime.time_since_epoch().count();
  IdTokenParts parts;
  parts.header.set("kid", "k1");
  parts.claims.set("iss", "https://as.example");
  parts.claims.set("sub", "person-1");
  parts.claims.set("aud", "client");
  parts.claims.set("exp", Json(now + 3600));
  parts.claims.set("iat", Json(now));
  parts.claims.set("nonce", "n");
  return parts;
}

Secret sign_id_token(const IdTokenParts& parts, const jose::SigningKey& key,
                     jose::Algorithm algorithm) {
  return Secret(key.sign(algorithm, parts.header, parts.claims.text()));
}

Secret unsigned_id_token(const IdTokenParts& parts, const std::string& alg) {
  Json header = parts.header;
  header.set("alg", Json(alg));
  return Secret(base64url(header.text()) + "." + base64url(parts.claims.text()) + ".");
}

const jose::SigningKey& ec_key() {
  static const jose::SigningKey key = make_key("EC", "P-256");
  return key;
}

}  // namespace xauth::test
