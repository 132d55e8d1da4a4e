#include "cli/trace.h"

#include <doctest/doctest.h>

#include "support/environment.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

struct Told {
  Tell tell() {
    return [this](const std::string& line) { text += line + "\n"; };
  }
  bool has(const std::string& line) const { return text.find(line + "\n") != std::string::npos; }

  test::Variable lower{"https_proxy", nullptr};
  test::Variable upper{"HTTPS_PROXY", nullptr};
  test::Variable exceptions{"NO_PROXY", nullptr};
  test::Variable lower_exceptions{"no_proxy", nullptr};
  std::string text;
};

HttpRequest refresh() {
  HttpRequest request;
  request.method = "POST";
  request.url = *parse_url("https://as.example:8443/token?tenant=7");
  request.headers = {{"Accept", "application/json"}};
  request.authorization = Secret("Basic Y2xpZW50OnNlY3JldA==");
  request.form = Form{{"grant_type", "refresh_token"}, {"refresh_token", Secret("canary")}};
  return request;
}

Send all_told(Send send, Tell tell) { return traced(std::move(send), std::move(tell), {}); }

}  // namespace

TEST_CASE("--trace tells request and answer, and no secret of either, ST-15") {
  Told told;
  const Send send = all_told(
      [](const HttpRequest&) {
        return HttpResponse{
            400,
            {{"Content-Type", "application/json"}, {"Set-Cookie", "sid=canary"}},
            R"({"error":"invalid_grant","echo":"canary","access_token":"canary2"})"};
      },
      told.tell());
  CHECK(send(refresh()).status == 400);
  CHECK(told.has("> POST https://as.example:8443/token?tenant=7"));
  CHECK(told.has("> Accept: application/json"));
  CHECK(told.has("> Authorization: Basic ***"));
  CHECK(told.has("> grant_type=refresh_token&refresh_token=***"));
  CHECK(told.text.find("< 400 in ") != std::string::npos);
  CHECK(told.has("< Set-Cookie: ***"));
  CHECK(told.has(R"(< {"error":"invalid_grant","echo":"***","access_token":"***"})"));
  CHECK(told.text.find("canary") == std::string::npos);
}

TEST_CASE("--trace remembers the secrets of an answer for what follows, ST-15") {
  Told told;
  int sent = 0;
  const Send send = all_told(
      [&](const HttpRequest&) {
        return HttpResponse{
            200, {}, ++sent == 1 ? R"({"access_token":"canary"})" : R"({"name":"canary"})"};
      },
      told.tell());
  send(refresh());
  send(refresh());
  CHECK(told.has(R"(< {"name":"***"})"));
}

TEST_CASE("--trace blanks tokens where a preset has them under a name of its own, ST-15") {
  Told told;
  const Send send = traced(
      [](const HttpRequest&) {
        return HttpResponse{200, {}, R"({"key2":"canary2","data":{"again":["canary3"]},"n":1})"};
      },
      told.tell(), {"key2", "data.again.0"});
  send(refresh());
  CHECK(told.has(R"(< {"key2":"***","data":{"again":["***"]},"n":1})"));
}

TEST_CASE("a request without an answer is told as such, and fails as before") {
  for (const auto tells : {all_told, told_briefly}) {
    Told told;
    const Send send = tells(
        [](const HttpRequest&) -> HttpResponse {
          throw SendFailure(Code::unreachable, "cannot reach as.example", {}, false);
        },
        told.tell());
    CHECK_THROWS_AS(send(refresh()), SendFailure);
    CHECK(told.text.find("cannot reach as.example") != std::string::npos);
    CHECK(told.text.find("canary") == std::string::npos);
  }
}

TEST_CASE("-v tells one line a request: method, host, path, status, time, and nothing else") {
  Told told;
  const Send send = told_briefly(
      [](const HttpRequest&) {
        return HttpResponse{200, {}, "canary"};
      },
      told.tell());
  send(refresh());
  CHECK(told.text.starts_with("POST https://as.example:8443/token: 200, "));
  CHECK(told.text.ends_with(" ms\n"));
}

TEST_CASE("-v tells a redirect that is not followed, without its path and query") {
  Told told;
  const Send send = told_briefly(
      [](const HttpRequest&) {
        return HttpResponse{307, {{"Location", "https://evil.example/canary?canary"}}, ""};
      },
      told.tell());
  send(refresh());
  CHECK(told.text.find("307, a redirect to evil.example that is not followed, ") !=
        std::string::npos);
  CHECK(told.text.find("canary") == std::string::npos);
}

TEST_CASE("the proxy is told, without its credentials, TQ-15") {
  for (const auto tells : {all_told, told_briefly}) {
    Told told;
    const test::Variable proxy("https_proxy", "http://user:canary@proxy.example:3128/");
    const Send send = tells(
        [](const HttpRequest&) {
          return HttpResponse{200, {}, ""};
        },
        told.tell());
    send(refresh());
    CHECK(told.text.find(" through the proxy proxy.example:3128") != std::string::npos);
    CHECK(told.text.find("canary") == std::string::npos);
  }
}
