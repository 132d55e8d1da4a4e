// config.json: the profiles' settings and which profile is the default. No tokens, no secrets.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "store/key_record.h"
#include "store/profile.h"
#include "system/files.h"

namespace xauth::store {

class Config {
 public:
  Config() : json_(Json::Object()) {}  // empty

  // What config.json in `directory` holds; empty when there is none. Throws Error (storage) that
  // names the file when it cannot be read, is damaged or of another version.
  static Config read(const Directory& directory);

  // The name of the default profile; empty when none is set.
  std::string default_profile() const;
  void set_default(const std::string& name);
  void unset_default();

  std::optional<Profile> profile(const std::string& name) const;
  Profile profile_at(std::size_t index) const;  // of the name there in names()
  void set_profile(const std::string& name, const Profile& profile);

  // Removes a profile; the default is unset when it was that one.
  void forget(const std::string& name);

  // The names of all profiles, in their order in the file.
  std::vector<std::string> names() const;

  // The string setting of that name, such as "browser"; empty when it is not set.
  std::string setting(const std::string& name) const;
  void set_setting(const std::string& name, const std::string& value);
  void unset_setting(const std::string& name);

  // Whether what is kept of that profile is to be sealed: as its own member `storage` says, else
  // the setting. Throws Error (storage) for any other value than `file` and `sealed`.
  bool seals(const std::string& profile) const;

  // The same of a profile whose own member `storage` is `own`; empty: it has none.
  bool seals_by(const std::string& own) const;

  // The wrapped key that files are sealed under; nothing when there is none. Throws Error
  // (storage) when it is damaged.
  std::optional<KeyRecord> sealing() const;
  void set_sealing(const KeyRecord& record);
  void unset_sealing() { unset_setting(kSealing); }

  // The text of the file, version and default first.
  std::string text() const;

 private:
  Config(Json json, std::string path) : json_(std::move(json)), path_(std::move(path)) {}

  static constexpr const char* kSealing = "sealing";

  void put_setting(const std::string& name, Json value);
  bool seals_as(const Json& storage) const;

  Json json_;
  std::string path_;  // for messages
};

// The lock under which config.json is changed.
FileLock lock_config(const Directory& directory, const Warn& warn);

// Reads config.json again, applies `change`, and saves it, all under the lock. Throws Error
// (storage, busy).
void change_config(const Directory& directory, const Warn& warn,
                   const std::function<void(Config&)>& change);

inline constexpr const char* kConfigFile = "config.json";
inline constexpr const char* kConfigLock = ".config.lock";

// The setting and the profile's member that say how files are kept, and their values.
inline constexpr const char* kStorage = "storage";
inline constexpr const char* kPlain = "file";
inline constexpr const char* kSealed = "sealed";

}  // namespace xauth::store
