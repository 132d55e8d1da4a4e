#include "cli/waiting_line.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"
#include "unit/cli/shown_terminal.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

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
  const auto shown = shown_at({80, 24}, [&] {
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
  const auto shown = shown_at({80, 24}, [&] { WaitingLine(command.context).show(Seconds(3'600)); });
  CHECK(shown == "\r\033[K| Waiting, 1:00:00 left \r\033[K");
}

TEST_CASE_FIXTURE(Terminal,
                  "a dumb or a very narrow terminal, and one with a trace, get no such line") {
  const auto once = [&](int columns, const Context& context) {
    CHECK(shown_at({columns, 24}, [&] {
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
