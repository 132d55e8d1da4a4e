#include "system/terminal.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>

#include <functional>

#include "base/error.h"
#include "unit/system/pseudo_terminal.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::operator==;
using sandbox::mode_of_input;
using sandbox::PseudoTerminal;
using sandbox::tell;

namespace {

// The next line, or "(end)".
std::string next_line(LineReader& reader) {
  std::string line;
  while (!reader.take_line(line)) {
    if (reader.descriptor() < 0) return "(end)";
    struct pollfd input = {reader.descriptor(), POLLIN, 0};
    ::poll(&input, 1, -1);
    reader.read_some();
  }
  return line;
}

// Tells that it is ready, then the lines until the input has ended.
int tell_lines() {
  LineReader reader;
  tell("ready");
  std::string line;
  do {
    line = next_line(reader);
    tell(line);
  } while (line != "(end)");
  return 0;
}

}  // namespace

TEST_CASE("a pasted line of 5,000 characters arrives whole at a terminal") {
  PseudoTerminal terminal(tell_lines);
  CHECK(terminal.told() == "ready");
  const std::string longest(5000, 'u');
  terminal.type("\x1b[200~" + longest + "\x1b[201~\n");
  CHECK(terminal.told() == longest);
  terminal.type("short\n\x04");
  CHECK(terminal.told() == "short");
  CHECK(terminal.told() == "(end)");
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown() == longest + "\r\nshort\r\n");
}

TEST_CASE("edits at a terminal are seen") {
  PseudoTerminal terminal(tell_lines);
  CHECK(terminal.told() == "ready");
  terminal.type(
      "abx\x7f"
      "c\n");
  CHECK(terminal.told() == "abc");
  terminal.type("no\x15yes\n\x04");
  CHECK(terminal.told() == "yes");
  CHECK(terminal.told() == "(end)");
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown() == "abx\b \bc\r\nno^U\r\nyes\r\n");
}

TEST_CASE("half a line is left once, by who tells something or at the reader's end") {
  for (const bool told : {false, true}) {
    PseudoTerminal terminal([&] {
      LineReader reader;
      tell("ready");
      struct pollfd input = {reader.descriptor(), POLLIN, 0};
      ::poll(&input, 1, -1);
      reader.read_some();
      if (told) leave_typed_row();
      return 0;
    });
    CHECK(terminal.told() == "ready");
    terminal.type("half");
    CHECK(terminal.status() == 0);
    CHECK(terminal.shown() == "half\r\n");
  }
}

TEST_CASE("a LineReader changes the terminal while it lives, and puts it back, LI-18") {
  PseudoTerminal terminal([] {
    const auto before = mode_of_input();
    {
      LineReader reader;
      const auto during = mode_of_input();
      if ((during.c_lflag & ICANON) != 0 || (during.c_lflag & ISIG) == 0) return 1;
      restore_terminal();
      if (!(mode_of_input() == before)) return 2;
    }
    { LineReader again; }
    return mode_of_input() == before ? 0 : 3;
  });
  CHECK(terminal.status() == 0);
}

TEST_CASE("Ctrl-C leaves the terminal as it was found, LI-18") {
  PseudoTerminal terminal([] {
    ::signal(SIGINT, SIG_IGN);
    const auto before = mode_of_input();
    const pid_t reader_process = ::fork();
    if (reader_process == 0) {
      ::signal(SIGINT, [](int) {
        restore_terminal();
        ::_exit(130);
      });
      LineReader reader;
      tell("ready");
      next_line(reader);
      ::_exit(1);
    }
    int status = 0;
    ::waitpid(reader_process, &status, 0);
    tell(mode_of_input() == before ? "restored" : "changed");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  });
  CHECK(terminal.told() == "ready");
  terminal.type("half a line");
  terminal.interrupt_until_it_ends();
  CHECK(terminal.told() == "restored");
  CHECK(terminal.status() == 130);
}

