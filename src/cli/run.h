// The program from its arguments to its exit status.
#pragma once

#include <string>
#include <vector>

namespace xauth::cli {

// The arguments that `argv`, the program's name included, stands for: under the name
// docker-credential-xauth those of `credential docker`.
std::vector<std::string> called_with(const std::vector<std::string>& argv);

// Runs the command that `arguments` (without the program's name) ask for and returns the exit
// status; whatever goes wrong has been told on standard error.
int run(const std::vector<std::string>& arguments);

}  // namespace xauth::cli
