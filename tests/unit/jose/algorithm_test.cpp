#include "jose/algorithm.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace xauth;
using namespace xauth::jose;

TEST_CASE("algorithm_from: the registered names, and nothing for none or another spelling, ID-2") {
  for (const char* name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                           "ES512", "EdDSA", "HS256", "HS384", "HS512"}) {
    CAPTURE(name);
    REQUIRE(algorithm_from(name).has_value());
    CHECK(name_of(*algorithm_from(name)) == name);
  }
  CHECK(algorithm_from("Ed25519") == Algorithm::EdDSA);
  for (const char* name : {"none", "None", "rs256", "ES256K", "Ed448", "RS1", "A256GCM", ""}) {
    CAPTURE(name);
    CHECK_FALSE(algorithm_from(name).has_value());
  }
}

TEST_CASE("hash: that of the algorithm's name, SHA-512 for EdDSA, ID-13") {
  CHECK(base64url(hash(Algorithm::RS256, "")) == "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
  CHECK(hash(Algorithm::ES384, "x").size() == 48);
  CHECK(hash(Algorithm::EdDSA, "x") == hash(Algorithm::HS512, "x"));
  CHECK(hash(Algorithm::EdDSA, "x").size() == 64);
}
