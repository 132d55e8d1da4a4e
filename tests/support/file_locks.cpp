#include "support/file_locks.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace xauth::test {

namespace {

using namespace std::chrono_literals;

// Whether a process sleeps in flock(2), as the kernel's list of waiters tells.
bool waits_for_lock(int pid) {
  std::ifstream locks("/proc/locks");
  const std::string mark = " -> FLOCK  ADVISORY  WRITE " + std::to_string(pid) + " ";
  for (std::string line; std::getline(locks, line);) {
    if (line.find(mark) != std::string::npos) return true;
  }
  return false;
}

// The kernel has no event for what is awaited with this.
template <class Condition>
void await(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (!condition()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::sleep_for(5ms);
  }
}

int open_lock(const std::string& path) {
  return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

}  // namespace

HeldLock::HeldLock(const std::string& path) : fd_(open_lock(path)) {
  REQUIRE(::flock(fd_, LOCK_EX) == 0);
}

HeldLock::~HeldLock() { ::close(fd_); }

void await_waiting(const Running& process) {
  await([&] { return waits_for_lock(process.pid()); });
}

void await_locked(const std::string& path) {
  const int fd = open_lock(path);
  await([&] { return ::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::flock(fd, LOCK_UN) != 0; });
  ::close(fd);
}

}  // namespace xauth::test
