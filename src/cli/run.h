// The program from its arguments to its exit status.
#pragma once

#include <string>
#include <vector>

namespace xauth::cli {

// Runs the command that `arguments` (without the program's name) ask for and returns the exit
// status; whatever goes wrong has been told on standard error.
int run(const std::vector<std::string>& arguments);

}  // namespace xauth::cli
