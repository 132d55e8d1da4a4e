#include "store/store.h"

#include <algorithm>

#include "base/error.h"
#include "store/consequence.h"
#include "store/profile_name.h"

namespace xauth::store {

namespace {

constexpr std::size_t kLargestPreset = 64 * 1024;  // ten times the largest embedded one
constexpr const char* kPresets = "providers";

// What the files NAME.json in `directory` are named.
std::vector<std::string> names_in(const std::optional<Directory>& directory) {
  constexpr std::string_view kEnding = ".json";
  std::vector<std::string> names;
  if (!directory) return names;
  for (const std::string& entry : directory->list()) {
    const std::string name = entry.substr(0, entry.size() - std::min(entry.size(), kEnding.size()));
    if (entry.ends_with(kEnding) && is_profile_name(name)) names.push_back(name);
  }
  return names;
}

}  // namespace

Store Store::warning(Warn warn) const {
  Store other = *this;
  other.warn_ = std::move(warn);
  return other;
}

Config Store::config() const {
  const auto directory = Directory::open(path_, warn_);
  return directory ? Config::read(*directory) : Config();
}

void Store::change_config(const std::function<void(Config&)>& change) const {
  store::change_config(root(), warn_, change);
}

std::optional<Directory> Store::existing(const std::string& name) const {
  const auto directory = Directory::open(path_, warn_);
  if (!directory) return std::nullopt;
  return directory->open_inside(name);
}

std::optional<Tokens> Store::tokens(const std::string& profile) const {
  check_profile_name(profile);
  const auto directory = existing_tokens();
  return directory ? tokens_in(*directory, profile) : std::nullopt;
}

std::optional<Tokens> Store::tokens_in(const Directory& directory,
                                       const std::string& profile) const {
  return read_tokens(directory, profile, [&](Secret text) {
    auto plain = opened({kTokens, profile}, std::move(text));
    if (!plain) throw cannot_unseal(directory.path_of(token_file_name(profile)));
    return plain;
  });
}

std::optional<DataKey> Store::key_for(const std::string& profile) const {
  return key_for(profile, config());
}

std::optional<DataKey> Store::key_for(const std::string& profile, const Config& config) const {
  return config.seals(profile) ? std::optional(keys_->get(config)) : std::nullopt;
}

std::optional<Secret> Store::opened(const Place& place, Secret text) const {
  const auto sealed = read_sealed(text.reveal());
  if (!sealed) return text;
  return unseal(key_of(sealed->key_id), place, *sealed);
}

const DataKey& Store::key_of(const std::string& id) const {
  const DataKey* key = keys_->known(id);
  return key != nullptr ? *key : keys_->get(config());
}

bool Store::is_sealed(const std::string& profile) const {
  const auto directory = existing_tokens();
  auto text =
      directory ? directory->read(token_file_name(profile), kLargestTokenFile) : std::nullopt;
  if (!text) return config().seals(profile);
  return read_sealed(Secret(*std::move(text)).reveal()).has_value();
}

bool Store::has_token_file(const std::string& profile) const {
  check_profile_name(profile);
  const auto directory = existing_tokens();
  if (!directory) return false;
  const auto names = directory->list();
  return std::find(names.begin(), names.end(), token_file_name(profile)) != names.end();
}

std::vector<std::string> Store::profiles_with_tokens() const { return names_in(existing_tokens()); }

std::optional<std::string> Store::preset(const std::string& id) const {
  if (!is_profile_name(id)) return std::nullopt;
  const auto directory = existing(kPresets);
  return directory ? directory->read(id + ".json", kLargestPreset) : std::nullopt;
}

std::vector<std::string> Store::presets() const { return names_in(existing(kPresets)); }

std::string Store::path_of_preset(const std::string& id) const {
  return path_ + "/" + kPresets + "/" + id + ".json";
}

Secret Store::client_secret(const std::string& profile) const {
  check_profile_name(profile);
  const auto directory = existing_secrets();
  const std::string name = token_file_name(profile);
  auto text = directory ? directory->read(name, kLargestSecretFile) : std::nullopt;
  if (!text) return {};
  const auto content = opened({kSecrets, profile}, Secret(*std::move(text)));
  if (!content) throw cannot_unseal(directory->path_of(name));
  const auto json = parse_json(content->reveal());
  const Json* version = json ? json->find("version") : nullptr;
  if (version == nullptr || version->integer() != 1) {
    throw Error(Code::storage, "the file of client secrets is damaged: " + directory->path_of(name),
                "move it away and give the secret again with --client-secret-file");
  }
  const Json* secret = json->find("client_secret");
  return secret != nullptr && secret->string() != nullptr ? Secret(*secret->string()) : Secret();
}

void Store::check_writable(const std::string& profile) const {
  check_profile_name(profile);
  with_consequence("the provider was not asked, nothing is lost", [&] {
    const Directory tokens = tokens_directory();
    const auto key = key_for(profile);
    NewFile file(tokens, token_file_name(profile));
    file.reserve(reserved_for(key));
  });
}

Error cannot_unseal(const std::string& path) {
  return {Code::storage, "cannot unseal " + path + ": it is damaged, or sealed under another key",
          "put it back from a backup, or log in again"};
}

std::string lock_file_name(const std::string& profile) { return "." + profile + ".lock"; }

}  // namespace xauth::store
