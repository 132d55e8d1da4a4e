// ID tokens for tests: sound ones, whose every claim a test may change.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/time.h"
#include "jose/signing_key.h"

namespace xauth::test {

inline constexpr Time kTokenTime{Seconds(1'700'000'000)};  // when they are issued

// What an ID token is made of.
struct IdTokenParts {
  Json header;
  Json claims;
};

// The parts of a sound ID token of https://as.example for `client`, with the nonce "n".
IdTokenParts sound_id_token();

// The parts as a compact token, signed by `key`; unsigned ones by `none` have an empty signature.
Secret sign_id_token(const IdTokenParts& parts, const jose::SigningKey& key,
                     jose::Algorithm algorithm = jose::Algorithm::ES256);
Secret unsigned_id_token(const IdTokenParts& parts, const std::string& alg = "none");

// A key on P-256, made once.
const jose::SigningKey& ec_key();

}  // namespace xauth::test
