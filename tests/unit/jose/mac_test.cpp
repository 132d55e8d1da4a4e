#include "jose/mac.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "jose/jws.h"
#include "unit/jose/vectors.h"

using namespace xauth;
using namespace xauth::jose;

TEST_CASE("mac: that of RFC 7515 A.1, and nothing else is taken for it") {
  const Json jwk = vectors::json(vectors::kSecretOfA1);
  const Secret secret(base64url_decode(*jwk.find("k")->string()).value());
  const Jws jws = parse_jws(vectors::kTokenOfA1, "the token");
  CHECK(mac(secret, Algorithm::HS256, jws.signing_input) == jws.signature);
  CHECK(verify_mac(secret, Algorithm::HS256, jws.signing_input, jws.signature));
  CHECK_FALSE(verify_mac(secret, Algorithm::HS256, jws.signing_input, ""));
  CHECK_FALSE(verify_mac(secret, Algorithm::HS384, jws.signing_input, jws.signature));
  CHECK_FALSE(verify_mac(Secret("other"), Algorithm::HS256, jws.signing_input, jws.signature));
}
