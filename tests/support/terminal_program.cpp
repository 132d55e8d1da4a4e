#include "support/terminal_program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace xauth::test {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

struct termios mode_of(int terminal) {
  struct termios mode = {};
  REQUIRE(tcgetattr(terminal, &mode) == 0);
  return mode;
}

// Becomes the program, with `terminal` as the controlling one.
[[noreturn]] void become(int terminal, const Start& start, char** argv, char** envp) {
  setsid();
  ioctl(terminal, TIOCSCTTY, 0);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(terminal, fd);
  execve(start.program.c_str(), argv, envp);
  _exit(125);
}

// Whether the process ends within `patience`; it is not reaped.
bool ends(int pid, milliseconds patience) {
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  REQUIRE(process >= 0);
  pollfd end{process, POLLIN, 0};
  const bool ended = poll(&end, 1, static_cast<int>(patience.count())) == 1;
  close(process);
  return ended;
}

}  // namespace

TerminalProgram::TerminalProgram(const Start& start) {
  REQUIRE(openpty(&master_, &terminal_, nullptr, nullptr, nullptr) == 0);
  for (const int fd : {master_, terminal_}) fcntl(fd, F_SETFD, FD_CLOEXEC);
  before_ = mode_of(terminal_);
  std::vector<std::string> words = {"xauth"};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  const char* path = std::getenv("PATH");
  std::vector<std::string> variables;
  if (start.variables.count("PATH") == 0) {
    variables.push_back("PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin"));
  }
  for (const auto& [name, value] : start.variables) variables.push_back(name + "=" + value);
  const auto argv = pointers_to(words);
  const auto envp = pointers_to(variables);
  pid_ = fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    become(terminal_, start, const_cast<char**>(argv.data()), const_cast<char**>(envp.data()));
  }
  collector_ = std::thread([this] { collect(); });
}

TerminalProgram::~TerminalProgram() {
  if (!reaped_) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (terminal_ >= 0) close(terminal_);
  if (collector_.joinable()) collector_.join();
  close(master_);
}

// Until nobody holds the program's side any more, when reading fails.
void TerminalProgram::collect() {
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = read(master_, buffer.data(), buffer.size())) > 0) {
    const std::lock_guard lock(mutex_);
    shown_.append(buffer.data(), static_cast<std::size_t>(count));
    changed_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

std::string TerminalProgram::shown() const {
  std::string plain;
  for (const char c : shown_) {
    if (c != '\r') plain += c;
  }
  return plain;
}

void TerminalProgram::type(std::string_view text) {
  while (!text.empty()) {
    const auto count = write(master_, text.data(), std::min<std::size_t>(text.size(), 512));
    REQUIRE(count > 0);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void TerminalProgram::signal(int number) const { kill(pid_, number); }

std::string TerminalProgram::await(const std::string& text, std::chrono::seconds patience) {
  std::unique_lock lock(mutex_);
  const auto there = [&] { return shown().find(text) != std::string::npos; };
  changed_.wait_for(lock, patience, [&] { return there() || ended_; });
  CAPTURE(shown_);
  REQUIRE_MESSAGE(there(), "never showed: " << text);
  return shown();
}

void TerminalProgram::await_raw_mode() {
  const auto deadline = steady_clock::now() + std::chrono::seconds(20);
  while ((mode_of(terminal_).c_lflag & ICANON) != 0) {  // a mode cannot be waited for
    REQUIRE_MESSAGE(steady_clock::now() < deadline, "the terminal stayed in canonical mode");
    std::this_thread::yield();
  }
}

Finished TerminalProgram::wait(std::chrono::seconds patience) {
  REQUIRE_MESSAGE(ends(pid_, patience), "did not end in time");
  int status = 0;
  REQUIRE(waitpid(pid_, &status, 0) == pid_);
  reaped_ = true;
  after_ = mode_of(terminal_);
  close(std::exchange(terminal_, -1));
  collector_.join();
  return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), {}, shown()};
}

bool TerminalProgram::is_restored() const {
  return before_.c_iflag == after_.c_iflag && before_.c_oflag == after_.c_oflag &&
         before_.c_cflag == after_.c_cflag && before_.c_lflag == after_.c_lflag &&
         std::memcmp(before_.c_cc, after_.c_cc, sizeof before_.c_cc) == 0;
}

}  // namespace xauth::test
