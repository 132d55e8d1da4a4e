// A terminal of its own for what a test does at one.
#pragma once

#include <doctest/doctest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>

#include "unit/system/sandbox.h"

namespace sandbox {

inline struct termios mode_of_input() {
  struct termios mode = {};
  REQUIRE(::tcgetattr(STDIN_FILENO, &mode) == 0);
  return mode;
}

inline bool operator==(const struct termios& a, const struct termios& b) {
  return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag &&
         a.c_lflag == b.c_lflag && std::memcmp(a.c_cc, b.c_cc, sizeof a.c_cc) == 0;
}

// A child whose terminal, on standard input and error, is a new one of its own. `leader` runs in
// it as the session's leader; what it writes with tell() comes out of told().
class PseudoTerminal {
 public:
  explicit PseudoTerminal(const std::function<int()>& leader) {
    int terminal, in;
    REQUIRE(::openpty(&master_, &terminal, nullptr, nullptr, nullptr) == 0);
    int out[2];
    REQUIRE(::pipe(out) == 0);
    in = out[0];
    std::cout.flush();  // what doctest has said so far is not the child's to say again
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      ::setsid();
      ::ioctl(terminal, TIOCSCTTY, 0);
      ::dup2(terminal, STDIN_FILENO);
      ::dup2(terminal, STDERR_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      for (const int fd : {master_, terminal, out[0], out[1]}) ::close(fd);
      ::_exit(leader());
    }
    ::close(terminal);
    ::close(out[1]);
    told_ = in;
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;
  ~PseudoTerminal() {
    ::close(told_);
    ::close(master_);
  }

  // What the child told next, up to a NUL; what it shows meanwhile is kept. Empty when it is gone.
  std::string told() {
    std::string text;
    while (true) {
      struct pollfd sources[] = {{told_, POLLIN, 0}, {master_, POLLIN, 0}};
      ::poll(sources, 2, -1);
      if ((sources[1].revents & POLLIN) != 0) collect();
      if (sources[0].revents == 0) continue;
      char c = 0;
      if (::read(told_, &c, 1) <= 0 || c == '\0') return text;
      text += c;
    }
  }

  // Types `text`, while what the child shows is taken.
  void type(std::string_view text) {
    while (!text.empty()) {
      struct pollfd both = {master_, POLLIN | POLLOUT, 0};
      ::poll(&both, 1, -1);
      if ((both.revents & POLLIN) != 0) REQUIRE(collect());
      if ((both.revents & POLLOUT) == 0) continue;
      const auto written = ::write(master_, text.data(), std::min<std::size_t>(text.size(), 512));
      REQUIRE(written > 0);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  // Presses Ctrl-C, again and again: one that comes just before a read does not interrupt it.
  void interrupt_until_it_ends() {
    struct pollfd end = {told_, POLLIN, 0};
    do {
      if (::write(master_, "\x03", 1) < 0) return;
    } while (::poll(&end, 1, 20) == 0);
  }

  // Waits until the terminal has shown `text`.
  void await_shown(const std::string& text) {
    while (shown_.find(text) == std::string::npos) REQUIRE(collect());
  }

  pid_t child() const { return child_; }

  int status() { return sandbox::status_of(child_); }

  // All that the terminal has shown until the child ended.
  std::string shown() {
    while (collect()) {
    }
    return shown_;
  }

 private:
  bool collect() {
    char bytes[4096];
    const auto count = ::read(master_, bytes, sizeof bytes);
    if (count > 0) shown_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int master_ = -1;
  int told_ = -1;
  pid_t child_ = 0;
  std::string shown_;
};

inline void tell(const std::string& text) {
  const auto size = text.size() + 1;  // with the NUL
  if (::write(STDOUT_FILENO, text.c_str(), size) != static_cast<ssize_t>(size)) ::_exit(99);
}

}  // namespace sandbox
