#include "store/config.h"

#include "base/error.h"
#include "base/terminal_text.h"
#include "store/consequence.h"
#include "store/leftovers.h"
#include "store/profile_name.h"

namespace xauth::store {

namespace {

constexpr std::size_t kLargestFile = 16 * 1024 * 1024;  // ten thousand profiles and a margin
constexpr std::int64_t kVersion = 1;
constexpr std::chrono::seconds kPatience{10};  // a change takes milliseconds

const Json* member_of(const Json* json, const std::string& name) {
  return json != nullptr ? json->find(name) : nullptr;
}

// What a failure to save `text` has left.
const char* what_is_there(const Directory& directory, const std::string& text) {
  try {
    if (directory.read(kConfigFile, kLargestFile) == text) {
      return "the new settings are in their file, but a power failure may undo that";
    }
  } catch (const Error&) {
  }
  return "the settings are as they were";
}

}  // namespace

Config Config::read(const Directory& directory) {
  const std::string path = directory.path_of(kConfigFile);
  const auto text = directory.read(kConfigFile, kLargestFile);
  if (!text) return {Json(Json::Object()), path};
  auto json = parse_json(*text);
  const Json* version = json ? json->find("version") : nullptr;
  if (version == nullptr || version->integer() != kVersion) {
    throw Error(Code::storage, "the settings file is damaged: " + path,
                "mend it or move it away; the tokens beside it are safe");
  }
  for (const char* member : {"settings", "profiles"}) {
    const Json* value = json->find(member);
    if (value != nullptr && value->object() == nullptr) {
      throw Error(Code::storage, path + ": " + member + " must be an object");
    }
  }
  Config config(std::move(*json), path);
  for (const std::string& name : config.names()) {
    if (is_profile_name(name)) continue;
    throw Error(Code::storage, path + ": '" + for_terminal(name, 64) + "' is no profile name");
  }
  return config;
}

std::string Config::default_profile() const {
  const Json* name = json_.find("default");
  return name != nullptr && name->string() != nullptr ? *name->string() : std::string();
}

void Config::set_default(const std::string& name) { json_.set("default", Json(name)); }

void Config::unset_default() { json_.erase("default"); }

std::optional<Profile> Config::profile(const std::string& name) const {
  const Json* profiles = json_.find("profiles");
  const Json* found = profiles != nullptr ? profiles->find(name) : nullptr;
  if (found == nullptr) return std::nullopt;
  return profile_from(*found, path_ + ": profile " + name);
}

Profile Config::profile_at(std::size_t index) const {
  const auto& [name, json] = json_.find("profiles")->object()->at(index);
  return profile_from(json, path_ + ": profile " + name);
}

void Config::set_profile(const std::string& name, const Profile& profile) {
  if (json_.find("profiles") == nullptr) json_.set("profiles", Json(Json::Object()));
  json_.find("profiles")->set(name, json_of(profile));
}

void Config::forget(const std::string& name) {
  if (Json* profiles = json_.find("profiles")) profiles->erase(name);
  if (default_profile() == name) json_.erase("default");
}

std::vector<std::string> Config::names() const {
  std::vector<std::string> names;
  const Json* profiles = json_.find("profiles");
  if (profiles == nullptr) return names;
  for (const auto& [name, profile] : *profiles->object()) names.push_back(name);
  return names;
}

std::string Config::setting(const std::string& name) const {
  const Json* settings = json_.find("settings");
  const Json* value = settings != nullptr ? settings->find(name) : nullptr;
  return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

void Config::set_setting(const std::string& name, const std::string& value) {
  put_setting(name, Json(value));
}

void Config::put_setting(const std::string& name, Json value) {
  if (json_.find("settings") == nullptr) json_.set("settings", Json(Json::Object()));
  json_.find("settings")->set(name, std::move(value));
}

void Config::unset_setting(const std::string& name) {
  if (Json* settings = json_.find("settings")) settings->erase(name);
}

bool Config::seals(const std::string& profile) const {
  const Json* own = member_of(member_of(json_.find("profiles"), profile), kStorage);
  if (own == nullptr) return seals_by({});
  return own->string() != nullptr ? seals_by(*own->string()) : seals_as(*own);
}

bool Config::seals_by(const std::string& own) const {
  if (!own.empty()) return seals_as(Json(own));
  const Json* usual = member_of(json_.find("settings"), kStorage);
  return usual != nullptr && seals_as(*usual);
}

bool Config::seals_as(const Json& storage) const {
  const std::string value = storage.string() != nullptr ? *storage.string() : "";
  if (value == kPlain || value == kSealed) return value == kSealed;
  throw Error(Code::storage, path_ + ": storage is neither file nor sealed",
              "xauth config set storage sealed");
}

std::optional<KeyRecord> Config::sealing() const {
  const Json* record = member_of(json_.find("settings"), kSealing);
  return record != nullptr ? std::optional(key_record_from(*record, path_)) : std::nullopt;
}

void Config::set_sealing(const KeyRecord& record) { put_setting(kSealing, json_of(record)); }

std::string Config::text() const {
  Json ordered;
  ordered.set("version", Json(kVersion));
  if (const Json* name = json_.find("default")) ordered.set("default", *name);
  for (const char* member : {"settings", "profiles"}) {
    const Json* value = json_.find(member);
    ordered.set(member, value != nullptr ? *value : Json(Json::Object()));
  }
  for (const auto& [name, value] : *json_.object()) ordered.set(name, value);
  return ordered.pretty() + "\n";
}

FileLock lock_config(const Directory& directory, const Warn& warn) {
  return FileLock(directory, kConfigLock, kPatience, warn);
}

void change_config(const Directory& directory, const Warn& warn,
                   const std::function<void(Config&)>& change) {
  const FileLock lock = lock_config(directory, warn);
  Config config = Config::read(directory);
  change(config);
  const std::string text = config.text();
  with_consequence_found([&] { return what_is_there(directory, text); },
                         [&] {
                           NewFile file(directory, kConfigFile);
                           file.write(text);
                           file.commit();
                         });
  remove_leftovers(lock, directory, kConfigFile);
}

}  // namespace xauth::store
