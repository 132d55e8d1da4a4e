// Bringing files that are there into the form that config.json says: sealed, or as they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace xauth::store {

// Rewrites the file `entry` of `directory` under its own name, sealed under `key` or, without one,
// plain; the other form stays until the new one is whole. What has that form already is left alone,
// whatever is in it, and so is a file that is not there. False when it is sealed and cannot be
// unsealed. To be called under the profile's lock. Throws Error (storage).
bool convert_file(const Store& store, const Directory& directory, const Place& place,
                  const std::string& entry, const std::optional<DataKey>& key);

// The same for all that is kept of `profile`, under its lock: tokens, client secret, and what was
// kept aside. What a crash or another process has left half done is finished. Throws Error
// (storage, busy).
void convert(const Store& store, const std::string& profile);

// The profiles of which anything is kept, be it a file that no save has ended, sorted.
std::vector<std::string> profiles_with_files(const Store& store);

// Whether any file that can be read is sealed.
bool any_sealed(const Store& store);

}  // namespace xauth::store
