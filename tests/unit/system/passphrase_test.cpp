#include "system/passphrase.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/system/pseudo_terminal.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::operator==;
using sandbox::mode_of_input;
using sandbox::PseudoTerminal;
using sandbox::tell;

namespace {

// Asks once, tells the answer and whether the terminal is as it was; the status is the Error's.
int ask_once() {
  const auto before = mode_of_input();
  int status = 0;
  try {
    tell("ready");
    tell(ask_passphrase("Passphrase: ").value_or(Secret("(nobody)")).reveal());
  } catch (const Error& error) {
    status = error.exit_status();
  }
  return mode_of_input() == before ? status : 99;
}

// Waits until the terminal shows the question, and so no longer what is typed.
void await_question(PseudoTerminal& terminal) {
  CHECK(terminal.told() == "ready");
  terminal.await_shown("Passphrase: ");
}

}  // namespace

TEST_CASE("a passphrase is read from the terminal, which does not show it") {
  PseudoTerminal terminal(ask_once);
  await_question(terminal);
  terminal.type("correct hoo\x7frse\n");
  CHECK(terminal.told() == "correct horse");
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown() == "Passphrase: \r\n");
}

TEST_CASE("no passphrase, or a very long one, is wrong usage") {
  for (const std::string& typed :
       {std::string("\n"), std::string("\x04"), std::string(1001, 'p') + "\n"}) {
    PseudoTerminal terminal(ask_once);
    await_question(terminal);
    terminal.type(typed);
    CHECK(terminal.status() == 2);
    CHECK(terminal.shown() == "Passphrase: \r\n");
  }
}

TEST_CASE("Ctrl-C ends the question and restores the terminal, Ctrl-Z and Ctrl-\\ do nothing") {
  PseudoTerminal terminal(ask_once);
  await_question(terminal);
  terminal.type("half\x1a");
  terminal.type("\x1c");
  terminal.type("more\x03");
  CHECK(terminal.status() == 130);
  CHECK(terminal.shown().find("half") == std::string::npos);
}

TEST_CASE("SIGTERM and SIGHUP end the question and restore the terminal") {
  for (const int signal : {SIGTERM, SIGHUP}) {
    PseudoTerminal terminal(ask_once);
    await_question(terminal);
    ::kill(terminal.child(), signal);
    CHECK(terminal.status() == 128 + signal);
  }
}

TEST_CASE("without a terminal that is ours nobody is asked") {
  const auto piped = sandbox::in_child(
      [] { return ask_passphrase("Passphrase: ").has_value() ? 1 : 0; }, "typed\n");
  CHECK(piped.status == 0);
  CHECK(piped.output == "");

  PseudoTerminal terminal([] {
    const pid_t background = ::fork();
    if (background == 0) {
      ::setpgid(0, 0);
      ::_exit(ask_passphrase("Passphrase: ").has_value() ? 1 : 0);
    }
    return sandbox::status_of(background);
  });
  CHECK(terminal.status() == 0);
  CHECK(terminal.shown() == "");

  PseudoTerminal quiet([] {
    ::dup2(STDOUT_FILENO, STDERR_FILENO);  // nobody would see the question
    return ask_passphrase("Passphrase: ").has_value() ? 1 : 0;
  });
  CHECK(quiet.status() == 0);
  CHECK(quiet.shown() == "");
}
