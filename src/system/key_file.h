// A file that holds the password, or the key, of what is sealed.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"

namespace xauth {

// What the regular file `path` holds, without its last line end. Throws Error (storage) that says
// what is wrong: it cannot be read, others may read it, it is empty or too long.
Secret password_from_file(const std::string& path);

// Makes the file `path`, 0600 whatever the umask, and flushes it to the disk; nothing that is there
// is replaced, no directory is made. Throws Error (storage); no file is left then.
void make_key_file(const std::string& path, std::string_view content);

}  // namespace xauth
