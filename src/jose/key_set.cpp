#include "jose/key_set.h"

#include <algorithm>

#include "base/error.h"

namespace xauth::jose {

namespace {

constexpr std::size_t kLargest = 1024 * 1024;
constexpr std::size_t kMostKeys = 100;  // real sets hold below ten

// Whether the member `name` is missing or a string; `value` is then that.
bool text_or_nothing(const Json& jwk, const char* name, std::optional<std::string>& value) {
  const Json* member = jwk.find(name);
  if (member == nullptr) return true;
  if (member->string() == nullptr) return false;
  value = *member->string();
  return true;
}

// Whether `use` and `key_ops` let the key verify signatures. RFC 7517 §4.2, §4.3
bool verifies(const Json& jwk) {
  std::optional<std::string> use;
  if (!text_or_nothing(jwk, "use", use) || use.value_or("sig") != "sig") return false;
  const Json* operations = jwk.find("key_ops");
  if (operations == nullptr) return true;
  const auto* list = operations->array();
  return list != nullptr && std::any_of(list->begin(), list->end(), [](const Json& operation) {
           return operation.string() != nullptr && *operation.string() == "verify";
         });
}

}  // namespace

std::vector<PublicKey> KeySet::candidates(const std::optional<std::string>& kid,
                                          Algorithm algorithm) const {
  std::vector<PublicKey> found;
  for (const Entry& entry : entries_) {
    const bool named = !kid || entry.kid == kid;
    const bool meant = !entry.alg || algorithm_from(*entry.alg) == algorithm;
    if (named && meant && entry.key.fits(algorithm)) found.push_back(entry.key);
  }
  return found;
}

Verdict KeySet::verify(const Jws& jws) const {
  if (!jws.algorithm) return Verdict::invalid;
  const auto keys = candidates(jws.kid, *jws.algorithm);
  if (keys.empty()) return Verdict::no_key;
  const bool valid = std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) {
    return key.verify(*jws.algorithm, jws.signing_input, jws.signature);
  });
  return valid ? Verdict::valid : Verdict::invalid;
}

KeySet parse_key_set(std::string_view text, const std::string& what) {
  if (text.size() > kLargest) throw Error(Code::bad_response, what + " is larger than 1 MiB");
  const auto json = parse_json(text);
  const Json* keys = json ? json->find("keys") : nullptr;
  if (keys == nullptr || keys->array() == nullptr) {
    throw Error(Code::bad_response, what + " is no JSON object with an array of keys");
  }
  if (keys->array()->size() > kMostKeys) {
    throw Error(Code::bad_response, what + " holds more than 100 keys");
  }
  KeySet set;
  for (const Json& jwk : *keys->array()) {
    std::optional<std::string> kid;
    std::optional<std::string> alg;
    if (!text_or_nothing(jwk, "kid", kid) || !text_or_nothing(jwk, "alg", alg)) continue;
    if (!verifies(jwk)) continue;
    if (auto key = PublicKey::from_jwk(jwk)) {
      set.entries_.push_back({*std::move(key), std::move(kid), std::move(alg)});
    }
  }
  return set;
}

}  // namespace xauth::jose