TEST_CASE("exit leaves the terminal as it was found, LI-18") {
  PseudoTerminal terminal([] {
    const auto before = mode_of_input();
    const pid_t reader_process = ::fork();
    if (reader_process == 0) {
      LineReader reader;
      std::exit(0);
    }
    int status = 0;
    ::waitpid(reader_process, &status, 0);
    return mode_of_input() == before ? 0 : 1;
  });
  CHECK(terminal.status() == 0);
}

TEST_CASE("after a stop, when the shell has put its own mode back, lines are still read once") {
  PseudoTerminal terminal([] {
    const auto before = mode_of_input();
    LineReader reader;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);  // as a shell does on Ctrl-Z and `fg`
    tell("ready");
    tell(next_line(reader));
    tell(next_line(reader));
    return 0;
  });
  CHECK(terminal.told() == "ready");
  terminal.type("one\n");
  CHECK(terminal.told() == "one");
  const std::string longest(5000, 'u');
  terminal.type(longest + "\n");
  CHECK(terminal.told() == longest);
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown() == "one\r\n" + longest + "\r\n");
}

TEST_CASE("a terminal that another process group has is not ours, and stays as it is") {
  PseudoTerminal terminal([] {
    const auto before = mode_of_input();
    const pid_t background = ::fork();
    if (background == 0) {
      ::setpgid(0, 0);
      if (input_is_ours()) ::_exit(1);
      const LineReader reader;
      ::_exit(mode_of_input() == before ? 0 : 2);
    }
    int status = 0;
    ::waitpid(background, &status, 0);
    if (!input_is_ours() || !error_is_terminal()) return 3;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
  });
  CHECK(terminal.status() == 0);
}

TEST_CASE("a pipe is read line by line to its end") {
  const auto outcome = sandbox::in_child(
      [] {
        if (input_is_ours()) return 1;
        LineReader reader;
        std::string all;
        for (std::string line; line != "(end)"; all += line + "|") line = next_line(reader);
        return all == "one|two|(end)|" && reader.descriptor() == -1 ? 0 : 2;
      },
      "one\r\ntwo");
  CHECK(outcome.status == 0);
}

TEST_CASE("ask_line asks on standard error and reads one line, with the kernel's editing") {
  PseudoTerminal terminal([] {
    const auto before = mode_of_input();
    tell("ready");
    tell(ask_line("Client ID: "));
    tell(ask_line("Again: "));
    return mode_of_input() == before ? 0 : 1;
  });
  CHECK(terminal.told() == "ready");
  terminal.type(
      "abx\x7f"
      "c\nsecond\n");
  CHECK(terminal.told() == "abc");
  CHECK(terminal.told() == "second");
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown().find("Client ID: ") != std::string::npos);
}

TEST_CASE("ask_line tells the end of the input and an interruption from an answer") {
  const auto code_of = [](const std::function<void()>& prepare) {
    return [prepare] {
      prepare();
      try {
        tell("ready");
        tell(ask_line("Client ID: "));
      } catch (const Error& error) {
        return error.exit_status();
      }
      return 0;
    };
  };
  PseudoTerminal ended(code_of([] {}));
  CHECK(ended.told() == "ready");
  ended.type("\x04");
  CHECK(ended.status() == 2);

  PseudoTerminal interrupted(code_of([] {
    struct sigaction noted = {};  // no SA_RESTART
    noted.sa_handler = [](int) {};
    ::sigaction(SIGINT, &noted, nullptr);
  }));
  CHECK(interrupted.told() == "ready");
  interrupted.interrupt_until_it_ends();
  CHECK(interrupted.status() == 130);
}

TEST_CASE("a terminal tells its size, once it has one") {
  PseudoTerminal terminal([] {
    if (error_terminal_size()) return 1;  // a new one is 0 by 0
    const struct winsize size = {24, 80, 0, 0};
    ::ioctl(STDERR_FILENO, TIOCSWINSZ, &size);
    const auto told = error_terminal_size();
    return told && told->columns == 80 && told->rows == 24 ? 0 : 2;
  });
  CHECK(terminal.status() == 0);
}
