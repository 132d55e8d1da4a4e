#include "system/signals.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <optional>

#include "base/error.h"

namespace xauth {

namespace {

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};

std::atomic<int> first_signal{0};
std::atomic<int> wake_up{-1};  // the pipe's end to write to
std::array<int, 2> wake_pipe = {-1, -1};
std::array<struct sigaction, kSignals.size()> former{};

extern "C" void note_signal(int signal) {
  const int saved = errno;
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
  const char byte = 0;
  if (write(wake_up.load(), &byte, 1) < 0) errno = saved;  // full: it is readable already
  errno = saved;
}

// Those of the signals that this thread holds back and that would act otherwise; nothing when there
// are none.
std::optional<sigset_t> held_back() {
  sigset_t blocked;
  sigset_t held;
  sigemptyset(&held);
  pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  bool any = false;
  for (const int signal : kSignals) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (sigismember(&blocked, signal) != 1 || action.sa_handler == SIG_IGN) continue;
    sigaddset(&held, signal);
    any = true;
  }
  return any ? std::optional(held) : std::nullopt;
}

// Waits that long, but for one of `held`, which is then taken and thrown as an Error.
void sleep_unless(const sigset_t& held, std::chrono::milliseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  for (;;) {
    const auto left = std::max(end - std::chrono::steady_clock::now(), decltype(end)::duration(0));
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const timespec wait{static_cast<time_t>(whole.count()),
                        static_cast<long>(std::chrono::nanoseconds(left - whole).count())};
    const int signal = sigtimedwait(&held, nullptr, &wait);
    if (signal > 0) throw Error::interrupted_by(signal);
    if (errno != EINTR) return;
  }
}

}  // namespace

SignalsHeld::SignalsHeld() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : kSignals) sigaddset(&held, signal);
  sigaddset(&held, SIGTSTP);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

SignalsWatched::SignalsWatched() {
  if (pipe2(wake_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    throw Error(Code::failure, "cannot make a pipe");
  }
  first_signal = 0;
  wake_up = wake_pipe[1];
  struct sigaction action {};
  action.sa_handler = note_signal;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals.at(i), nullptr, &former.at(i));
    if (former.at(i).sa_handler == SIG_IGN) continue;  // as under nohup
    sigaction(kSignals.at(i), &action, nullptr);
  }
}

SignalsWatched::~SignalsWatched() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals.at(i), &former.at(i), nullptr);
  }
  wake_up = -1;
  for (int& end : wake_pipe) {
    close(end);
    end = -1;
  }
}

int SignalsWatched::descriptor() { return wake_pipe[0]; }

bool SignalsWatched::active() { return wake_up.load() >= 0; }

int SignalsWatched::received() { return first_signal; }

int SignalsWatched::take() { return first_signal.exchange(0); }

void SignalsWatched::throw_if_received() {
  if (const int signal = received(); signal != 0) throw Error::interrupted_by(signal);
}

void SignalsWatched::sleep(std::chrono::milliseconds duration) {
  if (!active()) {
    if (const auto held = held_back()) return sleep_unless(*held, duration);
  }
  const auto end = std::chrono::steady_clock::now() + duration;
  pollfd came{active() ? wake_pipe[0] : -1, POLLIN, 0};
  for (;;) {
    if (came.fd >= 0) throw_if_received();
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    constexpr std::chrono::milliseconds kOnce{3'600'000};  // poll() takes an int
    poll(&came, 1, static_cast<int>(std::min(left, kOnce).count()));
  }
}

void prepare_process() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) < 0) open("/dev/null", O_RDONLY);  // takes the lowest, which is fd
  }
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace xauth
