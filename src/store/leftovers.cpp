#include "store/leftovers.h"

#include "base/error.h"

namespace xauth::store {

namespace {

bool succeeds(const Tokens& rescued, const Tokens& current) {
  return rescued.provider == current.provider && rescued.client_id == current.client_id &&
         rescued.account_id == current.account_id && rescued.issued_at && current.issued_at &&
         *rescued.issued_at >= *current.issued_at;  // a refresh may follow within the same second
}

}  // namespace

std::optional<Tokens> salvage(const Directory& tokens, const std::string& entry) {
  constexpr std::size_t kLargest = 1024 * 1024;  // as for a token file
  try {
    auto text = tokens.read(entry, kLargest);
    return text ? parse_tokens(Secret(*std::move(text)).reveal()) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void clear_leftovers(const Directory& tokens, const std::string& profile) {
  const std::string name = token_file_name(profile);
  for (const std::string& entry : tokens.list()) {
    if (!NewFile::is_temporary(entry, name)) continue;
    const auto rescued = salvage(tokens, entry);
    const auto current = salvage(tokens, name);
    if (rescued && current && succeeds(*rescued, *current)) {
      tokens.rename(entry, name);
    } else {
      tokens.remove(entry);
    }
  }
}

void remove_leftovers(const Directory& directory, const std::string& name) {
  for (const std::string& entry : directory.list()) {
    if (NewFile::is_temporary(entry, name)) directory.remove(entry);
  }
}

}  // namespace xauth::store
