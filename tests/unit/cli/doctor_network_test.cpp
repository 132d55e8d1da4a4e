#include "cli/doctor_network.h"

#include <doctest/doctest.h>

#include "support/environment.h"

using namespace xauth;
using namespace xauth::cli;
using test::Variable;

namespace {

const Url kUrl = *parse_url("https://as.example/robots.txt");
const Time kNow{Seconds(784'111'777)};  // Sun, 06 Nov 1994 08:49:37 GMT

struct NoProxy {
  const Variable small{"https_proxy", nullptr};
  const Variable large{"HTTPS_PROXY", nullptr};
};

HttpResponse answered(const char* date) {
  HttpResponse response{.status = 404, .headers = {}, .body = {}};
  if (*date != '\0') response.headers.emplace_back("Date", date);
  return response;
}

// `name=health` of each finding.
std::string outline(const Findings& findings) {
  constexpr const char* kHealth[] = {"ok", "warning", "failure"};
  std::string text;
  for (const auto& finding : findings) {
    text +=
        (text.empty() ? "" : " ") + finding.name + "=" + kHealth[static_cast<int>(finding.health)];
  }
  return text;
}

std::string stopped_at(Stage stage, const Url& url = kUrl) {
  const bool reached = stage == Stage::answer;
  return outline(
      judge_answer(url, SendFailure(Code::unreachable, "why", {}, reached, stage), kNow));
}

}  // namespace

TEST_CASE_FIXTURE(NoProxy, "an answer means that all stages were passed, whatever its status") {
  CHECK(outline(judge_answer(kUrl, answered("Sun, 06 Nov 1994 08:49:37 GMT"), kNow)) ==
        "dns=ok connection=ok tls=ok clock=ok");
  const Url here = *parse_url("http://127.0.0.1:1/robots.txt");
  CHECK(outline(judge_answer(here, answered(""), kNow)) == "connection=ok clock=ok");
}

TEST_CASE_FIXTURE(NoProxy, "a failure is told at its stage, after those that were passed") {
  CHECK(stopped_at(Stage::name) == "dns=failure");
  CHECK(stopped_at(Stage::connection) == "dns=ok connection=failure");
  CHECK(stopped_at(Stage::tls) == "dns=ok connection=ok tls=failure");
  CHECK(stopped_at(Stage::answer) == "dns=ok connection=ok tls=ok answer=failure");
  CHECK(stopped_at(Stage::tls, *parse_url("https://192.0.2.1/")) == "connection=ok tls=failure");
  const SendFailure hinted(Code::unreachable, "why", "do this", false, Stage::tls);
  CHECK(judge_answer(kUrl, hinted, kNow).back().fix == "do this");
  CHECK(judge_answer(kUrl, hinted, kNow).back().detail == "why");
}

TEST_CASE_FIXTURE(NoProxy, "a page that is too large is no trouble") {
  const SendFailure large(Code::bad_response, "more than 1 MiB", {}, true);
  CHECK(outline(judge_answer(kUrl, large, kNow)) == "dns=ok connection=ok tls=ok");
}

TEST_CASE("behind a proxy the name is the proxy's affair") {
  const Variable proxy("https_proxy", "http://user:canary@proxy.example:3128");
  const Variable except("no_proxy", "localhost,.example.com");
  CHECK(stopped_at(Stage::tls) == "connection=ok tls=failure");
  const auto settings = check_network_settings("");
  CHECK(settings[0].detail == "proxy.example:3128 is used, but not for localhost,.example.com");
}

TEST_CASE("the clock is compared with the server's") {
  const auto clock = [](int ahead) {
    return judge_answer(kUrl, answered("Sun, 06 Nov 1994 08:49:37 GMT"), kNow + Seconds(ahead))
        .back();
  };
  CHECK(clock(60).health == Health::ok);
  CHECK(clock(-60).health == Health::ok);
  CHECK(clock(61).health == Health::warning);
  CHECK(clock(61).detail == "1 minute 1 second ahead of as.example");
  CHECK(clock(-300).health == Health::warning);
  CHECK(clock(-301).health == Health::failure);
  CHECK(clock(-301).detail == "5 minutes 1 second behind as.example");
  CHECK(clock(-301).fix.find("timedatectl") != std::string::npos);
}

TEST_CASE("each server is asked once, and not the one that is the browser's affair") {
  oauth::Provider provider;
  provider.authorize_url = "https://login.example/authorize";
  provider.token_url = "https://as.example/token";
  provider.revoke_url = "https://AS.example:443/revoke";
  provider.userinfo_url = "https://api.example:8443/me?x=1";
  const auto servers = servers_of(provider);
  REQUIRE(servers.size() == 2);
  CHECK(servers[0].text() == "https://as.example/robots.txt");
  CHECK(servers[1].text() == "https://api.example:8443/robots.txt");
  CHECK(servers_of({}).empty());
}

TEST_CASE_FIXTURE(NoProxy, "what is asked carries nothing, and a failure ends no other check") {
  oauth::Provider provider;
  provider.token_url = "https://as.example/token";
  provider.userinfo_url = "https://api.example/me";
  provider.jwks_url = "https://keys.example/";
  System system;
  system.now = [] { return kNow; };
  system.send = [](const HttpRequest& request) -> HttpResponse {
    CHECK(request.method == "GET");
    CHECK(request.authorization.empty());
    CHECK(request.headers.empty());
    CHECK_FALSE(request.form);
    if (request.url.host == "api.example") {
      throw SendFailure(Code::unreachable, "cannot reach it", {}, false, Stage::name);
    }
    if (request.url.host == "keys.example") throw Error(Code::usage, "the CA file is none");
    return answered("");
  };
  CHECK(outline(check_servers(system, provider)) ==
        "dns=ok connection=ok tls=ok clock=ok dns=failure tls=failure");
  for (const auto& finding : check_servers(system, provider)) {
    CHECK(finding.fix.empty() == (finding.health == Health::ok));
  }
}

TEST_CASE_FIXTURE(NoProxy, "the certificate authorities that are believed") {
  const test::TemporaryFile file("");
  const auto named = check_network_settings(file.path());
  CHECK(outline(named) == "proxy=ok ca_file=ok");
  CHECK(named[0].detail == "none is used");
  CHECK(named[1].detail.find(file.path()) != std::string::npos);
  const auto missing = check_network_settings("/nonexistent/ca.pem");
  CHECK(outline(missing) == "proxy=ok ca_file=failure");
  CHECK(missing[1].detail.find("/nonexistent/ca.pem") != std::string::npos);
  const Variable socks("https_proxy", "ftp://proxy.example");
  CHECK(outline(check_network_settings(file.path())) == "proxy=failure ca_file=ok");
}
