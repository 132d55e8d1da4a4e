// SIGINT, SIGTERM and SIGHUP: held while something must not be torn, or watched while we wait.
#pragma once

#include <chrono>
#include <csignal>

namespace xauth {

// Holds the three signals back in this thread, and in threads it starts, while it lives, and
// Ctrl-Z: a request that stands still may outlive its time. What came meanwhile acts when it goes.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

// Takes note of the three signals instead of ending the program, while it lives. One at a time.
class SignalsWatched {
 public:
  SignalsWatched();
  ~SignalsWatched();
  SignalsWatched(const SignalsWatched&) = delete;
  SignalsWatched& operator=(const SignalsWatched&) = delete;

  // Readable, for poll(2), once a signal came; -1 while none lives.
  static int descriptor();

  // Whether one lives.
  static bool active();

  // The signal that came first; 0: none yet. Safe from any thread.
  static int received();

  // The same, and forgets it: for work that must be done in spite of it.
  static int take();

  // Throws Error (interrupted) when a signal came.
  static void throw_if_received();

  // Waits that long by the monotonic clock; throws Error (interrupted) as soon as a signal comes
  // that is watched, or that this thread holds back. Where neither is the case, it just waits.
  static void sleep(std::chrono::milliseconds duration);
};

// What the program sets at its start: writing to a closed pipe or past a file size limit is an
// error of the call, not the end of the program; no core is dumped; a standard descriptor that is
// closed is taken, so that no file of ours becomes it (writing to it still fails).
void prepare_process();

}  // namespace xauth
