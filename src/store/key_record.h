// The data key as it lies in config.json: wrapped, with all that is needed to ask for it but what
// unwraps it.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "store/cipher.h"
#include "store/sealed_text.h"

namespace xauth::store {

// What keeps the password that unwraps the key.
enum class Keeper { keyring, command, file, passphrase };

// A keeper and, where there are several such, which one.
struct KeptBy {
  Keeper keeper = Keeper::passphrase;
  std::string file{};  // its path, of Keeper::file
  std::string item{};  // its name in the Secret Service, of Keeper::keyring
};

// How the setting `sealed_by` says it: "keyring", "command", "file:PATH" or "passphrase"; nothing
// for any other text, and for a path that does not begin at the root.
std::string text_of(const KeptBy& by);
std::optional<KeptBy> kept_by(const std::string& text);

// `settings.sealing` of config.json.
struct KeyRecord {
  std::string id;  // of the data key
  KeptBy by;
  std::optional<ScryptCost> cost;  // of making a key of the password; nothing: it is one
  std::string salt;                // with `cost`
  std::string nonce;
  std::string wrapped;  // the data key, encrypted, with its tag
};

// Throws Error (storage) for a record that is damaged, of another version or too costly; `where`
// names the file.
KeyRecord key_record_from(const Json& json, const std::string& where);
Json json_of(const KeyRecord& record);

// `key` wrapped under `password`. One of exactly 43 characters that encode 32 octets (base64url)
// is taken for the key that it is, but no passphrase, which may be words that only look so; any
// other goes through scrypt.
KeyRecord wrap(const DataKey& key, const KeptBy& by, const Secret& password);

// The data key; nothing when the password is wrong, or the record damaged.
std::optional<DataKey> unwrap(const KeyRecord& record, const Secret& password);

// A password that is a key: 43 characters.
Secret make_password();

}  // namespace xauth::store
