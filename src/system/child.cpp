#include "system/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/secret.h"
#include "system/file_calls.h"
#include "system/signals.h"

namespace xauth {

namespace {

// For poll(2), which takes an int; at least 0.
int milliseconds_until(Child::Deadline deadline) {
  using std::chrono::milliseconds;
  const auto left =
      std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<milliseconds::rep>(left, 0, 3'600'000));
}

}  // namespace

// glibc 2.36 declares pidfd_open without C linkage.
Child::Child(int id, Descriptor output)
    : id_(id),
      end_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))),
      output_(std::move(output)) {
  if (output_) ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  if (reaped_) return;
  ::kill(id_, SIGKILL);
  retried([&] { return ::waitpid(id_, nullptr, 0); });
}

// Waits until it is over or, with `output`, there is something to read; false at the deadline.
bool Child::await(bool output, Deadline deadline) {
  while (true) {
    std::array<struct pollfd, 3> news = {{{end_.get(), POLLIN, 0},
                                          {output ? output_.get() : -1, POLLIN, 0},
                                          {SignalsWatched::descriptor(), POLLIN, 0}}};
    const int patience = milliseconds_until(deadline);
    if (::poll(news.data(), news.size(), patience) == 0 && patience == 0) return false;
    if (SignalsWatched::active()) SignalsWatched::throw_if_received();
    over_ = over_ || news[0].revents != 0;
    if (over_ || news[1].revents != 0) return true;
  }
}

std::optional<std::string> Child::read(std::size_t most, Deadline deadline) {
  std::string content;
  content.reserve(most + 1);  // what has grown leaves copies behind
  std::array<char, 4096> buffer{};
  while (content.size() <= most && await(true, deadline)) {
    const auto wanted = std::min(buffer.size(), most + 1 - content.size());
    const auto count = retried([&] { return ::read(output_.get(), buffer.data(), wanted); });
    // Whoever else still holds its output open is not waited for.
    const bool empty = count == 0 || (count < 0 && (errno != EAGAIN || over_));
    if (count > 0) content.append(buffer.data(), static_cast<std::size_t>(count));
    explicit_bzero(buffer.data(), buffer.size());
    if (empty || content.size() > most) return content;
  }
  wipe(content);
  return std::nullopt;
}

std::optional<int> Child::wait(Deadline deadline) {
  if (!over_ && !await(false, deadline)) return std::nullopt;
  int status = 0;
  reaped_ = retried([&] { return ::waitpid(id_, &status, 0); }) == id_;
  if (!reaped_) return std::nullopt;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace xauth
