// The file that people call when they call us.
#pragma once

#include <string>

namespace xauth {

// The path of the front that hands over to this program, where there is one, else of this program
// itself; empty where that cannot be told.
std::string own_program();

}  // namespace xauth
