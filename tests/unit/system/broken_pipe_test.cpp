#include "system/broken_pipe.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>

using namespace xauth;

TEST_CASE("BrokenPipeGuard turns a write to nobody into an error and leaves no trace") {
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  REQUIRE(sigismember(&before, SIGPIPE) == 0);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  close(ends[0]);
  {
    const BrokenPipeGuard guard;
    CHECK(write(ends[1], "x", 1) == -1);
    CHECK(errno == EPIPE);
  }
  close(ends[1]);
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  CHECK(sigismember(&after, SIGPIPE) == 0);
  sigpending(&after);
  CHECK(sigismember(&after, SIGPIPE) == 0);
}
