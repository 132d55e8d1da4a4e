// The file that people call when they call us.
#pragma once

#include <string>

namespace xauth {

// This program's own file; empty where /proc is not mounted.
std::string running_program();

// The path of the front that hands over to this program, where there is one, else of this program
// itself; empty where /proc is not mounted.
std::string own_program();

}  // namespace xauth
