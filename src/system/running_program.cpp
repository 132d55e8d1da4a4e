#include "system/running_program.h"

#include <limits.h>
#include <sys/auxv.h>

#include <array>
#include <cstdlib>

namespace xauth {

std::string running_program() {
  std::array<char, PATH_MAX> real{};
  if (::realpath("/proc/self/exe", real.data()) != nullptr) return real.data();
  const auto* called =
      reinterpret_cast<const char*>(::getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  if (called != nullptr && ::realpath(called, real.data()) != nullptr) return real.data();
  return {};
}

}  // namespace xauth
