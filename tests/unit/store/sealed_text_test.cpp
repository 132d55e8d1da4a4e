#include "store/sealed_text.h"

#include <doctest/doctest.h>

#include <numeric>

#include "base/encoding.h"
#include "base/json.h"

using namespace xauth;
using namespace xauth::store;

namespace {

std::string octets_from(int first, std::size_t count) {
  std::string octets(count, '\0');
  std::iota(octets.begin(), octets.end(), static_cast<char>(first));
  return octets;
}

const Place kWork{kTokens, "work"};

DataKey known_key() { return {base64url(octets_from(0, 12)), Secret(octets_from(0, 32))}; }

// What another implementation has sealed under the known key.
constexpr const char* kVector =
    R"({"version":1,"sealed":{"cipher":"A256GCM","key":"AAECAwQFBgcICQoL",
  "nonce":"ZGVmZ2hpamtsbW5v",
  "ciphertext":"MzmoAwuaP_FQQGXZ9kcLniGndXnUGJwZwr-OctnChzWe1oa13W4yCAQQoMXsoVgDGQ"}})";

std::string with(const char* member, const char* value) {
  Json json = *parse_json(kVector);
  json.find("sealed")->set(member, Json(value));
  return json.text();
}

std::optional<Secret> opened(const DataKey& key, const Place& place, std::string_view text) {
  const auto sealed = read_sealed(text);
  return sealed ? unseal(key, place, *sealed) : std::nullopt;
}

}  // namespace

TEST_CASE("what another implementation has sealed is unsealed") {
  CHECK(read_sealed(kVector)->key_id == known_key().id);
  const auto text = opened(known_key(), kWork, kVector);
  REQUIRE(text);
  CHECK(text->matches("{\"version\":1,\"access_token\":\"a\"}\n"));
}

TEST_CASE("a sealed text opens under its key and at its place alone") {
  const DataKey key = make_data_key();
  const std::string sealed = seal(key, kWork, Secret("canary"));
  CHECK(sealed.find("canary") == std::string::npos);
  CHECK(opened(key, kWork, sealed)->matches("canary"));
  CHECK_FALSE(opened(key, {kTokens, "other"}, sealed));
  CHECK_FALSE(opened(key, {kSecrets, "work"}, sealed));
  CHECK_FALSE(opened(make_data_key(), kWork, sealed));
  CHECK_FALSE(opened({key.id, make_data_key().key}, kWork, sealed));
  CHECK_FALSE(opened({make_data_key().id, key.key}, kWork, sealed));
}

TEST_CASE("the same text is never sealed alike, and any text can be sealed") {
  const DataKey key = make_data_key();
  CHECK(key.id.size() == 16);
  CHECK(make_data_key().id != key.id);
  CHECK(seal(key, kWork, Secret("a")) != seal(key, kWork, Secret("a")));
  for (const std::string& text :
       {std::string(), std::string("{cut"), std::string("a\0\xff", 3), std::string(300'000, 'x')}) {
    CHECK(opened(key, kWork, seal(key, kWork, Secret(text)))->matches(text));
  }
}

TEST_CASE("a sealed text that was changed or cut does not open") {
  for (const auto& [member, value] : {std::pair{"cipher", "A128GCM"},
                                      {"cipher", ""},
                                      {"key", "AAECAwQFBgcICQoM"},
                                      {"nonce", "ZGVmZ2hpamtsbW5w"},
                                      {"nonce", "ZGVm"},
                                      {"nonce", "="},
                                      {"ciphertext", ""},
                                      {"ciphertext", "MzmoAwuaP_FQQGXZ9kcLng"},
                                      {"ciphertext", "no base64"}}) {
    CAPTURE(member);
    CHECK(read_sealed(with(member, value)));
    CHECK_FALSE(opened(known_key(), kWork, with(member, value)));
  }
  for (const char* text : {R"({"version":2,"sealed":{}})", R"({"sealed":{}})",
                           R"({"version":1,"sealed":{"key":5}})"}) {
    CHECK(read_sealed(text));
    CHECK_FALSE(opened(known_key(), kWork, text));
  }
}

TEST_CASE("what is not sealed is told from it") {
  for (const char* text :
       {"", "{", "[]", R"({"version":1,"access_token":"a"})", R"({"version":1,"sealed":true})"}) {
    CHECK_FALSE(read_sealed(text));
    CHECK_FALSE(opened(known_key(), kWork, text));
  }
  CHECK_FALSE(read_sealed(std::string(kVector).substr(0, 90)));
}

TEST_CASE("what a file is to hold is sealed where there is a key") {
  const DataKey key = make_data_key();
  CHECK(content_of(std::nullopt, kWork, Secret("text")).matches("text"));
  CHECK(read_sealed(content_of(key, kWork, Secret("text")).reveal())->key_id == key.id);
}
