#include "store/sealed_text.h"

#include "base/encoding.h"
#include "base/json.h"
#include "store/cipher.h"

namespace xauth::store {

namespace {

constexpr std::int64_t kVersion = 1;
constexpr const char* kCipher = "A256GCM";  // as RFC 7518 §5.3 names it
constexpr std::size_t kIdOctets = 12;

// Names hold no line end, so that no two places give the same text.
std::string bound_to(const DataKey& key, const Place& place) {
  return "xauth sealed file 1\n" + std::string(place.directory) + "\n" + place.profile + "\n" +
         key.id;
}

std::string text_in(const Json& json, const char* name) {
  const Json* member = json.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
}

std::string octets_in(const Json& json, const char* name) {
  return base64url_decode(text_in(json, name)).value_or("");
}

}  // namespace

DataKey make_data_key() {
  return {base64url(random_octets(kIdOctets)), Secret(random_octets(kKeySize))};
}

std::optional<SealedText> read_sealed(std::string_view text) {
  if (text.find("sealed") == std::string_view::npos) return std::nullopt;  // nearly always
  const auto json = parse_json(text);
  const Json* sealed = json ? json->find("sealed") : nullptr;
  if (sealed == nullptr || sealed->object() == nullptr) return std::nullopt;
  SealedText read{.key_id = text_in(*sealed, "key")};
  const Json* version = json->find("version");
  const bool known = version != nullptr && version->integer() == kVersion;
  if (!known || text_in(*sealed, "cipher") != kCipher) return read;
  read.nonce = octets_in(*sealed, "nonce");
  read.ciphertext = octets_in(*sealed, "ciphertext");
  return read;
}

std::string seal(const DataKey& key, const Place& place, const Secret& text) {
  const std::string nonce = random_octets(kNonceSize);
  Json sealed;
  sealed.set("cipher", Json(kCipher));
  sealed.set("key", Json(key.id));
  sealed.set("nonce", Json(base64url(nonce)));
  sealed.set("ciphertext", Json(base64url(encrypt(key.key, nonce, bound_to(key, place), text))));
  Json json;
  json.set("version", Json(kVersion));
  json.set("sealed", std::move(sealed));
  return json.pretty() + "\n";
}

std::optional<Secret> unseal(const DataKey& key, const Place& place, const SealedText& sealed) {
  if (sealed.key_id != key.id) return std::nullopt;
  return decrypt(key.key, sealed.nonce, bound_to(key, place), sealed.ciphertext);
}

Secret content_of(const std::optional<DataKey>& key, const Place& place, const Secret& text) {
  return key ? Secret(seal(*key, place, text)) : text;
}

}  // namespace xauth::store
