// What an ended process may have left beside a profile's token file.
#pragma once

#include <optional>
#include <string>

#include "store/token_file.h"
#include "system/files.h"

namespace xauth::store {

// To be called under the profile's lock. Temporary files of saves that never ended are removed;
// but when one holds whole tokens of the same provider, client and account, not older than the
// file's, the answer of a refresh was cut off from its last step: it becomes the token file.
void clear_leftovers(const Directory& tokens, const std::string& profile);

// Removes the temporary files of the file `name`, tokens or not: a save has just made them
// worthless. To be called under the lock of that file.
void remove_leftovers(const Directory& directory, const std::string& name);

// The tokens in a file that a save may not have finished; nothing when they are not whole or cannot
// be read.
std::optional<Tokens> salvage(const Directory& tokens, const std::string& entry);

}  // namespace xauth::store
