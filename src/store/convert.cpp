#include "store/convert.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/error.h"
#include "store/leftovers.h"

namespace xauth::store {

namespace {

constexpr std::chrono::seconds kPatience{45};  // another process may be in a refresh

std::size_t largest_in(const Place& place) {
  return place.directory == kTokens ? kLargestTokenFile : kLargestSecretFile;
}

void convert_tokens(const Store& store, const Directory& tokens, const std::string& profile,
                    const std::optional<DataKey>& key) {
  const std::string name = token_file_name(profile);
  for (const std::string& entry : entries_of(tokens, name)) {
    const bool done = convert_file(store, tokens, {kTokens, profile}, entry, key);
    // What is damaged and kept aside has no other form any more.
    if (!done && entry == name) throw cannot_unseal(tokens.path_of(entry));
  }
}

void convert_secret(const Store& store, const FileLock& lock, const Directory& secrets,
                    const std::string& profile, const std::optional<DataKey>& key) {
  const std::string name = token_file_name(profile);
  remove_leftovers(lock, secrets, name);
  if (!convert_file(store, secrets, {kSecrets, profile}, name, key)) {
    throw cannot_unseal(secrets.path_of(name));
  }
}

std::set<std::string> entries_in(const std::optional<Directory>& directory) {
  if (!directory) return {};
  const auto names = directory->list();
  return {names.begin(), names.end()};
}

bool is_sealed_file(const Directory& directory, const std::string& entry) {
  try {
    auto text = directory.read(entry, kLargestTokenFile);
    return text && read_sealed(Secret(*std::move(text)).reveal());
  } catch (const Error&) {
    return false;  // not one of ours
  }
}

bool any_sealed_in(const std::optional<Directory>& directory) {
  const auto entries = entries_in(directory);
  return std::any_of(entries.begin(), entries.end(), [&](const std::string& entry) {
    return !profile_of_entry(entry).empty() && is_sealed_file(*directory, entry);
  });
}

}  // namespace

bool convert_file(const Store& store, const Directory& directory, const Place& place,
                  const std::string& entry, const std::optional<DataKey>& key) {
  auto read = directory.read(entry, largest_in(place));
  if (!read) return true;
  const Secret text(*std::move(read));
  const auto sealed = read_sealed(text.reveal());
  if (sealed.has_value() == key.has_value()) return true;
  const auto plain =
      sealed ? unseal(store.key_of(sealed->key_id), place, *sealed) : std::optional(text);
  if (!plain) return false;
  const Secret content = content_of(key, place, *plain);
  if (content.reveal().size() > largest_in(place)) {
    throw Error(Code::storage, directory.path_of(entry) + " is too large to be sealed");
  }
  NewFile file(directory, entry);
  file.write(content.reveal());
  file.commit();
  return true;
}

void convert(const Store& store, const std::string& profile) {
  const Directory tokens = store.tokens_directory();
  const FileLock lock(tokens, lock_file_name(profile), kPatience, store.warn());
  const auto key = store.key_for(profile);
  clear_leftovers(store, lock, tokens, profile);
  convert_tokens(store, tokens, profile, key);
  if (const auto secrets = store.existing_secrets()) {
    convert_secret(store, lock, *secrets, profile, key);
  }
}

std::vector<std::string> profiles_with_files(const Store& store) {
  std::set<std::string> profiles;
  for (const auto& directory : {store.existing_tokens(), store.existing_secrets()}) {
    for (const std::string& entry : entries_in(directory)) {
      const std::string profile = profile_of_entry(entry);
      if (!profile.empty()) profiles.insert(profile);
    }
  }
  return {profiles.begin(), profiles.end()};
}

bool any_sealed(const Store& store) {
  return any_sealed_in(store.existing_tokens()) || any_sealed_in(store.existing_secrets());
}

}  // namespace xauth::store
