#include "cli/login_report.h"

#include <doctest/doctest.h>

#include <ctime>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

const Url kUrl = *parse_url("https://as.example/authorize?state=s&scope=a+b");
constexpr const char* kRedirect = "http://127.0.0.1:8000/callback";

LoginPlan plan_for(std::vector<std::string> scope) {
  LoginPlan plan;
  plan.name = "work";
  plan.provider.name = "Example";
  plan.scope = std::move(scope);
  return plan;
}

store::Tokens granted(const char* scope) {
  auto tokens = store::tokens_named("canary");
  tokens.scope = scope;
  tokens.account = "me";
  return tokens;
}

}  // namespace

TEST_CASE("the URL stands alone on its line, on standard error") {
  const CommandContext command;
  const auto told =
      written_to(2, [&] { tell_authorize_url(command.context, "Example", kUrl, false); });
  CHECK(told.starts_with("To log in to Example, open this address in a browser:\n"));
  CHECK(told.find("\n" + kUrl.text() + "\n") != std::string::npos);
  const CommandContext json(true);
  CHECK(written_to(1, [&] { tell_authorize_url(json.context, "Example", kUrl, true); }) ==
        R"({"event":"authorize_url","url":")" + kUrl.text() + "\"}\n");
}

TEST_CASE("that a browser will open is said before it does") {
  const CommandContext command;
  CHECK(written_to(2, [&] { tell_authorize_url(command.context, "Example", kUrl, true); }) ==
        "To log in to Example, a browser opens this address:\n" + kUrl.text() + "\n");
}

TEST_CASE(
    "what is waited for, and that the address is for no other place than this terminal, IN-14") {
  const Variable ssh("SSH_CONNECTION", nullptr);
  const CommandContext command;
  const auto told = [&](bool takes_paste, bool listens) {
    return written_to(
        2, [&] { tell_waiting(command.context, kRedirect, Seconds(300), takes_paste, listens); });
  };
  CHECK(told(false, true) == "Waiting at http://127.0.0.1:8000/callback for 5 minutes.\n");
  const std::string paste =
      "aste the address that it ends at into this terminal, and nowhere else.\n";
  CHECK(told(true, true).ends_with("\nOr p" + paste));
  CHECK(told(true, false) == "P" + paste);
  const CommandContext json(true);
  CHECK(written_to(1, [&] { tell_waiting(json.context, kRedirect, Seconds(5), true, true); }) ==
        R"({"event":"waiting","redirect_uri":"http://127.0.0.1:8000/callback","expires_in":5})"
        "\n");
}

TEST_CASE("over SSH the line that leads the port here is told") {
  const Variable user("USER", "me");
  {
    const Variable none("SSH_CONNECTION", nullptr);
    CHECK(tunnel_command(kRedirect).empty());
  }
  const Variable ssh("SSH_CONNECTION", "198.51.100.1 5555 192.0.2.7 22");
  CHECK(tunnel_command(kRedirect) == "ssh -L 8000:127.0.0.1:8000 me@192.0.2.7");
  CHECK(tunnel_command("http://localhost:9/cb") == "ssh -L 9:127.0.0.1:9 me@192.0.2.7");
  CHECK(tunnel_command("http://[::1]:9/cb") == "ssh -L 9:[::1]:9 me@192.0.2.7");
  CHECK(tunnel_command("myapp://cb").empty());
}

TEST_CASE("who is logged in, until when, what was not granted, and never a token") {
  const Variable zone("TZ", "UTC");
  tzset();
  const CommandContext command;
  const auto told = [&](const store::Tokens& tokens) {
    const auto text = written_to(2, [&] {
      tell_done(command.context, plan_for({"a", "b", "c"}), tokens);
    });
    CHECK(text.find("canary") == std::string::npos);
    return text;
  };
  const auto whole = told(granted("a b c"));
  CHECK(whole.find("Logged in to Example as me.") != std::string::npos);
  CHECK(whole.find("\nGranted: a b c\n") != std::string::npos);
  CHECK(whole.find("valid for 2 hours, until 2023-11-15 00:13, and renews itself.") !=
        std::string::npos);
  CHECK(whole.find("xauth token work") != std::string::npos);
  CHECK(whole.find("not granted") == std::string::npos);
  CHECK(told(granted("b")).find("not granted: a c") != std::string::npos);

  auto least = granted("a b c");
  least.refresh_token = Secret();
  least.expires_at.reset();
  least.account.clear();
  const auto text = told(least);
  CHECK(text.find("Logged in to Example.") != std::string::npos);
  CHECK(text.find("The token is valid, and cannot be renewed.") != std::string::npos);
}

TEST_CASE("the end of a login as JSON") {
  const CommandContext json(true);
  CHECK(written_to(1, [&] { tell_done(json.context, plan_for({"a"}), granted("a")); }) ==
        R"({"event":"done","profile":"work","provider":"x","account":"me","scope":"a",)"
        R"("expires_at":1700007200})"
        "\n");
}
