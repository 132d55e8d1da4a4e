// Tokens taken apart for people to read.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "base/time.h"
#include "jose/key_set.h"

namespace xauth::cli {

// What signatures are checked with; without keys, why there are none.
struct SignatureKeys {
  std::optional<jose::KeySet> keys;
  std::string why_none;
};

// Whether the token is a JWT whose signature can be checked, given the keys.
bool is_signed_jwt(const Secret& token);

// `header`, `claims` (but of an encrypted one) and `signature` (valid, invalid, or unchecked, then
// with `reason`) of a JWT; `{"opaque":true}` of any other token. RFC 7519 §7.2
Json decoded(const Secret& token, const SignatureKeys& keys);

// The result of `inspect` as text: a part for each member, one line a value, claims that are times
// also in words. Safe for a terminal.
std::string text_of_inspection(const Json& result, Time now);

}  // namespace xauth::cli
