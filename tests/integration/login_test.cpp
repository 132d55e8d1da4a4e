// `xauth login` as a person runs it, against the embedded provider.
#include <doctest/doctest.h>

#include <future>

#include "base/json.h"
#include "demo/user_agent.h"
#include "support/fake_provider.h"
#include "support/program.h"
#include "system/real_system.h"

using namespace xauth;
using namespace xauth::test;

TEST_CASE("a public client logs in, and the token is printed again") {
  const TemporaryDirectory home;
  const auto provider = start_provider(demo::plain());
  const Variables variables = {{"HOME", home.path()}, {"XAUTH_CONFIG_DIR", home.path_of("config")}};
  Running login(
      {.arguments = {"login", "work", "--authorize-url", provider->authorize_url(), "--token-url",
                     provider->token_url(), "--revoke-url", provider->revoke_url(),
                     "--userinfo-url", provider->account_url(), "--client-id", kPublicClient,
                     "--redirect-uri", "http://127.0.0.1:0/callback", "--no-browser"},
       .variables = variables});
  const std::string told = login.await_error("Waiting at");
  const auto from = told.find("\nhttp://") + 1;
  const auto url = parse_url(told.substr(from, told.find('\n', from) - from));
  REQUIRE(url);
  const System system = real_system({});
  CHECK(demo::consent(system, *url).status == 200);
  CHECK(login.wait().status == 0);

  const Finished token = run({.arguments = {"token", "work"}, .variables = variables});
  CHECK(token.status == 0);
  CHECK(token.out.ends_with("\n"));
  const auto file = parse_json(content_of(home.path_of("config/tokens/work.json")));
  REQUIRE(file);
  CHECK(token.out == *file->find("access_token")->string() + "\n");
  CHECK(*file->find("provider")->string() == "custom");
}
