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

// The ID of the key that the text of a file is sealed under, empty where that part is damaged;
// nothing when the text is not sealed.
std::optional<std::string> sealed_under(std::string_view text);

// `text`, sealed under `key` for `place` alone.
std::string seal(const DataKey& key, const Place& place, const Secret& text);

// The text that was sealed; nothing when `sealed` is damaged, cut, of another version, sealed under
// another key or for another place.
std::optional<Secret> unseal(const DataKey& key, const Place& place, std::string_view sealed);

// What a file is to hold: `text` sealed under `key`, or as it is where there is none.
Secret content_of(const std::optional<DataKey>& key, const Place& place, const Secret& text);

}  // namespace xauth::store
