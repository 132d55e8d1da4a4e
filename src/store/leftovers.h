// What an ended process may have left beside a profile's token file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace xauth::store {

// Under the profile's lock: temporary files of saves that never ended are removed; but when one
// holds whole tokens of the same provider, client and account, not older than the file's, the
// answer of a refresh was cut off from its last step: it becomes the token file. Where there are no
// locks they may be those of a save that goes on, and stay. Throws Error (storage) when they are
// sealed and the key is not to be had.
void clear_leftovers(const Store& store, const FileLock& lock, const Directory& tokens,
                     const std::string& profile);

// Under the lock of the file `name`: removes its temporary files, tokens or not, which a save has
// just made worthless. Where there are no locks they stay.
void remove_leftovers(const FileLock& lock, const Directory& directory, const std::string& name);

// The tokens in a file that a save may not have finished; nothing when they are not whole or cannot
// be read. Throws as clear_leftovers does.
std::optional<Tokens> salvage(const Store& store, const Directory& tokens,
                              const std::string& profile, const std::string& entry);

// The name under which the damaged file `name` is kept aside at that time.
std::string aside_name(const std::string& name, Time now);

// Whether `entry` is a file that was kept aside for `name`.
bool is_aside(const std::string& entry, const std::string& name);

// The entries that belong to the file `name`: that file, those kept aside, and temporary ones of
// either.
std::vector<std::string> entries_of(const Directory& directory, const std::string& name);

// The profile that `entry` of tokens/ or secrets/ belongs to; empty when it belongs to none.
std::string profile_of_entry(const std::string& entry);

}  // namespace xauth::store
