#include "front/full_program.h"

#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "base/error.h"
#include "system/programs.h"

namespace xauth::front {

namespace {

// The directory of this program; empty where /proc is not mounted.
std::string own_directory() {
  std::array<char, PATH_MAX> target{};
  const auto length = ::readlink("/proc/self/exe", target.data(), target.size());
  if (length <= 0) return {};
  const std::string_view path(target.data(), static_cast<std::size_t>(length));
  return std::string(path.substr(0, path.rfind('/')));
}

}  // namespace

int become_full_program(char** argv) {
  static_cast<void>(::signal(SIGPIPE, SIG_DFL));
  const std::string directory = own_directory();
  const std::string path = directory.empty() ? kInstalledFull : directory + "/" + kFullFromFront;
  ::execv(path.c_str(), argv);
  const std::string line =
      "xauth: cannot run " + path + ": " + std::strerror(errno) + "\n  try: install xauth anew\n";
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return static_cast<int>(Code::failure);
  return static_cast<int>(Code::failure);
}

}  // namespace xauth::front
