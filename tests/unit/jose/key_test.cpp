#include "jose/key.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "jose/jws.h"
#include "support/signing_keys.h"
#include "unit/jose/vectors.h"

using namespace xauth;
using namespace xauth::jose;
using namespace xauth::jose::vectors;

namespace {

bool verifies(const char* jwk, const std::string& token) {
  const Jws jws = parse_jws(token, "the token");
  const auto key = PublicKey::from_jwk(json(jwk));
  REQUIRE(key.has_value());
  return key->verify(jws.algorithm.value(), jws.signing_input, jws.signature);
}

bool is_key(const Json& jwk) { return PublicKey::from_jwk(jwk).has_value(); }

// The JWK with one member replaced.
Json with(const char* jwk, const char* name, const std::string& value) {
  Json changed = json(jwk);
  changed.set(name, Json(value));
  return changed;
}

std::string ec_coordinate(const char* name) { return *json(kKeyOfA3).find(name)->string(); }

// A JWK with n of `bits` bits, all of them set.
Json rsa_jwk(std::size_t bits, const std::string& e) {
  Json jwk;
  jwk.set("kty", "RSA");
  jwk.set("n", Json(base64url(std::string(bits / 8, '\xFF'))));
  jwk.set("e", Json(base64url(e)));
  return jwk;
}

}  // namespace

TEST_CASE("verify: the signatures of RFC 7515 A.2 and A.3, RFC 7520 §4.2 and §4.3, RFC 8037 A.5") {
  CHECK(verifies(kKeyOfA2, kTokenOfA2));
  CHECK(verifies(kKeyOfA3, kTokenOfA3));
  CHECK(verifies(kRsaKeyOfBilbo, kPs384OfBilbo));
  CHECK(verifies(kEcKeyOfBilbo, kEs512OfBilbo));
  CHECK(verifies(kEd25519Key, kEd25519Token));
}

TEST_CASE("verify: every changed bit of the input, and another key, is noticed") {
  for (const auto& [jwk, token] :
       {std::pair(kKeyOfA2, kTokenOfA2), std::pair(kKeyOfA3, kTokenOfA3),
        std::pair(kRsaKeyOfBilbo, kPs384OfBilbo), std::pair(kEcKeyOfBilbo, kEs512OfBilbo),
        std::pair(kEd25519Key, kEd25519Token)}) {
    CAPTURE(jwk);
    const Jws jws = parse_jws(token, "the token");
    const auto key = PublicKey::from_jwk(json(jwk)).value();
    CHECK_FALSE(key.verify(*jws.algorithm, jws.signing_input + "x", jws.signature));
    for (const std::size_t at : {std::size_t{0}, jws.signature.size() - 1}) {
      std::string changed = jws.signature;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      CHECK_FALSE(key.verify(*jws.algorithm, jws.signing_input, changed));
    }
  }
  CHECK_FALSE(verifies(kRsaKeyOfBilbo, kTokenOfA2));
}

TEST_CASE("verify: r and s are between 1 and n-1, each as long as a coordinate, ID-7, IN-19") {
  const Jws jws = parse_jws(kTokenOfA3, "the token");
  const auto key = PublicKey::from_jwk(json(kKeyOfA3)).value();
  const auto accepts = [&](const std::string& signature) {
    return key.verify(Algorithm::ES256, jws.signing_input, signature);
  };
  const std::string r = jws.signature.substr(0, 32);
  const std::string s = jws.signature.substr(32);
  CHECK(accepts(r + s));
  CHECK_FALSE(accepts(std::string(64, '\0')));
  CHECK_FALSE(accepts(std::string(32, '\0') + s));
  CHECK_FALSE(accepts(r + std::string(32, '\0')));
  CHECK_FALSE(accepts(std::string(64, '\xFF')));
  CHECK_FALSE(accepts(std::string(1, '\0') + r + std::string(1, '\0') + s));
  CHECK_FALSE(accepts(r + s + std::string(1, '\0')));
  CHECK_FALSE(accepts(r));
  CHECK_FALSE(accepts(""));
}

