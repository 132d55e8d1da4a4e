#include "system/broken_pipe.h"

#include <ctime>

namespace xauth {

BrokenPipeGuard::BrokenPipeGuard() {
  sigemptyset(&pipe_);
  sigaddset(&pipe_, SIGPIPE);
  sigset_t pending;
  sigpending(&pending);
  was_pending_ = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
}

BrokenPipeGuard::~BrokenPipeGuard() {
  constexpr timespec kNoWait{0, 0};
  if (!was_pending_) sigtimedwait(&pipe_, nullptr, &kNoWait);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace xauth
