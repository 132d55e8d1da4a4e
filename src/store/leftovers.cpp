#include "store/leftovers.h"

#include <string_view>

#include "base/error.h"
#include "store/profile_name.h"

namespace xauth::store {

namespace {

bool succeeds(const Tokens& rescued, const Tokens& current) {
  return rescued.provider == current.provider && rescued.client_id == current.client_id &&
         rescued.account_id == current.account_id && rescued.issued_at && current.issued_at &&
         *rescued.issued_at >= *current.issued_at;  // a refresh may follow within the same second
}

constexpr std::string_view kAside = ".corrupt-";  // then the time

std::optional<Secret> text_if_readable(const Directory& tokens, const std::string& entry) {
  try {
    auto text = tokens.read(entry, kLargestTokenFile);
    return text ? std::optional(Secret(*std::move(text))) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The name that a temporary file's own is made of; empty when it is not one.
std::string name_of_temporary(const std::string& entry) {
  const auto dot = entry.rfind('.');
  if (dot == 0 || dot == std::string::npos) return {};
  const std::string name = entry.substr(1, dot - 1);
  return NewFile::is_temporary(entry, name) ? name : std::string();
}

bool belongs_to(const std::string& entry, const std::string& name) {
  const std::string meant = name_of_temporary(entry);
  const std::string& whole = meant.empty() ? entry : meant;
  return whole == name || is_aside(whole, name);
}

}  // namespace

std::optional<Tokens> salvage(const Store& store, const Directory& tokens,
                              const std::string& profile, const std::string& entry) {
  auto text = text_if_readable(tokens, entry);
  if (!text) return std::nullopt;
  const auto plain = store.opened({kTokens, profile}, *std::move(text));
  return plain ? parse_tokens(plain->reveal()) : std::nullopt;
}

void clear_leftovers(const Store& store, const FileLock& lock, const Directory& tokens,
                     const std::string& profile) {
  if (!lock.held()) return;
  const std::string name = token_file_name(profile);
  for (const std::string& entry : entries_of(tokens, name)) {
    if (name_of_temporary(entry).empty()) continue;
    const bool may_be_answer = NewFile::is_temporary(entry, name);
    const auto rescued = may_be_answer ? salvage(store, tokens, profile, entry) : std::nullopt;
    const auto current = rescued ? salvage(store, tokens, profile, name) : std::nullopt;
    if (rescued && current && succeeds(*rescued, *current)) {
      tokens.rename(entry, name);
    } else {
      tokens.remove(entry);
    }
  }
}

void remove_leftovers(const FileLock& lock, const Directory& directory, const std::string& name) {
  if (!lock.held()) return;
  for (const std::string& entry : directory.list()) {
    if (NewFile::is_temporary(entry, name)) directory.remove(entry);
  }
}

std::string aside_name(const std::string& name, Time now) {
  return name + std::string(kAside) + std::to_string(now.time_since_epoch().count());
}

bool is_aside(const std::string& entry, const std::string& name) {
  const std::string start = name + std::string(kAside);
  return entry.starts_with(start) &&
         entry.find_first_not_of("0123456789", start.size()) == std::string::npos;
}

std::vector<std::string> entries_of(const Directory& directory, const std::string& name) {
  std::vector<std::string> entries = directory.list();
  std::erase_if(entries, [&](const std::string& entry) { return !belongs_to(entry, name); });
  return entries;
}

std::string profile_of_entry(const std::string& entry) {
  constexpr std::string_view kEnding = ".json";
  const std::size_t start = entry.starts_with('.') ? 1 : 0;  // no profile's name begins so
  const auto end = entry.rfind(kEnding);
  if (end == std::string::npos || end < start) return {};
  const std::string profile = entry.substr(start, end - start);
  const bool belongs = is_profile_name(profile) && belongs_to(entry, token_file_name(profile));
  return belongs ? profile : std::string();
}

}  // namespace xauth::store
