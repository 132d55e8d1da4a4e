#include "cli/device_report.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

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

TEST_CASE("as JSON: the code and its life, then how long is waited, and no device code") {
  const CommandContext json(true);
  CHECK(written_to(1, [&] { tell_device_code(json.context, "Example", code(), Seconds(300)); }) ==
        R"({"event":"device_code","user_code":"WDJB-MJHT",)"
        R"("verification_uri":"https://as.example/device","expires_in":900})"
        "\n"
        R"({"event":"waiting","expires_in":300})"
        "\n");
}
