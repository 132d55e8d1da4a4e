// The file of this program.
#pragma once

#include <string>

namespace xauth {

// Its path, links followed; where /proc is not mounted, that of what the kernel was asked to run.
// Empty where that cannot be told.
std::string running_program();

}  // namespace xauth
