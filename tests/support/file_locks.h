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

// Waits until somebody holds the lock on the file at `path`; fails the test case after 30 s.
void await_locked(const std::string& path);

}  // namespace xauth::test
