// File locks that a test holds, or that the program waits for.
#pragma once

#include <string>

#include "support/program.h"

namespace xauth::test {

// An exclusive lock on the file at `path`, which is made when absent, while it lives.
class HeldLock {
 public:
  explicit HeldLock(const std::string& path);
  ~HeldLock();
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

 private:
  int fd_;
};

// Waits until the program sleeps for a file lock; fails the test case after 30 s.
void await_waiting(const Running& process);

// Waits until `count` processes sleep for the lock on the file at `path`; fails likewise.
void await_waiters(const std::string& path, int count);

// Whether the process holds a file lock, and how many sleep for one on the file at `path`.
bool holds_lock(int pid);
int waiters_of(const std::string& path);

// Waits until somebody holds the lock on the file at `path`; fails the test case after 30 s.
void await_locked(const std::string& path);

}  // namespace xauth::test
