#include "system/signals.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

bool is_readable(int fd) {
  pollfd wanted{fd, POLLIN, 0};
  return ::poll(&wanted, 1, 0) == 1;
}

}  // namespace

TEST_CASE("a watched signal is noted once and ends nothing, LI-18") {
  const SignalsWatched signals;
  CHECK_FALSE(is_readable(signals.descriptor()));
  CHECK(SignalsWatched::received() == 0);
  CHECK_NOTHROW(SignalsWatched::throw_if_received());
  ::raise(SIGTERM);
  ::raise(SIGINT);
  CHECK(is_readable(signals.descriptor()));
  CHECK(SignalsWatched::received() == SIGTERM);  // the first
  CHECK(error_of([] { SignalsWatched::throw_if_received(); }).exit_status() == 128 + SIGTERM);
}

TEST_CASE("Ctrl-Z waits for the end of what must not stand still") {
  const auto former = std::signal(SIGTSTP, SIG_IGN);
  {
    const SignalsHeld held;
    ::raise(SIGTSTP);
    sigset_t pending;
    sigpending(&pending);
    CHECK(sigismember(&pending, SIGTSTP) == 1);
  }
  std::signal(SIGTSTP, former);
}

TEST_CASE("a new watch starts afresh, and its end gives the signals back") {
  {
    const SignalsWatched signals;
    ::raise(SIGHUP);
  }
  {
    const SignalsWatched signals;
    CHECK(SignalsWatched::received() == 0);
  }
  CHECK(in_child([] {
          ::signal(SIGHUP, SIG_DFL);
          { const SignalsWatched signals; }
          ::raise(SIGHUP);
          return 0;
        }) == -SIGHUP);
}

TEST_CASE("a signal that was ignored, as under nohup, stays ignored") {
  CHECK(in_child([] {
          ::signal(SIGHUP, SIG_IGN);
          const SignalsWatched signals;
          ::raise(SIGHUP);
          return SignalsWatched::received();
        }) == 0);
}

TEST_CASE("a flood of signals does not block") {
  const SignalsWatched signals;
  for (int i = 0; i < 100'000; ++i) ::raise(SIGINT);
  CHECK(SignalsWatched::received() == SIGINT);
}

TEST_CASE("a signal ends a sleep that watches for it, and the sleep is whole without one") {
  const SignalsWatched signals;
  const auto before = std::chrono::steady_clock::now();
  SignalsWatched::sleep(std::chrono::milliseconds(20));
  CHECK(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(20));
  std::thread sender([] { ::kill(::getpid(), SIGTERM); });
  try {
    SignalsWatched::sleep(std::chrono::hours(1));
    FAIL("it slept on");
  } catch (const Error& error) {
    CHECK(error.signal == SIGTERM);
  }
  sender.join();
}

TEST_CASE("a signal that is held back ends a sleep, and is then spent; an ignored one does not") {
  const auto ends_sleep = [](int ignored) {
    return in_child([&] {
      ::signal(ignored, SIG_IGN);
      const SignalsHeld held;
      ::raise(ignored);
      SignalsWatched::sleep(std::chrono::milliseconds(1));
      ::raise(SIGINT);
      try {
        SignalsWatched::sleep(std::chrono::hours(1));
      } catch (const Error& error) {
        return error.exit_status();
      }
      return 0;
    });
  };
  CHECK(ends_sleep(SIGHUP) == 128 + SIGINT);
}

TEST_CASE("a held signal acts when it may, RF-8") {
  const Scratch scratch;
  const auto file = scratch / "done";
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    std::filesystem::remove(file);
    CHECK(in_child([&] {
            ::signal(signal, SIG_DFL);
            {
              const SignalsHeld held;
              ::raise(signal);
              put(file, "saved");
            }
            return 0;
          }) == -signal);
    CHECK(content_of(file) == "saved");
  }
}

TEST_CASE("a closed pipe and a full file are errors of the call, and no core is dumped, ST-16") {
  CHECK(in_child([] {
          prepare_process();
          int ends[2];
          if (::pipe(ends) != 0) return 1;
          ::close(ends[0]);
          return ::write(ends[1], "a", 1) == -1 && errno == EPIPE ? 0 : 2;
        }) == 0);
  CHECK(in_child([] { return prepare_process(), ::prctl(PR_GET_DUMPABLE); }) == 0);
}

TEST_CASE("no file of ours becomes a standard descriptor that was closed") {
  CHECK(in_child([] {
          for (const int fd : {0, 1, 2}) ::close(fd);
          prepare_process();
          return ::open("/dev/null", O_RDONLY) > 2 ? 0 : 1;
        }) == 0);
}
