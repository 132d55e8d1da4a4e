#include "system/password_command.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "system/signals.h"
#include "unit/system/pseudo_terminal.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::Variable;

namespace {

constexpr std::chrono::seconds kLong{20};

std::string password_from(const std::string& command, std::chrono::seconds limit = kLong) {
  return password_from_command(command, limit).reveal();
}

std::string failure_of(const std::string& command, std::chrono::seconds limit = kLong) {
  try {
    password_from_command(command, limit);
  } catch (const Error& error) {
    CHECK(error.code == Code::storage);
    return error.message;
  }
  return "it gave a password";
}

bool nobody_is_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1; }

}  // namespace

TEST_CASE("a password is what the command prints, without its last line end") {
  sandbox::Directory d;
  const auto tool = d.script("pass", "printf '%s|' \"$@\"; echo");
  CHECK(password_from(tool + " show  mail/$HOME `id` ") == "show|mail/$HOME|`id`|");
  const Variable path("PATH", d.path() + ":/usr/bin:/bin");
  CHECK(password_from("pass a") == "a|");
}

TEST_CASE("the command has our standard error, and takes nothing from a pipe that is our input") {
  sandbox::Directory d;
  const auto tool = d.script("tool", "echo \"asked\" >&2; cat; echo password");
  const auto outcome = sandbox::in_child(
      [&] {
        ::dup2(STDOUT_FILENO, STDERR_FILENO);
        if (password_from(tool) != "password") return 1;
        std::string left(6, '\0');
        return ::read(STDIN_FILENO, left.data(), left.size()) == 6 && left == "typed\n" ? 0 : 2;
      },
      "typed\n");
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "asked\n");
}

TEST_CASE("the command can ask at the terminal that is our input") {
  sandbox::Directory d;
  const auto tool = d.script("tool", "read -r line; echo \"$line\"");
  sandbox::PseudoTerminal terminal([&] {
    sandbox::tell("ready");
    return password_from(tool) == "typed" ? 0 : 1;
  });
  CHECK(terminal.told() == "ready");
  terminal.type("typed\n");
  CHECK(terminal.status() == 0);
}

TEST_CASE("none of our secrets are in the command's environment") {
  const Variable secret("XAUTH_CLIENT_SECRET", "do-not-tell");
  const Variable passphrase("XAUTH_PASSPHRASE", "do-not-tell");
  const Variable token("XAUTH_TOKEN", "do-not-tell");
  const Variable kept("KEPT", "told");
  const auto all = password_from("/usr/bin/env");
  CHECK(all.find("KEPT=told") != std::string::npos);
  CHECK(all.find("do-not-tell") == std::string::npos);
}

TEST_CASE("a command that gives no password is named, and says why") {
  CHECK(failure_of("/bin/false") == "the password command `/bin/false` ended with status 1");
  CHECK(failure_of("/bin/true") == "the password command `/bin/true` gave no password");
  CHECK(failure_of("") == "the password command `` is empty");
  CHECK(failure_of("/no/such/program x") ==
        "the password command `/no/such/program x` was not started: `/no/such/program` was not "
        "found");
  CHECK(failure_of("/bin/cat /dev/zero") ==
        "the password command `/bin/cat /dev/zero` gave more than 4 KiB, which is no password");
  CHECK(nobody_is_left());
}

TEST_CASE("a command that printed a password and failed gave none") {
  sandbox::Directory d;
  CHECK(failure_of(d.script("tool", "echo password; exit 2")).ends_with("ended with status 2"));
  CHECK(failure_of(d.script("tool", "echo password; kill -KILL $$")).ends_with("with status 137"));
}

TEST_CASE("a command that does not end is killed") {
  sandbox::Directory d;
  using std::chrono::seconds;
  CHECK(failure_of("/bin/sleep 60", seconds(0)).ends_with("was not done after 0 s"));
  const auto closed = d.script("tool", "echo password; exec >&-; exec sleep 60");
  CHECK(failure_of(closed, seconds(0)).ends_with("was not done after 0 s"));
  CHECK(nobody_is_left());
}

TEST_CASE("what a command leaves running, with its output open, is not waited for") {
  sandbox::Directory d;
  const auto tool = d.script("tool", "sleep 60 & echo $! >'" + d.path("id") + "'; echo password");
  CHECK(password_from(tool) == "password");
  CHECK(::kill(std::stoi(d.read("id")), SIGKILL) == 0);
}

TEST_CASE("a signal that is watched ends the wait for a command, which is killed") {
  const SignalsWatched signals;
  ::raise(SIGTERM);
  try {
    password_from("/bin/sleep 60");
    FAIL("it gave a password");
  } catch (const Error& error) {
    CHECK(error.exit_status() == 143);
  }
  CHECK(nobody_is_left());
}
