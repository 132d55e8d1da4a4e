// The config directory: where settings, tokens, client secrets and a person's own presets lie.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/secret.h"
#include "store/config.h"
#include "store/keys.h"
#include "store/sealed_text.h"
#include "store/token_file.h"
#include "system/files.h"

namespace xauth::store {

// Reads what is there and makes directories only to write. Every member throws Error (storage)
// that names the file; profile names are checked before a path is made of them.
class Store {
 public:
  // `warn` takes a line about a mode that had to be mended, or a file system without locks.
  Store(std::string path, Warn warn) : path_(std::move(path)), warn_(std::move(warn)) {}

  // The same directory, and the same keys, with warnings that go elsewhere.
  Store warning(Warn warn) const;

  Config config() const;
  void change_config(const std::function<void(Config&)>& change) const;

  // The tokens of a profile; nothing when it has none.
  std::optional<Tokens> tokens(const std::string& profile) const;

  // The client secret of a profile; empty when none is kept.
  Secret client_secret(const std::string& profile) const;

  // The key under which what is saved of `profile` is to be sealed, as config.json (or `config`)
  // says now; nothing: it is saved as it is. To be called under the profile's lock. Throws Error
  // (storage) when the key is not to be had.
  std::optional<DataKey> key_for(const std::string& profile) const;
  std::optional<DataKey> key_for(const std::string& profile, const Config& config) const;

  // The plain text of a file, sealed or not; nothing when it cannot be unsealed. Throws Error
  // (storage) when the key is not to be had.
  std::optional<Secret> opened(const Place& place, Secret text) const;

  // The key to open what is sealed under the one of that ID; it is another one where there is no
  // such key any more. Throws Error (storage) when it is not to be had.
  const DataKey& key_of(const std::string& id) const;

  // The tokens of a profile in `directory`, which is ours: as tokens(), but under a lock.
  std::optional<Tokens> tokens_in(const Directory& directory, const std::string& profile) const;

  // Whether the token file of `profile` is sealed; where there is none, whether it would be.
  bool is_sealed(const std::string& profile) const;

  Keys& keys() const { return *keys_; }

  // Whether a token file is there, readable or not.
  bool has_token_file(const std::string& profile) const;

  // Where the token files are; nothing when there is no such directory yet.
  std::optional<Directory> existing_tokens() const { return existing(kTokens); }

  // The same of the client secrets.
  std::optional<Directory> existing_secrets() const { return existing(kSecrets); }

  // The profiles that have a token file, readable or not, in no order.
  std::vector<std::string> profiles_with_tokens() const;

  // The text of the person's own preset of that ID; nothing when there is none.
  std::optional<std::string> preset(const std::string& id) const;

  // The IDs of the person's own presets, in no order.
  std::vector<std::string> presets() const;
  std::string path_of_preset(const std::string& id) const;

  // Throws unless a token file for `profile` could be saved now. Nothing is left behind.
  void check_writable(const std::string& profile) const;

  // The directories, made when absent.
  Directory root() const { return Directory::make(path_, warn_); }
  Directory tokens_directory() const { return root().make_inside(kTokens); }
  Directory secrets_directory() const { return root().make_inside(kSecrets); }

  const Warn& warn() const { return warn_; }
  const std::string& path() const { return path_; }

 private:
  std::optional<Directory> existing(const std::string& name) const;

  std::string path_;
  Warn warn_;
  std::shared_ptr<Keys> keys_ = std::make_shared<Keys>();
};

// The error for a sealed file that does not open under the key that there is.
Error cannot_unseal(const std::string& path);

// The file name of a profile's lock, beside its tokens.
std::string lock_file_name(const std::string& profile);

// The largest file of client secrets that is read, sealed or not.
inline constexpr std::size_t kLargestSecretFile = 128 * 1024;

// How much space is reserved before tokens are asked for: they must fit whatever comes. Sealed
// they take a third more.
inline constexpr std::size_t kReserved = 64 * 1024;
constexpr std::size_t reserved_for(const std::optional<DataKey>& key) {
  return key ? 2 * kReserved : kReserved;
}

}  // namespace xauth::store
