#include "cli/output.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

void tell_all(const Output& out) {
  out.say("say");
  out.note("note");
  out.detail("detail");
  out.warn("warn");
}

std::string told(const Output& out) {
  return written_to(2, [&] { tell_all(out); });
}

const Error kError(Code::login_needed, "x is not logged in", "xauth login x", "invalid_grant");

}  // namespace

TEST_CASE("what is told goes to standard error, as much as was asked for") {
  CHECK(told({false, false, false, Color::never}) == "say\nnote\nxauth: warning: warn\n");
  CHECK(told({true, false, false, Color::never}) == "say\nxauth: warning: warn\n");
  CHECK(told({false, true, false, Color::never}) == "say\nnote\ndetail\nxauth: warning: warn\n");
  CHECK(told({false, false, true, Color::never}) == "say\nxauth: warning: warn\n");
  std::string out;
  written_to(2, [&] { out = written_to(1, [] { tell_all({false, true, false, Color::never}); }); });
  CHECK(out.empty());
}

TEST_CASE("standard output carries the result alone, byte for byte") {
  const Output out(true, true, false, Color::never);
  CHECK(written_to(1, [&] { out.result(std::string("a\0b", 3)); }) == std::string("a\0b", 3));
  Json value;
  value.set("a", Json("\x1b"));
  CHECK(written_to(1, [&] { out.json_result(value); }) == "{\"a\":\"\\u001b\"}\n");
  CHECK(written_to(2, [&] { written_to(1, [&] { out.result("a"); }); }).empty());
}

TEST_CASE("standard output that cannot be written is 1") {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  int status = 0;
  {
    const Captured captured(1);
    dup2(full, 1);
    try {
      Output(false, false, false, Color::never).result("a");
    } catch (const Error& error) {
      status = error.exit_status();
    }
  }
  close(full);
  CHECK(status == 1);
}

TEST_CASE("an error is a line and what to type next, or one JSON object") {
  const Output plain(false, false, false, Color::never);
  CHECK(written_to(2, [&] { plain.error(kError); }) ==
        "xauth: x is not logged in\n  try: xauth login x\n");
  CHECK(written_to(2, [&] { plain.error({Code::failure, "no"}); }) == "xauth: no\n");
  const Output json(false, false, true, Color::never);
  CHECK(written_to(2, [&] { json.error(kError); }) ==
        R"({"error":{"code":"login_needed","message":"x is not logged in",)"
        R"("hint":"xauth login x","provider_error":"invalid_grant"}})"
        "\n");
}

TEST_CASE("colour only where it is asked for, or a terminal shows it") {
  CHECK(told({false, false, false, Color::always}).find("\033[") != std::string::npos);
  CHECK(told({false, false, false, Color::automatic}).find("\033[") == std::string::npos);
  CHECK(written_to(2, [] {
          Output(false, false, true, Color::always).error(kError);
        }).find("\033[") == std::string::npos);
}

TEST_CASE("bold text and lines that are rewritten are for terminals") {
  const Output plain(false, false, false, Color::automatic);
  CHECK(plain.bold("a") == "a");
  bool rewrites = true;
  written_to(2, [&] { rewrites = plain.rewrites(); });
  CHECK_FALSE(rewrites);
  const Output colored(false, false, false, Color::always);
  CHECK(colored.bold("a") == "\033[1ma\033[0m");
  CHECK(written_to(2, [&] { colored.rewrite("a"); }) == "\r\033[Ka");
}
