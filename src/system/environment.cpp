#include "system/environment.h"

#include <cstdlib>

namespace xauth {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace xauth
