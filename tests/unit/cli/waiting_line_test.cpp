#include "cli/waiting_line.h"

#include <doctest/doctest.h>
#include <pty.h>
#include <sys/ioctl.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

// What `act` shows on a terminal of that width, at standard error.
template <typename Act>
std::string shown_at(unsigned short columns, Act act) {
  int master = -1;
  int terminal = -1;
  const struct winsize size = {.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  REQUIRE(openpty(&master, &terminal, nullptr, nullptr, &size) == 0);
  const int before = dup(STDERR_FILENO);
  dup2(terminal, STDERR_FILENO);
  act();
  dup2(before, STDERR_FILENO);
  REQUIRE(write(terminal, "\x04", 1) == 1);  // the end
  std::array<char, 4096> buffer{};
  std::string shown;
  while (shown.find('\x04') == std::string::npos) {
    const auto count = read(master, buffer.data(), buffer.size());
    REQUIRE(count > 0);
    shown.append(buffer.data(), static_cast<std::size_t>(count));
  }
  for (const int descriptor : {before, master, terminal}) close(descriptor);
  return shown.substr(0, shown.find('\x04'));
}

struct Terminal {
  const Variable term{"TERM", "xterm"};
  const Variable locale{"LC_ALL", "C.UTF-8"};
  const CommandContext command;
};

}  // namespace

TEST_CASE("where no line can be rewritten, the wait is told once") {
  const CommandContext command;
  const auto told = written_to(2, [&] {
    WaitingLine line(command.context);
    CHECK_FALSE(line.lives());
    for (int left = 300; left > 0; --left) line.show(Seconds(left));
  });
  CHECK(told == "Waiting for 5 minutes.\n");
  const CommandContext json(true);
  CHECK(written_to(2, [&] { WaitingLine(json.context).show(Seconds(300)); }).empty());
}

TEST_CASE_FIXTURE(Terminal,
                  "on a terminal the line turns and counts down, and is gone at the end") {
  const auto shown = shown_at(80, [&] {
    WaitingLine line(command.context);
    CHECK(line.lives());
    line.show(Seconds(61));
    line.show(Seconds(60));
    line.say("something else");
  });
  CHECK(shown ==
        "\r\033[K⠋ Waiting, 01:01 left \r\033[K⠙ Waiting, 01:00 left \r\033[Ksomething else\r\n");
}

TEST_CASE_FIXTURE(Terminal, "other characters turn where the locale has no dots") {
  const Variable plain("LC_ALL", "C");
  const auto shown = shown_at(80, [&] { WaitingLine(command.context).show(Seconds(3'600)); });
  CHECK(shown == "\r\033[K| Waiting, 1:00:00 left \r\033[K");
}

TEST_CASE_FIXTURE(Terminal,
                  "a dumb or a very narrow terminal, and one with a trace, get no such line") {
  const auto once = [&](unsigned short columns, const Context& context) {
    CHECK(shown_at(columns, [&] {
            WaitingLine line(context);
            line.show(Seconds(60));
            line.show(Seconds(59));
          }) == "Waiting for 1 minute.\r\n");
  };
  once(29, command.context);
  Context traced = command.context;
  traced.global.trace = true;
  once(80, traced);
  const Variable dumb("TERM", "dumb");
  once(80, command.context);
}
