#include "jose/key_set.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/signing_keys.h"
#include "unit/jose/vectors.h"

using namespace xauth;
using namespace xauth::jose;

namespace {

KeySet key_set(const std::string& text) { return parse_key_set(text, "the key set"); }

std::string refusal_of(const std::string& text) {
  try {
    key_set(text);
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::bad_response);
    return error.message;
  }
}

std::string repeated(const std::string& jwk, int times) {
  std::string keys;
  for (int i = 0; i < times; ++i) keys += (i == 0 ? "" : ",") + jwk;
  return R"({"keys":[)" + keys + "]}";
}

// An EC key on P-256 with further members, as JSON.
std::string ec_jwk(const std::vector<std::pair<std::string, std::string>>& members) {
  Json jwk = vectors::json(vectors::kKeyOfA3);
  for (const auto& [name, value] : members) jwk.set(name, vectors::json(value.c_str()));
  return jwk.text();
}

std::size_t candidates(const std::string& jwk, const std::optional<std::string>& kid) {
  return key_set(repeated(jwk, 1)).candidates(kid, Algorithm::ES256).size();
}

Jws signed_by(const SigningKey& key, Algorithm algorithm, const std::string& kid) {
  Json header;
  if (!kid.empty()) header.set("kid", Json(kid));
  return parse_jws(key.sign(algorithm, header, "{}"), "the token");
}

}  // namespace

TEST_CASE("parse_key_set: an object with at most 100 keys of at most 1 MiB, DI-7") {
  CHECK(refusal_of("") == "the key set is no JSON object with an array of keys");
  CHECK(refusal_of("[]") == "the key set is no JSON object with an array of keys");
  CHECK(refusal_of(R"({"keys":{}})") == "the key set is no JSON object with an array of keys");
  CHECK(refusal_of(R"({"keys":[],"keys":[]})") ==
        "the key set is no JSON object with an array of keys");
  CHECK(refusal_of(R"({"keys":[{"kty":"EC","kty":"RSA"}]})") ==
        "the key set is no JSON object with an array of keys");
  CHECK(refusal_of(repeated(ec_jwk({}), 100)).empty());
  CHECK(refusal_of(repeated(ec_jwk({}), 101)) == "the key set holds more than 100 keys");
  CHECK(refusal_of(std::string(1024 * 1024 + 1, ' ')) == "the key set is larger than 1 MiB");
}

TEST_CASE("parse_key_set: keys that we cannot use are skipped, the others stay, DI-7") {
  const std::string keys = R"({"keys":[null,7,{},{"kty":"LMS"},{"kty":"oct","k":"c2VjcmV0"},)"
                           R"({"kty":"RSA","n":"AQAB","e":"AQAB"},)" +
                           ec_jwk({{"kid", "7"}}) + "," + ec_jwk({}) + R"(],"more":1})";
  CHECK(key_set(keys).candidates(std::nullopt, Algorithm::ES256).size() == 1);
}

TEST_CASE("candidates: kid is compared as a string and nothing else, ID-5") {
  CHECK(candidates(ec_jwk({{"kid", R"("../a")"}}), "../a") == 1);
  CHECK(candidates(ec_jwk({{"kid", R"("a")"}}), "../a") == 0);
  CHECK(candidates(ec_jwk({{"kid", R"("a")"}}), "A") == 0);
  CHECK(candidates(ec_jwk({{"kid", R"("a")"}}), "") == 0);
  CHECK(candidates(ec_jwk({}), "a") == 0);
  CHECK(candidates(ec_jwk({{"kid", R"("a")"}}), std::nullopt) == 1);
  CHECK(candidates(ec_jwk({}), std::nullopt) == 1);
}

TEST_CASE("candidates: a key for another use, operation or algorithm is none, ID-5") {
  CHECK(candidates(ec_jwk({{"use", R"("sig")"}, {"alg", R"("ES256")"}}), std::nullopt) == 1);
  CHECK(candidates(ec_jwk({{"key_ops", R"(["verify"])"}}), std::nullopt) == 1);
  CHECK(candidates(ec_jwk({{"use", R"("enc")"}}), std::nullopt) == 0);
  CHECK(candidates(ec_jwk({{"key_ops", R"(["deriveKey"])"}}), std::nullopt) == 0);
  CHECK(candidates(ec_jwk({{"alg", R"("ES384")"}}), std::nullopt) == 0);
  CHECK(candidates(ec_jwk({{"alg", R"("ECDH-ES")"}}), std::nullopt) == 0);
  CHECK(candidates(vectors::kKeyOfA2, std::nullopt) == 0);
  CHECK(candidates(vectors::kEcKeyOfBilbo, std::nullopt) == 0);
}

TEST_CASE("verify: decoys of the same kid do not hide the key, ID-5") {
  const SigningKey right = test::make_key("EC", "P-256");
  const SigningKey decoy = test::make_key("EC", "P-256");
  const auto keys = key_set(test::key_set_of(
      {{"k", decoy}, {"k", test::rsa_key()}, {"k", right}, {"other", test::make_key("ED25519")}}));
  CHECK(keys.verify(signed_by(right, Algorithm::ES256, "k")) == Verdict::valid);
  CHECK(keys.verify(signed_by(test::rsa_key(), Algorithm::RS256, "k")) == Verdict::valid);
  CHECK(keys.verify(signed_by(right, Algorithm::ES256, "")) == Verdict::valid);
  CHECK(keys.verify(signed_by(right, Algorithm::ES256, "other")) == Verdict::no_key);
  CHECK(keys.verify(signed_by(test::make_key("EC", "P-256"), Algorithm::ES256, "k")) ==
        Verdict::invalid);
}

TEST_CASE("verify: a key in the header is never used, ID-4, IN-19") {
  const SigningKey ours = test::make_key("EC", "P-256");
  const SigningKey theirs = test::make_key("EC", "P-256");
  Json header;
  header.set("kid", "k");
  header.set("jwk", theirs.public_jwk());
  header.set("jku", "https://evil.example/keys");
  header.set("x5u", "https://evil.example/certificate");
  const auto jws = parse_jws(theirs.sign(Algorithm::ES256, header, "{}"), "the token");
  CHECK(key_set(test::key_set_of({{"k", ours}})).verify(jws) == Verdict::invalid);
  CHECK(key_set(test::key_set_of({{"other", ours}})).verify(jws) == Verdict::no_key);
}

TEST_CASE("verify: none and HMAC over the public key are not valid, ID-2, IN-19") {
  const std::string text = test::key_set_of({{"k", test::rsa_key()}});
  const auto secret = SigningKey::from_secret(Secret(text));
  CHECK(key_set(text).verify(signed_by(secret, Algorithm::HS256, "k")) == Verdict::no_key);
  CHECK(key_set(text).verify(parse_jws("eyJhbGciOiJub25lIn0.e30.", "the token")) ==
        Verdict::invalid);
}
