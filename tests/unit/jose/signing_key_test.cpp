#include "jose/signing_key.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "base/error.h"
#include "jose/jws.h"
#include "support/signing_keys.h"
#include "unit/jose/vectors.h"

using namespace xauth;
using namespace xauth::jose;
using namespace xauth::jose::vectors;

namespace {

SigningKey from_jwk(const std::string& jwk) { return SigningKey::from_jwk(Secret(jwk), "key.jwk"); }

std::string refusal_of(const std::string& text) {
  try {
    SigningKey::from_text(Secret(text), "key.pem");
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message;
  }
}

// The JWK text with one member replaced.
std::string with(const char* jwk, const char* name, const std::string& value) {
  Json changed = json(jwk);
  changed.set(name, Json(value));
  return changed.text();
}

bool proves(const SigningKey& key, Algorithm algorithm) {
  const Jws jws = parse_jws(key.sign(algorithm, Json(), "payload"), "the token");
  CHECK(jws.payload == "payload");
  CHECK(jws.algorithm == algorithm);
  return key.public_key().verify(algorithm, jws.signing_input, jws.signature);
}

constexpr const char* kEncrypted =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBBq2vGZ1mzI5f4qXK5r\n"
    "0pQDAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQ9kW0k3qSx4v1mDq2\n"
    "n3oX5wRAqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\n"
    "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqg==\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

}  // namespace

TEST_CASE("sign: what is deterministic comes out as RFC 8037 A.4 has it") {
  const Jws jws = parse_jws(kEd25519Token, "the token");
  CHECK(from_jwk(kEd25519Key).sign(Algorithm::EdDSA, Json(), jws.payload) == kEd25519Token);
}

TEST_CASE("sign: HMAC over the input of RFC 7515 A.1") {
  const auto secret = from_jwk(kSecretOfA1);
  const Jws jws = parse_jws(secret.sign(Algorithm::HS256, Json(), "{}"), "the token");
  CHECK(jws.alg == "HS256");
  CHECK(jws.signature.size() == 32);
  CHECK(secret.public_jwk().is_null());
}

TEST_CASE("sign: every algorithm by a PEM key is verified by its public part") {
  for (const char* name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
    CAPTURE(name);
    CHECK(proves(test::rsa_key(), *algorithm_from(name)));
  }
  CHECK(proves(test::make_key("EC", "P-256"), Algorithm::ES256));
  CHECK(proves(test::make_key("EC", "P-384"), Algorithm::ES384));
  CHECK(proves(test::make_key("EC", "P-521"), Algorithm::ES512));
  CHECK(proves(test::make_key("ED25519"), Algorithm::EdDSA));
}

TEST_CASE("from_text: a JWK is told from PEM by its first character") {
  CHECK(SigningKey::from_text(Secret(" \n" + std::string(kKeyOfA3)), "key").choose_algorithm({}) ==
        Algorithm::ES256);
  CHECK(SigningKey::from_text(test::make_private_pem("ED25519"), "key").choose_algorithm({}) ==
        Algorithm::EdDSA);
}

TEST_CASE("from_jwk: a private EC key signs, its public JWK has no d and keeps its kid") {
  const auto key = from_jwk(with(kKeyOfA3, "kid", "mine"));
  CHECK(proves(key, Algorithm::ES256));
  CHECK(key.kid() == "mine");
  CHECK(key.public_jwk().find("d") == nullptr);
  CHECK(*key.public_jwk().find("kid")->string() == "mine");
}

TEST_CASE("choose_algorithm: the first wanted that the key fits") {
  CHECK(test::rsa_key().choose_algorithm({}) == Algorithm::RS256);
  CHECK(test::rsa_key().choose_algorithm({Algorithm::ES256, Algorithm::PS256}) == Algorithm::PS256);
  CHECK_FALSE(test::rsa_key().choose_algorithm({Algorithm::ES256}).has_value());
  CHECK_FALSE(from_jwk(with(kKeyOfA3, "alg", "ES256"))
                  .choose_algorithm({Algorithm::ES384, Algorithm::HS256})
                  .has_value());
}

TEST_CASE("choose_algorithm: a secret shorter than the hash is too short for it, ID-2") {
  const auto secret = SigningKey::from_secret(Secret(std::string(32, 's')));
  CHECK(secret.choose_algorithm({}) == Algorithm::HS256);
  CHECK_FALSE(secret.choose_algorithm({Algorithm::HS384}).has_value());
  CHECK_FALSE(
      SigningKey::from_secret(Secret(std::string(31, 's'))).choose_algorithm({}).has_value());
}

TEST_CASE("from_text: what is no private key of ours is told, and nothing of it is shown") {
  constexpr const char* kKinds =
      "an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key";
  CHECK(refusal_of("") == "key.pem holds no private key in PEM form");
  CHECK(refusal_of("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n") ==
        "key.pem holds no private key in PEM form");
  CHECK(refusal_of(kEncrypted) == "key.pem is encrypted by a passphrase");
  CHECK(refusal_of(std::string(70'000, 'x')) == "key.pem is larger than 64 KiB");
  CHECK(refusal_of("{") == "key.pem is no JSON Web Key");
  CHECK(refusal_of(kKeyOfA2) == "key.pem holds no private part (d)");
  CHECK(refusal_of(R"({"kty":"oct"})") == "key.pem holds no secret (k)");
  CHECK(refusal_of(with(kKeyOfA3, "alg", "none")) ==
        "key.pem is for an algorithm that xauth lacks");
  CHECK(refusal_of(test::make_private_pem("RSA", "1024").reveal()) ==
        std::string("key.pem is not ") + kKinds);
  CHECK(refusal_of(test::make_private_pem("EC", "secp256k1").reveal()) ==
        std::string("key.pem is not ") + kKinds);
  const std::string damaged = std::string("key.pem is damaged, or not ") + kKinds;
  CHECK(refusal_of(with(kKeyOfA3, "d", base64url(std::string(32, '\1')))) == damaged);
  CHECK(refusal_of(with(kEd25519Key, "d", base64url(std::string(32, '\1')))) == damaged);
}
