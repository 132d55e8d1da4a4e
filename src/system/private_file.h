// Files of private keys, which are read where they lie.
#pragma once

#include <cstddef>
#include <string>

#include "base/secret.h"

namespace xauth {

// The content of the file `path`, which must be a regular one that nobody but its owner may read:
// a private key that others have read is not one any more. `what` names it in errors ("the client
// key"). Throws Error (usage) that says what is wrong, also for more than `most` bytes.
Secret read_private_file(const std::string& path, const std::string& what, std::size_t most);

// The same for a file that is not secret, such as a certificate.
std::string read_public_file(const std::string& path, const std::string& what, std::size_t most);

}  // namespace xauth
