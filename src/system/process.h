// Other programs: found on PATH, started without a shell, replaced by.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/child.h"

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

// The pieces of `text` between the separators, without empty ones: a command is split at its
// spaces, no shell sees it.
std::vector<std::string> split(std::string_view text, char separator = ' ');

// No process started or become by what follows inherits XAUTH_CLIENT_SECRET, XAUTH_PASSPHRASE or
// XAUTH_NEW_PASSPHRASE. Each begins with default signal dispositions and an empty signal mask.

// Whether `name` can be a variable of a child: a name as shells take it (POSIX §8.1), and none of
// those three.
bool is_variable_for_child(std::string_view name);

// Starts `arguments[0]` (found on PATH) in a session of its own, out of reach of the terminal's
// signals, with standard input, output and error at /dev/null, no other descriptor, and without the
// variables in `without`. The child is never killed. Returns its process id; throws Error
// (not_found, not_runnable) when it cannot be started. The caller reaps it.
int start_quietly(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& without);

// Runs `arguments` like start_quietly and waits for its end. Returns its exit status (128 + the
// signal that ended it); nothing when it was not over after `patience`: it is killed then.
std::optional<int> run_quietly(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& without,
                               std::chrono::milliseconds patience);

// Starts `arguments[0]` (found on PATH) with our standard error, our terminal, our standard input
// if that is a terminal, and without the variables in `without`; what it writes to standard output
// comes out of the Child.
// Throws like start_quietly.
Child start_for_output(const std::vector<std::string>& arguments,
                       const std::vector<std::string>& without);

// Starts a copy of us that runs `work` and ends: in a session of its own, with standard input,
// output and error at /dev/null. What `work` writes to the descriptor that it is given, the only
// other one, comes out of the Child. It is killed when we end. `work` throws nothing. Throws
// std::system_error.
Child start_copy(const std::function<void(int output)>& work);

// Becomes the program `path` with `arguments` (argument 0 included) and the environment but for
// the variables in `without`. Returns only by throwing Error (not_found, not_runnable) that names
// the program; the signals are then as they were.
[[noreturn]] void become(const std::string& path, const std::vector<std::string>& arguments,
                         const std::vector<std::string>& without = {});

}  // namespace xauth
