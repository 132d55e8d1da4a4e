// Other programs: found on PATH, started without a shell, replaced by.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xauth {

// The executable file that `name` means: itself when it holds a slash, else the first one on the
// PATH of the environment; nothing when there is none.
std::optional<std::string> find_program(const std::string& name);

// Starts `arguments[0]` (found on PATH) with standard input, output and error at /dev/null, no
// other descriptor, default signal dispositions, an empty signal mask, and without the variables
// in `without`. The child is never killed. Returns its process id; throws Error (not_found,
// not_runnable) when it cannot be started. The caller reaps it.
int start_quietly(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& without);

// Becomes the program `path` with `arguments` (argument 0 included): default signal dispositions,
// empty signal mask, the environment as it is. Returns only by throwing Error (not_found,
// not_runnable) that names the program.
[[noreturn]] void become(const std::string& path, const std::vector<std::string>& arguments);

}  // namespace xauth
