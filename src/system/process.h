// Other programs: found on PATH, started without a shell, replaced by.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace xauth {

// The directories of PATH, in order; an empty entry is `.`. Unset: /bin and /usr/bin. POSIX §8.3
std::vector<std::string> search_path();

// Whether `path` is a regular file that we may execute.
bool is_program(const std::string& path);

// The executable file that `name` means: itself, unchecked, when it holds a slash, else the first
// one on the PATH of the environment; nothing when there is none.
std::optional<std::string> find_program(const std::string& name);

// The same, checked in any case; throws Error: not_runnable when only files that we may not execute
// have that name, else not_found.
std::string require_program(const std::string& name);

// No program started or become by what follows inherits XAUTH_CLIENT_SECRET or XAUTH_PASSPHRASE.

// Starts `arguments[0]` (found on PATH) in a session of its own, out of reach of the terminal's
// signals, with standard input, output and error at /dev/null, no other descriptor, default signal
// dispositions, an empty signal mask, and without the variables in `without`. The child is never
// killed. Returns its process id; throws Error (not_found, not_runnable) when it cannot be
// started. The caller reaps it.
int start_quietly(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& without);

// Runs `arguments` like start_quietly and waits for its end. Returns its exit status (128 + the
// signal that ended it); nothing when it was not over after `patience`: it is killed then.
std::optional<int> run_quietly(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& without,
                               std::chrono::milliseconds patience);

// Becomes the program `path` with `arguments` (argument 0 included): default signal dispositions,
// empty signal mask, the environment but for the variables in `without`. Returns only by throwing
// Error (not_found, not_runnable) that names the program; the signals are then as they were.
[[noreturn]] void become(const std::string& path, const std::vector<std::string>& arguments,
                         const std::vector<std::string>& without = {});

}  // namespace xauth
