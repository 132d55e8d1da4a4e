#include "system/terminal.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "system/signals.h"

namespace xauth {

namespace {

constexpr std::size_t kLongestAnswer = 4096;  // what the kernel keeps of a line

// The terminal as it was found; only while `changed`. A signal handler reads both.
struct termios found;
std::atomic<bool> changed = false;
std::atomic<bool> row_is_typed = false;  // the cursor stands behind what a person has typed
static_assert(std::atomic<bool>::is_always_lock_free);

// Whether the kernel no longer edits and echoes, because of us.
bool is_unbuffered() {
  struct termios mode;
  return ::tcgetattr(STDIN_FILENO, &mode) == 0 && (mode.c_lflag & (ICANON | ECHO)) == 0;
}

// Has `change` change the terminal's mode, until restore_terminal().
template <typename Change>
bool change_mode(Change change) {
  struct termios mode;
  if (::tcgetattr(STDIN_FILENO, &mode) != 0) return false;
  if (!changed) found = mode;
  changed = true;
  change(mode);
  [[maybe_unused]] static const int at_exit = std::atexit(restore_terminal);
  return ::tcsetattr(STDIN_FILENO, TCSANOW, &mode) == 0;
}

bool leave_canonical_mode() {
  return change_mode([](struct termios& mode) {
    mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
  });
}

// While it lives, the terminal shows nothing of a line but its end, and Ctrl-Z and Ctrl-\ do
// nothing.
class HiddenInput {
 public:
  HiddenInput() {
    struct sigaction ignored = {};
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGTSTP, &ignored, &stop_);
    ::sigaction(SIGQUIT, &ignored, &quit_);
    change_mode([](struct termios& mode) {
      mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      mode.c_lflag |= ECHONL;
    });
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() {
    restore_terminal();
    ::sigaction(SIGTSTP, &stop_, nullptr);
    ::sigaction(SIGQUIT, &quit_, nullptr);
  }

 private:
  struct sigaction stop_ = {};
  struct sigaction quit_ = {};
};

// Waits for something to read; throws Error (interrupted) when a signal was handled meanwhile.
void await_input() {
  std::array<struct pollfd, 2> sources = {
      {{STDIN_FILENO, POLLIN, 0}, {SignalsWatched::descriptor(), POLLIN, 0}}};
  const bool interrupted = ::poll(sources.data(), sources.size(), -1) < 0 && errno == EINTR;
  if (SignalsWatched::active()) SignalsWatched::throw_if_received();
  if (interrupted) throw Error::interrupted_by(SIGINT);
}

bool is_readable() {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  return ::poll(&input, 1, 0) > 0;
}

// Writes to the person; what cannot be shown is no failure.
void show(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// The same below a question, whose row is left first.
void await_answer() {
  try {
    await_input();
  } catch (const Error&) {
    show(STDERR_FILENO, "\n");
    throw;
  }
}

// Where what is typed is shown.
int shown_at() { return error_is_terminal() ? STDERR_FILENO : STDIN_FILENO; }

}  // namespace

bool input_is_ours() {
  return ::isatty(STDIN_FILENO) == 1 && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

std::optional<TerminalSize> error_terminal_size() {
  struct winsize size = {};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return TerminalSize{size.ws_col, size.ws_row};
}

std::optional<int> output_columns() {
  struct winsize size = {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool error_is_ours() {
  const pid_t foreground = ::tcgetpgrp(STDERR_FILENO);  // -1: not the terminal of this session
  return error_is_terminal() && (foreground < 0 || foreground == ::getpgrp());
}

LineReader::LineReader()
    : editor_(input_is_ours() ? LineEditor::Source::keyboard : LineEditor::Source::pipe),
      typed_(input_is_ours() && leave_canonical_mode()) {}

LineReader::~LineReader() {
  leave_typed_row();
  restore_terminal();
}

int LineReader::descriptor() const { return editor_.ended() ? -1 : STDIN_FILENO; }

void LineReader::read_some() {
  if (!is_readable()) return;
  std::array<char, 4096> bytes;  // what a terminal hands out at once
  const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (count <= 0) return editor_.end();
  const auto shown = editor_.feed({bytes.data(), static_cast<std::size_t>(count)});
  if (!typed_) return;
  if (is_unbuffered()) {
    show(shown_at(), shown);
    row_is_typed = editor_.within_line();
    return;
  }
  leave_canonical_mode();  // after Ctrl-Z and `fg` it is the shell's mode, which has echoed already
}

bool LineReader::take_line(std::string& line) { return editor_.take_line(line); }

void leave_typed_row() {
  if (row_is_typed.exchange(false)) show(shown_at(), "\n");
}

void restore_terminal() noexcept {
  const int before = errno;
  if (changed.exchange(false) && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp()) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &found);
  }
  errno = before;
}

std::string ask_line(const std::string& question) {
  show(STDERR_FILENO, question);
  std::string answer;
  answer.reserve(kLongestAnswer);  // what has grown leaves copies behind
  while (true) {
    char c = 0;
    await_answer();
    const auto count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 && answer.empty()) {
      show(STDERR_FILENO, "\n");
      throw Error(Code::usage, "no answer: standard input has ended");
    }
    if (count <= 0 || c == '\n') break;
    if (answer.size() < kLongestAnswer) answer += c;
  }
  if (answer.ends_with('\r')) answer.pop_back();
  return answer;
}

Secret ask_hidden(const std::string& question) {
  const HiddenInput hidden;
  return Secret(ask_line(question));
}

}  // namespace xauth
