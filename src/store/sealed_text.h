// A file's text as it lies on the disk when it is sealed: JSON around AES-256-GCM ciphertext.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace xauth::store {

// The key that a config directory's files are sealed under.
struct DataKey {
  std::string id;  // 16 characters, not secret
  Secret key;      // 32 octets
};

// A new one, of random octets.
DataKey make_data_key();

// The directories whose files may be sealed.
inline constexpr const char* kTokens = "tokens";
inline constexpr const char* kSecrets = "secrets";

// Which file a sealed text is: it opens as no other.
struct Place {
  const char* directory;  // kTokens or kSecrets
  std::string profile;
};

// A sealed text that is read, but not opened. What is damaged in it is empty.
struct SealedText {
  std::string key_id;  // of the key that it is sealed under
  std::string nonce;   // this and the ciphertext in octets; empty in a form that is not known, too
  std::string ciphertext;
};

// What the text of a file holds sealed; nothing when it is not sealed.
std::optional<SealedText> read_sealed(std::string_view text);

// `text`, sealed under `key` for `place` alone.
std::string seal(const DataKey& key, const Place& place, const Secret& text);

// The text that was sealed; nothing when `sealed` is damaged, cut, of another version, sealed under
// another key or for another place.
std::optional<Secret> unseal(const DataKey& key, const Place& place, const SealedText& sealed);

// What a file is to hold: `text` sealed under `key`, or as it is where there is none.
Secret content_of(const std::optional<DataKey>& key, const Place& place, const Secret& text);

}  // namespace xauth::store
