#include "cli/connection.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

Secret secret(const char* text) { return Secret(std::string(text)); }

struct Connecting : CommandContext {
  oauth::Client client(const store::Profile& profile,
                       const std::optional<Secret>& given = std::nullopt) {
    return client_of(context, "p", profile, provider_of(context, profile), given);
  }

  void keep_secret(const char* text) {
    store::keep_login(login.store, "p",
                      {store::profile_of_x(), store::tokens_named("p"), secret(text)}, store::kNow);
  }
};

}  // namespace

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

TEST_CASE("a preset that is not there is 2") {
  CommandContext command;
  const auto error = error_of([&] { provider_of(command.context, {.provider = "nobody\x1b"}); });
  CHECK(error.code == Code::usage);
  CHECK(error.message.find('\x1b') == std::string::npos);
  CHECK(error.hint == "xauth provider list");
}

TEST_CASE("a client secret comes from the option, the environment, the kept one, in this order") {
  Connecting connecting;
  const store::Profile profile = {.client_id = "c", .client_auth = "basic"};
  connecting.keep_secret("kept");
  CHECK(connecting.client(profile).secret.reveal() == "kept");
  {
    const Variable variable("XAUTH_CLIENT_SECRET", "environment");
    CHECK(connecting.client(profile).secret.reveal() == "environment");
    CHECK(connecting.client(profile, secret("given")).secret.reveal() == "given");
    CHECK(connecting.client(profile, Secret()).secret.reveal() == "environment");
  }
  CHECK(error_of([&] { connecting.client(profile, Secret()); }).code == Code::usage);
}

TEST_CASE("a client without authentication gets no secret whatever the environment says") {
  Connecting connecting;
  connecting.keep_secret("kept");
  const Variable variable("XAUTH_CLIENT_SECRET", "environment");
  const auto client = connecting.client({.client_id = "c", .client_auth = "none"});
  CHECK(client.auth == oauth::ClientAuth::none);
  CHECK(client.secret.empty());
}

TEST_CASE("authentication that needs a secret which is nowhere is 2, and says how to give it") {
  Connecting connecting;
  const auto error =
      error_of([&] { connecting.client({.client_id = "c", .client_auth = "post"}); });
  CHECK(error.code == Code::usage);
  CHECK(error.hint.find("--client-secret-file") != std::string::npos);
  CHECK(connecting.client({.client_id = "c"}).auth == oauth::ClientAuth::none);
}

TEST_CASE("a connection carries the profile's token parameters") {
  Connecting connecting;
  const auto connection = connection_of(
      connecting.context, "p",
      {.token_url = "https://as.example/t", .client_id = "c", .token_param = {"a=b=c", "d="}});
  CHECK(connection.token_params == oauth::Parameters{{"a", "b=c"}, {"d", ""}});
  CHECK(connection.client.id == "c");
  CHECK_THROWS_AS(params_of("--param", {"no-equals"}), Error);
}
