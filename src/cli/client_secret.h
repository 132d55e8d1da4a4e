// Reading a client secret from the file that the person names.
#pragma once

#include <string>

#include "cli/context.h"

namespace xauth::cli {

// The secret in `path` (`-`: standard input), without line ends at its end; warns when others may
// read the file. Throws Error (usage) when it cannot be read, is empty, longer than 4 KiB, or not
// printable ASCII. RFC 6749 App. A.2
Secret read_client_secret(const Context& context, const std::string& path);

}  // namespace xauth::cli
