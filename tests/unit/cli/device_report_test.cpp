#include "cli/device_report.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"
#include "unit/cli/shown_terminal.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

oauth::DeviceAuthorization code() {
  return {.device_code = Secret("device-code-canary"),
          .user_code = "WDJB-MJHT",
          .verification_uri = *parse_url("https://as.example/device"),
          .verification_uri_complete = parse_url("https://as.example/device?user_code=WDJB-MJHT"),
          .expires_in = Seconds(900),
          .interval = Seconds(5)};
}

}  // namespace

TEST_CASE("the address stands alone on its line, the code on another, without escapes, DV-2") {
  const CommandContext command;
  const auto told =
      written_to(2, [&] { tell_device_code(command.context, "Example", code(), Seconds(300)); });
  CHECK(told.find("Example") != std::string::npos);
  CHECK(told.find("\nhttps://as.example/device\n") != std::string::npos);
  CHECK(told.find("\n  WDJB-MJHT\n") != std::string::npos);
  CHECK(told.find('\033') == std::string::npos);
  CHECK(told.find("canary") == std::string::npos);
}

TEST_CASE("a QR code is drawn only where the address and the code stay in sight above it") {
  const test::Variable term("TERM", "xterm");
  const test::Variable locale("LC_ALL", "C.UTF-8");
  const CommandContext command;
  const Context context{{}, Output(false, false, false, Color::always), command.login.store};
  const auto draws = [&](TerminalSize size) {
    const auto shown =
        test::shown_at(size, [&] { tell_device_code(context, "Example", code(), Seconds(300)); });
    CHECK(shown.find("WDJB-MJHT") != std::string::npos);
    return shown.find("\033[38;5;16;48;5;231m") != std::string::npos;
  };
  CHECK_FALSE(draws({80, 24}));
  CHECK_FALSE(draws({80, 25}));
  CHECK(draws({80, 26}));
  CHECK_FALSE(draws({40, 24}));
  CHECK_FALSE(draws({40, 29}));  // four of the lines take two rows each
  CHECK(draws({40, 30}));
}

TEST_CASE("as JSON: the code and its life, then how long is waited, and no device code") {
  const CommandContext json(true);
  CHECK(written_to(1, [&] { tell_device_code(json.context, "Example", code(), Seconds(300)); }) ==
        R"({"event":"device_code","user_code":"WDJB-MJHT",)"
        R"("verification_uri":"https://as.example/device","expires_in":900})"
        "\n"
        R"({"event":"waiting","expires_in":300})"
        "\n");
}
