// A directory for one test, and processes of its own for what would spoil the test program.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.h"
#include "system/files.h"

namespace xauth::test {

// Removed with all that is in it.
class Scratch {
 public:
  Scratch() {
    std::string name = std::filesystem::temp_directory_path() / "xauth-test-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline mode_t mode_of(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0xFFFFFFFF;
}

inline void put(const std::string& path, const std::string& content, mode_t mode = 0600) {
  std::ofstream(path) << content;
  ::chmod(path.c_str(), mode);
}

inline std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Collects the warnings.
struct Warnings {
  std::vector<std::string> lines;
  Warn warn() {
    return [this](const std::string& line) { lines.push_back(line); };
  }
};

// What `act` threw; fails the test when it threw nothing.
template <typename Act>
Error error_of(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error("no Error was thrown");
}

// Starts a process that runs `act` and ends with the status that it returns; 99 when it throws.
template <typename Act>
pid_t start(Act act) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    ::_exit(act());
  } catch (const std::exception&) {
    ::_exit(99);
  }
}

// The exit status, or minus the signal that ended it.
inline int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) == -1 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// Runs `act` in a process of its own and gives its exit status.
template <typename Act>
int in_child(Act act) {
  return wait_for(start(act));
}

constexpr uid_t nobody = 65534;

// The same, without the rights of root, which owns whatever it likes; `scratch` is handed over.
template <typename Act>
int as_ordinary_user(const Scratch& scratch, Act act) {
  const bool root = ::geteuid() == 0;
  if (root && ::chown(scratch.path().c_str(), nobody, nobody) != 0) return 98;
  return in_child([&]() -> int {
    if (root && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) return 97;
    return act();
  });
}

}  // namespace xauth::test
