#include "store/key_record.h"

#include <doctest/doctest.h>

#include <numeric>

#include "base/encoding.h"
#include "base/error.h"

using namespace xauth;
using namespace xauth::store;

namespace {

// Wrapped by another implementation: the key of octets 0 to 31.
constexpr const char* kByPassphrase = R"({"version":1,"key":"AAECAwQFBgcICQoL","by":"passphrase",
  "kdf":"scrypt","n":16384,"r":8,"p":1,"salt":"yMnKy8zNzs_Q0dLT1NXW1w","nonce":"MjM0NTY3ODk6Ozw9",
  "wrapped":"IbgLnlQxacBj2EZJRwnp55xXw8lUgbbQrNDGkzEpOYaP0yj_e4m0RdrtowDJoHlv"})";
constexpr const char* kByFile = R"({"version":1,"key":"AAECAwQFBgcICQoL","by":"file","file":"/k",
  "kdf":"none","nonce":"MjM0NTY3ODk6Ozw9",
  "wrapped":"f0z5ZNLpCSYWPIC-eoso0ueBAxwqcMXjpdOpJefO5eJPVv8ryVA0jWLSqnqVkh6v"})";
constexpr const char* kFilePassword = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8";

KeyRecord record(const char* text) { return key_record_from(*parse_json(text), "config.json"); }

bool is_refused(const Json& json) {
  try {
    key_record_from(json, "the settings");
    return false;
  } catch (const Error& error) {
    CHECK(error.code == Code::storage);
    CHECK(error.message.starts_with("the settings: "));
    return true;
  }
}

}  // namespace

TEST_CASE("keys that another implementation has wrapped are unwrapped") {
  std::string octets(32, '\0');
  std::iota(octets.begin(), octets.end(), '\0');
  const auto by_passphrase = unwrap(record(kByPassphrase), Secret("correct horse"));
  REQUIRE(by_passphrase);
  CHECK(by_passphrase->id == "AAECAwQFBgcICQoL");
  CHECK(by_passphrase->key.matches(octets));
  const auto by_file = unwrap(record(kByFile), Secret(kFilePassword));
  REQUIRE(by_file);
  CHECK(by_file->key.matches(octets));
}

TEST_CASE("a wrong password unwraps nothing") {
  for (const char* password : {"correct horsf", "", kFilePassword}) {
    CHECK_FALSE(unwrap(record(kByPassphrase), Secret(password)));
  }
  for (const char* password :
       {"correct horse", "", "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl4"}) {
    CHECK_FALSE(unwrap(record(kByFile), Secret(password)));
  }
  KeyRecord other = record(kByFile);
  other.id = "BBECAwQFBgcICQoL";  // the ID is bound to it
  CHECK_FALSE(unwrap(other, Secret(kFilePassword)));
}

TEST_CASE("what is wrapped survives the file, and a password that is a key needs no scrypt") {
  const DataKey key = make_data_key();
  const Secret made = make_password();
  CHECK(made.reveal().size() == 43);
  const KeyRecord direct = wrap(key, {Keeper::keyring, {}, "item"}, made);
  CHECK_FALSE(direct.cost);
  const KeyRecord typed = wrap(key, {Keeper::passphrase}, Secret("typed"));
  REQUIRE(typed.cost);
  CHECK(typed.cost->n == 131'072);
  const Json json = json_of(typed);
  CHECK(json.text().find("typed") == std::string::npos);
  CHECK(json_of(key_record_from(json, "")).text() == json.text());
  CHECK(unwrap(key_record_from(json, ""), Secret("typed"))->key.matches(key.key.reveal()));
  CHECK_FALSE(unwrap(typed, Secret("typee")));
  const KeyRecord read = key_record_from(json_of(direct), "");
  CHECK(read.by.item == "item");
  CHECK(unwrap(read, made)->key.matches(key.key.reveal()));
  const KeptBy command{Keeper::command};
  CHECK(wrap(key, command, Secret(std::string(42, 'A'))).cost);
  CHECK(wrap(key, command, Secret(std::string(43, '!'))).cost);
  CHECK_FALSE(wrap(key, command, made).cost);
  const KeyRecord words = wrap(key, {Keeper::passphrase}, made);
  CHECK(words.cost);
  CHECK(unwrap(words, made)->key.matches(key.key.reveal()));
}

TEST_CASE("a damaged record is refused, and one that would cost too much or too little") {
  const Json whole = *parse_json(kByPassphrase);
  for (const char* member :
       {"version", "key", "by", "kdf", "n", "r", "p", "salt", "nonce", "wrapped"}) {
    CAPTURE(member);
    Json without = whole;
    without.erase(member);
    CHECK(is_refused(without));
    Json with = whole;
    with.set(member, Json(Json::Array()));
    CHECK(is_refused(with));
  }
  for (const auto& [member, value] :
       std::initializer_list<std::pair<const char*, Json>>{{"version", std::int64_t{2}},
                                                           {"by", "pigeon"},
                                                           {"kdf", "argon2"},
                                                           {"n", std::int64_t{1024}},
                                                           {"n", std::int64_t{1} << 40},
                                                           {"n", std::int64_t{100'000}},
                                                           {"r", std::int64_t{1} << 30},
                                                           {"p", std::int64_t{1'000'000}},
                                                           {"salt", "yMnK"},
                                                           {"nonce", "MjM0"},
                                                           {"wrapped", "IbgL"},
                                                           {"by", "file"},
                                                           {"by", "keyring"}}) {
    CAPTURE(member);
    Json changed = whole;
    changed.set(member, value);
    CHECK(is_refused(changed));
  }
  CHECK(is_refused(Json("text")));
}

TEST_CASE("the setting sealed_by says who keeps the password") {
  for (const char* text : {"keyring", "command", "passphrase", "file:/a/b c"}) {
    REQUIRE(kept_by(text));
    CHECK(text_of(*kept_by(text)) == text);
  }
  for (const char* text : {"", "file", "file:", "file:key", "Keyring", "none"}) {
    CHECK_FALSE(kept_by(text));
  }
}
