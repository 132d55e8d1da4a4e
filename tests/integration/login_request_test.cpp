// The authorize request that a login makes, and who may be asked on the way.
#include <doctest/doctest.h>

#include <set>

#include "base/encoding.h"
#include "support/certificates.h"
#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/workplace.h"
#include "unit/system/raw_client.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::vector<Parameter> asked_by(const Finished& login) {
  return parse_query(authorize_url_in(login.err).query.value_or(""));
}

std::string value_of(const std::vector<Parameter>& parameters, std::string_view name) {
  for (const auto& parameter : parameters) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  return {};
}

// The login's arguments with another token URL.
std::vector<std::string> login_at(const Workplace& here, const std::string& token_url,
                                  const std::vector<std::string>& more = {}) {
  auto arguments = here.login("work", kPublicClient, more);
  for (auto& word : arguments) {
    if (word == here.provider->token_url()) word = token_url;
  }
  return arguments;
}

}  // namespace

TEST_CASE("the authorize request is complete, and each parameter is there once, AZ-2, AZ-3, AZ-9") {
  const Workplace here;
  const Finished login = here.log_in(here.login("work", kPublicClient));
  const auto asked = asked_by(login);
  CHECK(value_of(asked, "response_type") == "code");
  CHECK(value_of(asked, "client_id") == kPublicClient);
  CHECK(value_of(asked, "code_challenge").size() == 43);
  CHECK(value_of(asked, "code_challenge_method") == "S256");
  CHECK(value_of(asked, "state").size() == 43);
  CHECK(value_of(asked, "redirect_uri").starts_with("http://127.0.0.1:"));
  CHECK(value_of(asked, "redirect_uri").find(":0/") == std::string::npos);
  CHECK(value_of(asked, "scope").empty());  // AZ-11
  std::set<std::string> names;
  for (const auto& parameter : asked) names.insert(parameter.name);
  CHECK(names.size() == asked.size());
}

TEST_CASE("a client with a secret uses PKCE too, AZ-3") {
  Workplace here;
  here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  const Finished login = here.log_in(here.login("work", kBasicClient));
  CHECK(login.status == 0);
  CHECK(here.provider->server().requests("/token").back().parameter("code_verifier"));
}

TEST_CASE("a provider that refuses S256 is not asked again with plain, AZ-4") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient)));
  const auto told = await_url(login);
  const auto callback = *parse_url(redirect_uri_in(told));
  testing::RawClient browser(callback.port);
  browser.ask("GET /callback?error=invalid_request&error_description=S256+is+not+supported&state=" +
              state_in(told) + " HTTP/1.1\r\nHost: " + callback.authority() + "\r\n\r\n");
  const Finished ended = login.wait();
  CHECK(ended.status == 3);
  CHECK(ended.err.find("S256 is not supported") != std::string::npos);
  CHECK(ended.err.find("code_challenge=") == ended.err.rfind("code_challenge="));
  CHECK(ended.err.find("=plain") == std::string::npos);
  CHECK(here.provider->server().count("/token") == 0);
}

TEST_CASE("two logins share neither state nor challenge, AZ-5, AZ-6, AZ-7") {
  const Workplace here;
  std::set<std::string> values;
  for (int i = 0; i < 5; ++i) {
    const auto asked = asked_by(here.log_in(here.login("work", kPublicClient)));
    values.insert(value_of(asked, "state"));
    values.insert(value_of(asked, "code_challenge"));
  }
  CHECK(values.size() == 10);
}

TEST_CASE("the authorize endpoint's own query is kept, AZ-10") {
  const Workplace here;
  auto arguments = here.login("work", kPublicClient);
  for (auto& word : arguments) {
    if (word == here.provider->authorize_url()) word += "?tenant=a%20b";
  }
  const Finished login = here.log_in(arguments);
  CHECK(login.status == 0);
  CHECK(authorize_url_in(login.err).query->starts_with("tenant=a%20b&response_type=code&"));

  for (auto& word : arguments) {
    if (word.starts_with(here.provider->authorize_url())) word += "&state=fixed";
  }
  const Finished repeated = run(here.start(arguments));
  CHECK(repeated.status == 2);
  CHECK(repeated.err.find("state more than once") != std::string::npos);
}

TEST_CASE("the provider is believed by its certificate alone: 6, and --ca-file is kept, TQ-3") {
  const Workplace here;
  const RawServer server(answers(kOk + "Content-Type: application/json\r\nContent-Length: 25\r\n"
                                       "\r\n{\"access_token\":\"secure\"}"),
                         trusted().tls);
  const Finished doubted = here.log_in(login_at(here, secure(server)));
  CHECK(doubted.status == 6);
  CHECK(here.files().empty());

  CHECK(here.log_in(login_at(here, secure(server), {"--ca-file", trusted().file.path()})).status ==
        0);
  CHECK(here.kept("tokens/work.json", "access_token") == "secure");
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
}

TEST_CASE("nothing on this machine is asked through a proxy, TQ-15") {
  Workplace here;
  const std::string nobody = "http://127.0.0.1:" + std::to_string(closed_port());
  for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
    here.variables[name] = nobody;
  }
  CHECK(here.log_in(here.login("work", kPublicClient)).status == 0);
}
