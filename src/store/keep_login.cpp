#include "store/keep_login.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/error.h"
#include "store/convert.h"
#include "store/leftovers.h"
#include "store/profile_name.h"

namespace xauth::store {

namespace {

constexpr std::chrono::seconds kPatience{45};  // another process may be in a refresh
constexpr const char* kDemo = "demo";          // a demonstration is never the default

FileLock lock_profile(const Store& store, const Directory& tokens, const std::string& profile) {
  return FileLock(tokens, lock_file_name(profile), kPatience, store.warn());
}

// Whether the file can be read at all: no link, not another's, not huge.
bool is_ours(const Directory& tokens, const std::string& name) {
  try {
    const Secret text(tokens.read(name, kLargestTokenFile).value_or(""));
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Moves a token file that cannot be read out of the way, where a person finds it; sealed, where
// what is kept is to be sealed: much of a token may be in it.
void keep_damaged_aside(const Store& store, const Directory& tokens, const std::string& profile,
                        const std::optional<DataKey>& key, Time now) {
  const std::string name = token_file_name(profile);
  try {
    store.tokens_in(tokens, profile);
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    if (key && is_ours(tokens, name)) convert_file(store, tokens, {kTokens, profile}, name, key);
    tokens.rename(name, aside_name(name, now));
  }
}

Secret secret_text(const Secret& client_secret) {
  Json json;
  json.set("version", Json(std::int64_t{1}));
  json.set("client_secret", Json(client_secret.reveal()));
  return Secret(json.pretty() + "\n");
}

std::string member_text(const Json& profile, const std::string& name) {
  const Json* member = profile.find(name);
  return member != nullptr ? member->text() : std::string();
}

// The settings after a login that made `ours` of `former`, while somebody made `theirs` of it.
Profile merged(const Profile& former, const Profile& ours, const Profile& theirs) {
  const Json before = json_of(former);
  const Json there = json_of(theirs);
  Json merged = json_of(ours);
  const auto is_theirs = [&](const std::string& name) {
    const std::string text = member_text(before, name);
    return member_text(merged, name) == text && member_text(there, name) != text;
  };
  for (const auto& [name, value] : *there.object()) {
    if (is_theirs(name)) merged.set(name, value);
  }
  for (const auto& [name, value] : *before.object()) {
    if (there.find(name) == nullptr && is_theirs(name)) merged.erase(name);
  }
  return profile_from(merged, "the settings");
}

Config config_after(const Directory& root, const std::string& name, const Login& login) {
  Config config = Config::read(root);
  const auto current = config.profile(name);
  Profile kept =
      login.former && current ? merged(*login.former, login.profile, *current) : login.profile;
  if (current) kept.storage = current->storage;  // no login unseals, not even with other settings
  config.set_profile(name, kept);
  if (config.default_profile().empty() && name != kDemo) config.set_default(name);
  return config;
}

// As in delete_tokens: what is to go anyway needs no key.
void clear_leftovers_if_possible(const Store& store, const FileLock& lock, const Directory& tokens,
                                 const std::string& profile) {
  try {
    clear_leftovers(store, lock, tokens, profile);
  } catch (const Error& error) {
    if (error.code != Code::storage) throw;
  }
}

}  // namespace

void keep_login(const Store& store, const std::string& profile, const Login& login, Time now) {
  check_profile_name(profile);
  const Directory root = store.root();
  const Directory tokens = store.tokens_directory();
  const Directory secrets = store.secrets_directory();
  const FileLock profile_lock = lock_profile(store, tokens, profile);
  const FileLock config_lock = lock_config(root, store.warn());

  const Config config = config_after(root, profile, login);
  const auto key = store.key_for(profile, config);
  std::optional<NewFile> config_file;
  std::optional<NewFile> secret_file;
  NewFile token_file(tokens, token_file_name(profile));
  const std::string settings = config.text();
  if (root.read_start(kConfigFile, settings.size() + 1) != settings) {
    config_file.emplace(root, kConfigFile).write(settings);
  }
  const bool has_secret = login.client_secret && !login.client_secret->empty();
  if (has_secret) {
    const Secret text = secret_text(*login.client_secret);
    secret_file.emplace(secrets, token_file_name(profile))
        .write(content_of(key, {kSecrets, profile}, text).reveal());
  }
  token_file.write(content_of(key, {kTokens, profile}, text_of(login.tokens)).reveal());

  keep_damaged_aside(store, tokens, profile, key, now);
  if (config_file) config_file->commit();
  if (secret_file) secret_file->commit();
  if (login.client_secret && !has_secret) secrets.remove(token_file_name(profile));
  token_file.commit();
  remove_leftovers(config_lock, root, kConfigFile);
  remove_leftovers(profile_lock, secrets, token_file_name(profile));
  remove_leftovers(profile_lock, tokens, token_file_name(profile));
}

bool delete_tokens(const Store& store, const std::string& profile,
                   const std::function<void()>& first) {
  check_profile_name(profile);
  const std::string name = token_file_name(profile);
  const auto tokens = store.existing_tokens();
  if (!tokens || entries_of(*tokens, name).empty()) return false;
  const FileLock lock = lock_profile(store, *tokens, profile);
  clear_leftovers_if_possible(store, lock, *tokens, profile);
  first();
  const auto entries = entries_of(*tokens, name);
  for (const std::string& entry : entries) tokens->remove(entry);
  return std::find(entries.begin(), entries.end(), name) != entries.end();
}

void forget(const Store& store, const std::string& profile) {
  check_profile_name(profile);
  const FileLock lock = lock_profile(store, store.tokens_directory(), profile);
  const Directory secrets = store.secrets_directory();
  secrets.remove(token_file_name(profile));
  remove_leftovers(lock, secrets, token_file_name(profile));
  // Last: whoever is stopped before finds the profile again, and forgets the rest.
  store.change_config([&](Config& config) { config.forget(profile); });
}

}  // namespace xauth::store
