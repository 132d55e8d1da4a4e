#include "front/next_program.h"

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

void become_program(const std::string& path, char** argv) {
  static_cast<void>(::signal(SIGPIPE, SIG_DFL));
  const std::string whole = own_directory() + "/" + path;
  ::execv(whole.c_str(), argv);
  throw Error(Code::failure, "cannot run " + whole + ": " + std::strerror(errno),
              "install xauth anew");
}

}  // namespace xauth::front
