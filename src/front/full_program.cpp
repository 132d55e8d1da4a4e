#include "front/full_program.h"

#include <limits.h>
#include <signal.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "base/error.h"
#include "system/programs.h"

namespace xauth::front {

namespace {

// The directory of this program, links followed; empty where that cannot be told.
std::string own_directory() {
  std::array<char, PATH_MAX> real{};
  // What the kernel was asked to run, for where /proc is not mounted.
  const auto* called =
      reinterpret_cast<const char*>(::getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  if (::realpath("/proc/self/exe", real.data()) == nullptr &&
      (called == nullptr || ::realpath(called, real.data()) == nullptr)) {
    return {};
  }
  const std::string_view path(real.data());
  return std::string(path.substr(0, path.rfind('/')));
}

}  // namespace

int become_full_program(char** argv) {
  static_cast<void>(::signal(SIGPIPE, SIG_DFL));
  const std::string path = own_directory() + "/" + kFullFromFront;
  ::execv(path.c_str(), argv);
  const std::string line =
      "xauth: cannot run " + path + ": " + std::strerror(errno) + "\n  try: install xauth anew\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
  return static_cast<int>(Code::failure);
}

}  // namespace xauth::front
