#include "demo/signing_keys.h"

#include <doctest/doctest.h>

#include "jose/jws.h"
#include "jose/key_set.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

// Whether the key set holds what made a signature by the current key.
jose::Verdict verdict(SigningKeys& keys, const SigningKeys::Named& signer) {
  const auto compact =
      signer.key.sign(keys.algorithm(), Json::Object{{"kid", signer.kid}}, "payload");
  const auto set = jose::parse_key_set(keys.key_set().text(), "the key set");
  return set.verify(jose::parse_jws(compact, "the token"));
}

}  // namespace

TEST_CASE("keys of every algorithm are made, and verify what they sign") {
  for (const char* name : {"ES256", "ES384", "ES512", "EdDSA", "RS256", "PS256"}) {
    CAPTURE(name);
    SigningKeys keys(*jose::algorithm_from(name));
    CHECK(verdict(keys, keys.current()) == jose::Verdict::valid);
  }
}

TEST_CASE("a rotation brings a new key; the old one leaves the key set or stays") {
  SigningKeys keys(jose::Algorithm::ES256);
  const auto first = keys.current();
  keys.rotate(true);
  const auto second = keys.current();
  CHECK(second.kid != first.kid);
  CHECK(verdict(keys, first) == jose::Verdict::valid);
  CHECK(verdict(keys, second) == jose::Verdict::valid);
  keys.rotate(false);
  CHECK(verdict(keys, first) == jose::Verdict::no_key);
  CHECK(verdict(keys, second) == jose::Verdict::no_key);
  CHECK(verdict(keys, keys.current()) == jose::Verdict::valid);
}

TEST_CASE("the key set tells no private part, and holds what is put into it") {
  SigningKeys keys(jose::Algorithm::ES256);
  keys.add(Json::Object{{"kty", "decoy"}});
  const Json set = keys.key_set();
  const auto& list = *set.find("keys")->array();
  REQUIRE(list.size() == 2);
  CHECK(list[0].text() == R"({"kty":"decoy"})");
  CHECK(list[1].find("d") == nullptr);
  CHECK(*list[1].find("use")->string() == "sig");
  SigningKeys shared(jose::Algorithm::HS256);
  CHECK(shared.key_set().text() == R"({"keys":[]})");
}
