// The config directory: where settings, tokens, client secrets and a person's own presets lie.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "store/config.h"
#include "store/token_file.h"
#include "system/files.h"

namespace xauth::store {

// Reads what is there and makes directories only to write. Every member throws Error (storage)
// that names the file; profile names are checked before a path is made of them.
class Store {
 public:
  // `warn` takes a line about a mode that had to be mended, or a file system without locks.
  Store(std::string path, Warn warn) : path_(std::move(path)), warn_(std::move(warn)) {}

  Config config() const;
  void change_config(const std::function<void(Config&)>& change) const;

  // The tokens of a profile; nothing when it has none.
  std::optional<Tokens> tokens(const std::string& profile) const;

  // The client secret of a profile; empty when none is kept.
  Secret client_secret(const std::string& profile) const;

  // Whether a token file is there, readable or not.
  bool has_token_file(const std::string& profile) const;

  // Where the token files are; nothing when there is no such directory yet.
  std::optional<Directory> existing_tokens() const { return existing("tokens"); }

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
  Directory tokens_directory() const { return root().make_inside("tokens"); }
  Directory secrets_directory() const { return root().make_inside("secrets"); }

  const Warn& warn() const { return warn_; }
  const std::string& path() const { return path_; }

 private:
  std::optional<Directory> existing(const std::string& name) const;

  std::string path_;
  Warn warn_;
};

// The file name of a profile's lock, beside its tokens.
std::string lock_file_name(const std::string& profile);

// How much space is reserved before tokens are asked for: they must fit whatever comes.
inline constexpr std::size_t kReserved = 64 * 1024;

}  // namespace xauth::store
