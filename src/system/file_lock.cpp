#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <csignal>
#include <ctime>

#include "system/file_calls.h"
#include "system/files.h"
#include "system/signals.h"

// glibc names the field only since 2.38.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace xauth {

namespace {

using Milliseconds = std::chrono::milliseconds;

void wake_up(int) {}

timespec to_timespec(Milliseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  const std::chrono::nanoseconds rest = time - seconds;
  return {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
}

// Interrupts the system calls of this thread once `after` is over, and again every `interval`,
// because a signal just before a call goes to sleep does not keep it awake.
class Interrupter {
 public:
  Interrupter(Milliseconds after, Milliseconds interval) {
    // The handler stays: another thread may be waiting too. Without SA_RESTART.
    struct sigaction action {};
    action.sa_handler = wake_up;
    ::sigaction(SIGRTMIN, &action, nullptr);
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGRTMIN);
    ::pthread_sigmask(SIG_UNBLOCK, &ours, &mask_);
    start(after, interval);
  }
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;

  // A signal that is already pending arrives at the latest when timer_delete returns.
  ~Interrupter() {
    if (reason_ == 0) ::timer_delete(timer_);
    ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
  }

  // 0, or the errno that says why there is no timer.
  int reason() const { return reason_; }

 private:
  void start(Milliseconds after, Milliseconds interval) {
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGRTMIN;
    event.sigev_notify_thread_id = ::gettid();
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) {
      reason_ = errno;
      return;
    }
    const itimerspec times{.it_interval = to_timespec(interval), .it_value = to_timespec(after)};
    [[maybe_unused]] const int set = ::timer_settime(timer_, 0, &times, nullptr);
    assert(set == 0);
  }

  timer_t timer_{};
  sigset_t mask_{};
  int reason_ = 0;
};

// Sleeps until the lock is ours; returns 0, ETIMEDOUT or another errno. A signal that is watched
// for may reach another thread, so the sleep is then a chain of short ones; it throws Error
// (interrupted).
int wait_for_lock(int fd, Milliseconds patience) {
  if (patience <= Milliseconds::zero()) return ETIMEDOUT;
  constexpr Milliseconds kShort{50};
  constexpr Milliseconds kAgain{10};
  const bool watched = SignalsWatched::active();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const Interrupter interrupter(watched ? std::min(kShort, patience) : patience,
                                watched ? kShort : kAgain);
  if (interrupter.reason() != 0) return interrupter.reason();
  for (;;) {
    if (::flock(fd, LOCK_EX) == 0) return 0;
    if (errno != EINTR) return errno;
    if (watched) SignalsWatched::throw_if_received();
    if (std::chrono::steady_clock::now() >= deadline) return ETIMEDOUT;
  }
}

// For writing, since NFS grants an exclusive lock only then.
Descriptor open_lock_file(const Directory& directory, const std::string& name, const Warn& warn) {
  assert(is_plain_name(name));
  const std::string path = directory.path_of(name);
  const int mode = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Descriptor fd(
      retried([&] { return ::openat(directory.descriptor(), name.c_str(), mode, 0600); }));
  if (!fd && errno == ELOOP) throw storage_error("open", path, "it is a symbolic link");
  if (!fd) throw storage_error("open", path, errno);
  require_ours(fd.get(), path, S_IFREG, warn);
  if (const int reason = make_private(fd.get())) {
    throw storage_error("change the mode of", path, reason);
  }
  return fd;
}

bool has_no_locks(int reason) {
  return reason == ENOLCK || reason == EOPNOTSUPP || reason == ENOSYS || reason == EINVAL;
}

}  // namespace

FileLock::FileLock(const Directory& directory, const std::string& name, Milliseconds patience,
                   const Warn& warn)
    : fd_(open_lock_file(directory, name, warn)) {
  const std::string path = directory.path_of(name);
  int reason = tried([&] { return ::flock(fd_.get(), LOCK_EX | LOCK_NB); });
  if (reason == EWOULDBLOCK) {
    waited_ = true;
    reason = wait_for_lock(fd_.get(), patience);
  }
  if (reason == 0) return;
  if (reason == ETIMEDOUT) {
    throw Error(Code::busy, "the profile's lock is held by another process: " + path, "try again");
  }
  if (!has_no_locks(reason)) throw storage_error("lock", path, reason);
  held_ = false;
  if (warn) {
    warn("cannot lock " + path + ": " + reason_text(reason) +
         "; going on without, so run only one xauth at a time");
  }
}

}  // namespace xauth
