// What an ended process may have left beside a profile's token file.
#pragma once

#include <string>

#include "system/files.h"

namespace xauth::store {

// To be called under the profile's lock. Temporary files of saves that never ended are removed;
// but when one holds whole tokens of the same provider and client, newer than the file's, the
// answer of a refresh was cut off from its last step: it becomes the token file.
void clear_leftovers(const Directory& tokens, const std::string& profile);

}  // namespace xauth::store
