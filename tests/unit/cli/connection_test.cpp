#include "cli/connection.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

TEST_CASE("a preset's URLs are the profile's where it names some, and its quirks stay") {
  CommandContext command;
  const auto preset = provider_of(command.context, {.provider = "x"});
  const auto changed =
      provider_of(command.context, {.provider = "x", .token_url = "http://127.0.0.1:9/token"});
  CHECK(changed.token_url == "http://127.0.0.1:9/token");
  CHECK(changed.authorize_url == preset.authorize_url);
  CHECK(changed.errors.size() == preset.errors.size());
  CHECK(changed.id == "x");
  const auto custom = provider_of(command.context, {.token_url = "https://as.example/token"});
  CHECK(custom.id == "custom");
  CHECK(custom.authorize_url.empty());
}

TEST_CASE("a profile without a preset is its issuer, by the issuer's host for people") {
  const CommandContext command;
  const auto provider = provider_of(command.context, {.issuer = "https://as.example/tenant"});
  CHECK(provider.id == "https://as.example/tenant");
  CHECK(provider.issuer == "https://as.example/tenant");
  CHECK(provider.name == "as.example");
}

TEST_CASE("an application's own tokens come from the preset's endpoint for them, unless given") {
  CommandContext command;
  const auto x = provider_of(command.context, {.provider = "x", .client_credentials = true});
  CHECK(x.token_url == "https://api.x.com/oauth2/token");
  CHECK(x.revoke_url.empty());
  CHECK(provider_of(command.context, {.provider = "x"}).token_url ==
        "https://api.x.com/2/oauth2/token");
  const auto given = provider_of(
      command.context,
      {.provider = "x", .token_url = "https://as.example/token", .client_credentials = true});
  CHECK(given.token_url == "https://as.example/token");
}

TEST_CASE("a preset that is not there is 2") {
  CommandContext command;
  const auto error = error_of([&] { provider_of(command.context, {.provider = "nobody\x1b"}); });
  CHECK(error.code == Code::usage);
  CHECK(error.message.find('\x1b') == std::string::npos);
  CHECK(error.hint == "xauth provider list");
}

TEST_CASE("a connection carries the profile's token parameters") {
  CommandContext command;
  const auto connection = connection_of(
      command.context, "p",
      {.token_url = "https://as.example/t", .client_id = "c", .token_param = {"a=b=c", "d="}});
  CHECK(connection.token_params == oauth::Parameters{{"a", "b=c"}, {"d", ""}});
  CHECK(connection.client.id == "c");
  CHECK_THROWS_AS(params_of("--param", {"no-equals"}), Error);
}

TEST_CASE("the settings' browser gives way to the environment's") {
  CommandContext command;
  command.context.store.change_config(
      [](store::Config& config) { config.set_setting("browser", "kept"); });
  const Variable ours("XAUTH_BROWSER", nullptr);
  const Variable everybodys("BROWSER", nullptr);
  CHECK(kept_browser(command.context) == "kept");
  const Variable given("XAUTH_BROWSER", "given");
  CHECK(kept_browser(command.context).empty());
}
