// What the environment says.
#pragma once

#include <string>

namespace xauth {

// The environment variable's value; empty when it is not set.
std::string environment(const char* name);

}  // namespace xauth
