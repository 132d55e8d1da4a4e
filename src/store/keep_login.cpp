#include "store/keep_login.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/error.h"
#include "store/leftovers.h"
#include "store/profile_name.h"

namespace xauth::store {

namespace {

constexpr std::chrono::seconds kPatience{45};  // another process may be in a refresh
constexpr const char* kAside = ".corrupt-";    // then the time
constexpr const char* kDemo = "demo";          // a demonstration is never the default

FileLock lock_profile(const Store& store, const Directory& tokens, const std::string& profile) {
  return FileLock(tokens, lock_file_name(profile), kPatience, store.warn());
}

// Moves a token file that cannot be read out of the way, where a person finds it.
void keep_damaged_aside(const Directory& tokens, const std::string& profile, Time now) {
  const std::string name = token_file_name(profile);
  try {
    read_tokens(tokens, profile);
  } catch (const Error&) {
    tokens.rename(name, name + kAside + std::to_string(now.time_since_epoch().count()));
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

std::string config_text(const Directory& root, const std::string& name, const Login& login) {
  Config config = Config::read(root);
  const auto current = config.profile(name);
  config.set_profile(name, login.former && current ? merged(*login.former, login.profile, *current)
                                                   : login.profile);
  if (config.default_profile().empty() && name != kDemo) config.set_default(name);
  return config.text();
}

// Whether the directory entry belongs to the token file `name`: it is that file, a temporary or a
// damaged one.
bool belongs_to(const std::string& entry, const std::string& name) {
  const std::string aside = name + kAside;
  const bool damaged = entry.starts_with(aside) &&
                       entry.find_first_not_of("0123456789", aside.size()) == std::string::npos;
  return entry == name || damaged || NewFile::is_temporary(entry, name);
}

std::vector<std::string> entries_of(const Directory& tokens, const std::string& name) {
  std::vector<std::string> entries = tokens.list();
  std::erase_if(entries, [&](const std::string& entry) { return !belongs_to(entry, name); });
  return entries;
}

}  // namespace

void keep_login(const Store& store, const std::string& profile, const Login& login, Time now) {
  check_profile_name(profile);
  const Directory root = store.root();
  const Directory tokens = store.tokens_directory();
  const Directory secrets = store.secrets_directory();
  const FileLock profile_lock = lock_profile(store, tokens, profile);
  const FileLock config_lock = lock_config(root, store.warn());

  NewFile config_file(root, kConfigFile);
  NewFile secret_file(secrets, token_file_name(profile));
  NewFile token_file(tokens, token_file_name(profile));
  config_file.write(config_text(root, profile, login));
  const bool has_secret = login.client_secret && !login.client_secret->empty();
  if (has_secret) secret_file.write(secret_text(*login.client_secret).reveal());
  token_file.write(text_of(login.tokens).reveal());

  keep_damaged_aside(tokens, profile, now);
  config_file.commit();
  if (has_secret) secret_file.commit();
  if (login.client_secret && !has_secret) secrets.remove(token_file_name(profile));
  token_file.commit();
  remove_leftovers(root, kConfigFile);
  remove_leftovers(secrets, token_file_name(profile));
  remove_leftovers(tokens, token_file_name(profile));
}

bool delete_tokens(const Store& store, const std::string& profile,
                   const std::function<void()>& first) {
  check_profile_name(profile);
  const std::string name = token_file_name(profile);
  const auto tokens = store.existing_tokens();
  if (!tokens || entries_of(*tokens, name).empty()) return false;
  const FileLock lock = lock_profile(store, *tokens, profile);
  clear_leftovers(*tokens, profile);
  first();
  const auto entries = entries_of(*tokens, name);
  for (const std::string& entry : entries) tokens->remove(entry);
  return std::find(entries.begin(), entries.end(), name) != entries.end();
}

void forget(const Store& store, const std::string& profile) {
  check_profile_name(profile);
  store.change_config([&](Config& config) { config.forget(profile); });
  const FileLock lock = lock_profile(store, store.tokens_directory(), profile);
  const Directory secrets = store.secrets_directory();
  secrets.remove(token_file_name(profile));
  remove_leftovers(secrets, token_file_name(profile));
}

}  // namespace xauth::store
