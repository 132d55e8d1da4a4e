// The program from its arguments to its exit status.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/context.h"

namespace xauth::cli {

// The commands that need the listener's library: as they are, or what becomes the program that has
// them.
struct Logins {
  std::function<void(const Context& context, const LoginOptions& options)> login;
  std::function<void(const Context& context, const DemoOptions& options)> demo;
};

// The arguments that `argv`, the program's name included, stands for: under the name
// docker-credential-xauth those of `credential docker`.
std::vector<std::string> called_with(const std::vector<std::string>& argv);

// Runs the command that `arguments` (without the program's name) ask for and returns the exit
// status; whatever goes wrong has been told on standard error.
int run(const std::vector<std::string>& arguments, const Logins& logins);

}  // namespace xauth::cli