TEST_CASE("fits: an algorithm takes keys of its own type and curve only, ID-5") {
  const auto rsa = PublicKey::from_jwk(json(kKeyOfA2)).value();
  const auto p256 = PublicKey::from_jwk(json(kKeyOfA3)).value();
  const auto p521 = PublicKey::from_jwk(json(kEcKeyOfBilbo)).value();
  const auto ed25519 = PublicKey::from_jwk(json(kEd25519Key)).value();
  CHECK((rsa.fits(Algorithm::RS512) && rsa.fits(Algorithm::PS256)));
  CHECK((p256.fits(Algorithm::ES256) && !p256.fits(Algorithm::ES512)));
  CHECK((p521.fits(Algorithm::ES512) && !p521.fits(Algorithm::ES256)));
  CHECK((ed25519.fits(Algorithm::EdDSA) && !ed25519.fits(Algorithm::ES256)));
  for (const auto& key : {rsa, p256, p521, ed25519}) {
    CHECK_FALSE(key.fits(Algorithm::HS256));
    CHECK_FALSE(key.verify(Algorithm::HS256, "input", "signature"));
  }
}

TEST_CASE("from_jwk: RSA keys below 2,048 or above 16,384 bits and odd exponents alone, ID-7") {
  CHECK(is_key(rsa_jwk(2048, "\x03")));
  CHECK(is_key(rsa_jwk(16'384, "\x01\x01\x01")));
  CHECK_FALSE(is_key(rsa_jwk(1024, "\x01\x01\x01")));
  CHECK_FALSE(is_key(rsa_jwk(2040, "\x01\x01\x01")));
  CHECK_FALSE(is_key(rsa_jwk(16'392, "\x01\x01\x01")));
  CHECK_FALSE(is_key(rsa_jwk(2048, "\x01")));
  CHECK_FALSE(is_key(rsa_jwk(2048, "\x04")));
  CHECK_FALSE(is_key(rsa_jwk(2048, "\x01\x01\x01\x01\x01\x01\x01\x01\x01")));
  CHECK_FALSE(is_key(with(kKeyOfA2, "n", "not base64url!")));
  CHECK_FALSE(is_key(with(kKeyOfA2, "e", "")));
}

TEST_CASE("from_jwk: the point is on its curve, its coordinates are whole, ID-7") {
  CHECK_FALSE(is_key(with(kKeyOfA3, "y", ec_coordinate("x"))));
  CHECK_FALSE(is_key(with(kKeyOfA3, "crv", "P-384")));
  CHECK_FALSE(is_key(with(kKeyOfA3, "crv", "secp256k1")));
  CHECK_FALSE(is_key(with(kKeyOfA3, "x", "AA" + ec_coordinate("x"))));
  CHECK_FALSE(is_key(with(kKeyOfA3, "x", "")));
  Json zeros = with(kKeyOfA3, "x", base64url(std::string(32, '\0')));
  zeros.set("y", Json(base64url(std::string(32, '\0'))));
  CHECK_FALSE(is_key(zeros));
}

TEST_CASE("from_jwk: what is no public key of ours is none") {
  for (const char* jwk :
       {"{}", "[]", "null", R"({"kty":1})", R"({"kty":"oct","k":"c2VjcmV0"})", R"({"kty":"RSA"})",
        R"({"kty":"EC","crv":"P-256"})", R"({"kty":"OKP","crv":"X25519","x":"AAAA"})",
        R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", R"({"kty":"RSA","n":5,"e":"AQAB"})",
        R"({"kty":"LMS","pub":"AAAA"})"}) {
    CAPTURE(jwk);
    CHECK_FALSE(is_key(json(jwk)));
  }
}

TEST_CASE("thumbprint: those of RFC 7638 §3.1 and RFC 8037 A.3, AD-4") {
  CHECK(PublicKey::from_jwk(json(kKeyOf7638)).value().thumbprint() == kThumbprintOf7638);
  CHECK(PublicKey::from_jwk(json(kEd25519Key)).value().thumbprint() == kEd25519Thumbprint);
}

TEST_CASE("jwk: the public members alone, also of a private JWK") {
  const Json jwk = PublicKey::from_jwk(json(kKeyOfA3)).value().jwk();
  CHECK(jwk.find("d") == nullptr);
  CHECK(*jwk.find("x")->string() == ec_coordinate("x"));
  CHECK(*jwk.find("y")->string() == ec_coordinate("y"));
}
