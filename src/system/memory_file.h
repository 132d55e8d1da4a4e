// A file that has no name in the file system.
#pragma once

#include <string>
#include <string_view>

#include "system/files.h"

namespace xauth {

// A file in memory that holds `content`, read from its beginning by whoever opens /dev/fd/N; a
// program that we become inherits it. `name` is for /proc only. Throws Error (failure).
Descriptor memory_file(const std::string& name, std::string_view content);

}  // namespace xauth
