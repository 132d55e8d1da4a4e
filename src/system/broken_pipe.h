// SIGPIPE, kept away while others write to sockets for us.
#pragma once

#include <signal.h>

namespace xauth {

// While it lives, a write to a connection that the peer has reset fails in this thread instead of
// ending the process; a signal that came meanwhile is taken back. No other thread is touched.
class BrokenPipeGuard {
 public:
  BrokenPipeGuard();
  ~BrokenPipeGuard();
  BrokenPipeGuard(const BrokenPipeGuard&) = delete;
  BrokenPipeGuard& operator=(const BrokenPipeGuard&) = delete;

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

}  // namespace xauth
