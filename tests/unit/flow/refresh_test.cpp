#include "flow/refresh.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;

namespace {

struct Refreshing {
  oauth::TokenAnswer ask() {
    System system;
    system.now = [] { return Time(); };
    system.fill_random = [](std::span<std::byte>) {};
    system.send = [this](const HttpRequest& request) {
      ++sent;
      last = request;
      return answer();
    };
    return flow::refresh(system, oauth::pending_at().provider, {.id = "client"},
                         Secret(std::string("old")), {{"extra", "1"}});
  }

  std::function<HttpResponse()> answer;
  int sent = 0;
  HttpRequest last;
};

HttpResponse json(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

}  // namespace

TEST_CASE("a refresh asks the token endpoint with the refresh token and no scope, RF-1") {
  Refreshing refreshing;
  refreshing.answer = [] { return json(R"({"access_token":"new","refresh_token":"next"})"); };
  const auto grant = std::get<oauth::TokenGrant>(refreshing.ask());
  CHECK(grant.access_token.reveal() == "new");
  CHECK(grant.refresh_token.reveal() == "next");
  CHECK(refreshing.last.url.text() == "https://as.example/token");
  CHECK(encode_form(*refreshing.last.form).reveal() ==
        "grant_type=refresh_token&refresh_token=old&extra=1&client_id=client");
}

TEST_CASE("an answer without a refresh token leaves it to the caller to keep the old one, RF-2") {
  Refreshing refreshing;
  refreshing.answer = [] { return json(R"({"access_token":"new"})"); };
  CHECK(std::get<oauth::TokenGrant>(refreshing.ask()).refresh_token.empty());
}

TEST_CASE("a refusal is a value, RF-10") {
  Refreshing refreshing;
  refreshing.answer = [] { return json(R"({"error":"invalid_grant"})", 400); };
  CHECK(std::get<oauth::Refusal>(refreshing.ask()).meaning == "invalid_grant");
}

TEST_CASE("a refresh that fails is asked for once, with the code of its failure, RF-11") {
  const std::pair<std::function<HttpResponse()>, Code> cases[] = {
      {[]() -> HttpResponse { throw SendFailure(Code::unreachable, "cut", {}, true); },
       Code::unreachable},
      {[]() -> HttpResponse { throw SendFailure(Code::bad_response, "broken", {}, true); },
       Code::bad_response},
      {[] { return json("", 503); }, Code::unreachable},
      {[] { return json("", 200); }, Code::bad_response},
      {[] {
         return HttpResponse{307, {{"Location", "https://evil.example/"}}, ""};
       },
       Code::bad_response},
  };
  for (const auto& [answer, code] : cases) {
    Refreshing refreshing;
    refreshing.answer = answer;
    try {
      refreshing.ask();
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code == code);
    }
    CHECK(refreshing.sent == 1);
  }
}
