// Logins at an issuer: what its metadata may say, and what becomes of it.
#include <doctest/doctest.h>

#include <fstream>

#include "base/encoding.h"
#include "support/http_exchange.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

const std::string kOpenId = "/.well-known/openid-configuration";
const std::string kOauth = "/.well-known/oauth-authorization-server";

OutgoingReply reply(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

// A place whose provider says what its endpoints are.
struct Issuer : Workplace {
  explicit Issuer(const std::string& path = kOpenId) : issuer(provider->url()) {
    document.set("issuer", Json(issuer));
    document.set("authorization_endpoint", Json(provider->authorize_url()));
    document.set("token_endpoint", Json(provider->token_url()));
    document.set("revocation_endpoint", Json(provider->revoke_url()));
    document.set("userinfo_endpoint", Json(provider->account_url()));
    document.set("jwks_uri", Json(issuer + "/keys"));
    provider->server().replace(kOpenId, [](const IncomingRequest&) { return reply("", 404); });
    provider->server().replace(kOauth, [](const IncomingRequest&) { return reply("", 404); });
    provider->server().replace(path,
                               [this](const IncomingRequest&) { return reply(document.text()); });
  }

  void answers(OutgoingReply answer) {
    provider->server().replace(kOpenId, [answer](const IncomingRequest&) { return answer; });
  }

  int asked(const std::string& path) const { return provider->server().count(path); }

  std::vector<std::string> login(const std::vector<std::string>& more = {},
                                 const std::string& profile = "work") const {
    std::vector<std::string> words = {
        "login",       profile,       "--issuer",       issuer,
        "--client-id", kPublicClient, "--redirect-uri", "http://127.0.0.1:0/callback",
        "--no-browser"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  // Runs a login that must end before anything is opened or kept.
  Finished refused(const std::vector<std::string>& arguments) const {
    const Finished login = run(start(arguments));
    CHECK(login.err.find("code_challenge") == std::string::npos);
    CHECK(login.out.empty());
    CHECK(files().empty());
    return login;
  }

  // Runs a login whose browser brings `query` and the state, and nothing else.
  Finished brought(const std::string& query) const {
    Running running(start(login()));
    const std::string told = await_url(running);
    exchange(get(redirect_uri_in(told) + "?" + query + "&state=" + state_in(told)));
    return running.wait();
  }

  std::string issuer;
  Json document = Json::Object();
};

bool says(const Finished& finished, const std::string& text) {
  return finished.err.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a login needs no more than the issuer, and keeps what that says, DI-2, DI-6") {
  for (const auto& path : {kOpenId, kOauth}) {
    CAPTURE(path);
    const Issuer here(path);
    CHECK(here.log_in(here.login()).status == 0);
    CHECK(here.asked(kOpenId) == 1);
    CHECK(here.asked(kOauth) == (path == kOauth ? 1 : 0));
    CHECK(here.kept("config.json", "profiles.work.issuer") == here.issuer);
    CHECK(here.kept("config.json", "profiles.work.token_url") == here.provider->token_url());
    CHECK(here.kept("config.json", "profiles.work.jwks_url") == here.issuer + "/keys");
    CHECK(here.kept("tokens/work.json", "provider") == here.issuer);
    CHECK(here.kept("tokens/work.json", "account") == "demo");
    CHECK(run(here.start({"token", "--force-refresh"})).status == 0);
    CHECK(run(here.start({"logout"})).status == 0);
    CHECK(here.asked(kOpenId) == 1);  // at logins only
  }
}

TEST_CASE("each login asks the issuer again; a token endpoint elsewhere needs one, DI-6") {
  Issuer here;
  REQUIRE(here.log_in(here.login()).status == 0);
  here.document.set("token_endpoint",
                    Json("http://localhost:" + std::to_string(here.provider->port()) + "/token"));
  const Finished again = here.log_in({"login", "work", "--no-browser", "-v"});
  CHECK(again.status == 0);
  CHECK(says(again, "token_url is on another host than the issuer: localhost"));  // DI-4
  CHECK(here.asked(kOpenId) == 2);
  CHECK(here.kept("config.json", "profiles.work.token_url")->starts_with("http://localhost:"));
}

TEST_CASE("URL options stand against the issuer, and stay with the profile") {
  Issuer here;
  here.document.set("token_endpoint", Json(here.issuer + "/nowhere"));
  REQUIRE(here.log_in(here.login({"--token-url", here.provider->token_url()})).status == 0);
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
  CHECK(here.kept("config.json", "profiles.work.token_url") == here.provider->token_url());
}

TEST_CASE("an issuer that is none: 2, and nobody is asked, DI-1") {
  const Issuer here;
  for (const char* issuer :
       {"http://as.example", "as.example", "https://as.example?x=1", "https://as.example#x",
        "https://me@as.example", "file:///etc", "me@as.example", "acct:me@as.example"}) {
    CAPTURE(issuer);
    auto arguments = here.login();
    arguments.at(3) = issuer;
    CHECK(here.refused(arguments).status == 2);
  }
  const Finished nameless = here.refused({"login", "--issuer", here.issuer, "--client-id", "c"});
  CHECK(nameless.status == 2);
  CHECK(says(nameless, "xauth login NAME --issuer"));
  CHECK(here.asked(kOpenId) == 0);
}

TEST_CASE(
    "a bad endpoint in the metadata is refused by its name: 7, nothing is opened, DI-4, IN-1") {
  Issuer here;
  const std::pair<const char*, const char*> cases[] = {
      {"authorization_endpoint", "http://as.example/authorize"},
      {"authorization_endpoint", "javascript:alert(document.domain)"},
      {"authorization_endpoint", "$(touch /tmp/owned)"},
      {"authorization_endpoint", "https://as.example/`id`"},
      {"authorization_endpoint", "--version"},
      {"authorization_endpoint", "file:///bin/sh"},
      {"token_endpoint", "http://as.example/token"},
      {"token_endpoint", ";reboot"},
      {"userinfo_endpoint", "http://as.example/me"},
      {"jwks_uri", "/keys"},
  };
  for (const auto& [name, url] : cases) {
    CAPTURE(url);
    const Json before = here.document;
    here.document.set(name, Json(url));
    const Finished login = here.refused(here.login());
    CHECK(login.status == 7);
    CHECK(says(login, name));
    here.document = before;
  }
  here.document.erase("authorization_endpoint");
  const Finished without = here.refused(here.login());
  CHECK(without.status == 7);
  CHECK(says(without, "authorization_endpoint"));
}

TEST_CASE("what is no metadata: 7; a server in trouble: 6, DI-2") {
  Issuer here;
  const std::pair<OutgoingReply, int> cases[] = {
      {{200, {{"Content-Type", "text/html"}}, "<html>"}, 7},
      {reply("[]"), 7},
      {reply(here.document.text() + "x"), 7},
      {reply(here.document.text(), 201), 7},
      {reply(here.document.text(), 401), 7},
      {reply(here.document.text() + std::string(1024 * 1024, ' ')), 7},
  };
  for (const auto& [answer, status] : cases) {
    CAPTURE(answer.status);
    CAPTURE(answer.body.size());
    here.answers(answer);
    CHECK(here.refused(here.login()).status == status);
  }
  here.answers(reply("", 404));
  CHECK(here.refused(here.login()).status == 7);
  CHECK(here.asked(kOauth) == 1);
}

TEST_CASE("redirects of discovery stay at the same server, TQ-5") {
  Issuer here;
  RawServer other(answers(kOk + "Content-Length: 0\r\n\r\n"));
  here.answers({302, {{"Location", plain(other, kOpenId)}}, {}});
  const Finished away = here.refused(here.login());
  CHECK(away.status == 7);
  CHECK(other.accepted() == 0);
  here.answers({301, {{"Location", kOpenId + "/"}}, {}});
  here.provider->server().replace(
      kOpenId + "/", [&](const IncomingRequest&) { return reply(here.document.text()); });
  CHECK(here.log_in(here.login()).status == 0);
}

TEST_CASE("an answer from another issuer: 7, and the code goes nowhere, CB-7, CB-8, CB-9") {
  Issuer here;
  CHECK(here.brought("code=c&iss=https%3A%2F%2Fevil.example").status == 7);
  CHECK(here.brought("code=c&iss=" + percent_encode(here.issuer + "/")).status == 7);
  CHECK(here.brought("error=access_denied&iss=https%3A%2F%2Fevil.example").status == 7);
  here.document.set("authorization_response_iss_parameter_supported", Json(true));
  const Finished silent = here.brought("code=c");
  CHECK(silent.status == 7);
  CHECK(says(silent, "iss"));
  CHECK(here.asked("/token") == 0);
  CHECK(here.brought("code=c&iss=" + percent_encode(here.issuer)).status == 3);  // a bad code
  CHECK(here.asked("/token") == 1);
  CHECK(here.files().empty());
}

TEST_CASE("one issuer has one place, CB-10; another issuer is another provider: 3") {
  Issuer here;
  REQUIRE(here.log_in(here.login()).status == 0);
  const auto before = here.files();
  const Finished twice = run(here.start(here.login({"--token-url", here.issuer + "/t"}, "second")));
  CHECK(twice.status == 2);
  CHECK(says(twice, "profile work has the same issuer"));
  auto other = here.login();
  other.at(3) = "https://other.example";
  const Finished replaced = run(here.start(other));
  CHECK(replaced.status == 3);
  CHECK(here.files() == before);
}

TEST_CASE("an OpenID provider is asked for who it is and a refresh token, with consent, AZ-11") {
  Issuer here;
  here.document.set("subject_types_supported", Json(Json::Array{Json("public")}));
  const auto query_of = [&](const std::vector<std::string>& more) {
    Running login(here.start(here.login(more)));
    return "&" + authorize_url_in(await_url(login)).query.value_or("") + "&";
  };
  const auto usual = query_of({});
  CHECK(usual.find("&scope=openid%20profile%20email%20offline_access&") != std::string::npos);
  CHECK(usual.find("&prompt=consent&") != std::string::npos);
  const auto own = query_of({"--scope", "openid"});
  CHECK(own.find("&scope=openid&") != std::string::npos);
  CHECK(own.find("&prompt=") == std::string::npos);
  CHECK(query_of({"--prompt", "login"}).find("&prompt=login&") != std::string::npos);
  here.document.set("scopes_supported", Json(Json::Array{Json("openid"), Json("email")}));
  CHECK(query_of({}).find("&scope=openid%20email&") != std::string::npos);
}

TEST_CASE("a token endpoint that moved to another host sees no token before a new login, DI-6") {
  const Issuer here;
  REQUIRE(here.log_in(here.login()).status == 0);
  CHECK(here.kept("tokens/work.json", "token_url") == here.provider->token_url());
  Json config = here.json_of("config.json");
  config.find("profiles")
      ->find("work")
      ->set("token_url",
            Json("http://localhost:" + std::to_string(here.provider->port()) + "/token"));
  std::ofstream(here.path_of("config.json")) << config.text();
  const int before = here.asked("/token");
  const Finished token = run(here.start({"token", "--force-refresh"}));
  CHECK(token.status == 4);
  CHECK(token.out.empty());
  CHECK(here.asked("/token") == before);
  CHECK(run(here.start({"status", "work"})).status == 4);
}
