#include "support/file_locks.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace xauth::test {

namespace {

using namespace std::chrono_literals;

// How many lines of the kernel's list of locks, and of those who sleep for one, satisfy that.
template <class Condition>
int count_locks(Condition condition) {
  std::ifstream locks("/proc/locks");
  int count = 0;
  for (std::string line; std::getline(locks, line);) count += condition(line) ? 1 : 0;
  return count;
}

constexpr const char* kWaits = " -> FLOCK  ADVISORY  WRITE ";

bool has(const std::string& line, const std::string& part) {
  return line.find(part) != std::string::npos;
}

// Whether a process sleeps in flock(2).
bool waits_for_lock(int pid) {
  const std::string mark = kWaits + std::to_string(pid) + " ";
  return count_locks([&](const std::string& line) { return has(line, mark); }) > 0;
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

void await_waiters(const std::string& path, int count) {
  await([&] { return waiters_of(path) == count; });
}

bool holds_lock(int pid) {
  const std::string mark = ": FLOCK  ADVISORY  WRITE " + std::to_string(pid) + " ";
  return count_locks([&](const std::string& line) { return has(line, mark); }) > 0;
}

int waiters_of(const std::string& path) {
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  const std::string inode = ":" + std::to_string(found.st_ino) + " ";
  return count_locks(
      [&](const std::string& line) { return has(line, kWaits) && has(line, inode); });
}

void await_locked(const std::string& path) {
  const int fd = open_lock(path);
  await([&] { return ::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::flock(fd, LOCK_UN) != 0; });
  ::close(fd);
}

}  // namespace xauth::test
