// The programs that do more, behind the front.
#pragma once

#include <string>

namespace xauth::front {

// Becomes the program at `path` from the directory of this one, with the arguments and the
// environment as they are. Throws Error (failure) when it cannot be run.
[[noreturn]] void become_program(const std::string& path, char** argv);

}  // namespace xauth::front
