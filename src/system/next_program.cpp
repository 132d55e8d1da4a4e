#include "system/next_program.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "system/running_program.h"

namespace xauth {

namespace {

// Where a copy of this program or a link to it lies in the place of the next, it would become
// itself for ever.
bool is_running(const std::string& path) {
  struct stat next {};
  struct stat running {};
  return ::stat(path.c_str(), &next) == 0 && ::stat("/proc/self/exe", &running) == 0 &&
         next.st_dev == running.st_dev && next.st_ino == running.st_ino;
}

}  // namespace

void become_program(const std::string& path, char** argv) {
  const std::string running = running_program();
  const std::string next = running.substr(0, running.rfind('/') + 1) + path;
  int reason = ELOOP;
  if (!is_running(next)) {
    const auto before = ::signal(SIGPIPE, SIG_DFL);
    ::execv(next.c_str(), argv);
    reason = errno;
    static_cast<void>(::signal(SIGPIPE, before));
  }
  throw Error(Code::failure, "cannot run " + next + ": " + std::strerror(reason),
              "install xauth anew");
}

}  // namespace xauth
