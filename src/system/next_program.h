// From one of our programs to the next, which does more.
#pragma once

#include <string>

namespace xauth {

// Becomes the program at `path` from the directory of this one, with the arguments and the
// environment as they are, and SIGPIPE as it was before prepare_process(). Throws Error (failure)
// when it cannot be run.
[[noreturn]] void become_program(const std::string& path, char** argv);

}  // namespace xauth
