#include "flow/refresh.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;

namespace {

struct Refreshing {
  oauth::TokenAnswer ask() {
    System system;
    system.now = [] { return Time(Seconds(1'700'000'000)); };
    system.sleep = [](std::chrono::milliseconds) {};
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

TEST_CASE(
    "a refresh that may be lost is asked for twice, a busy provider three times, RF-11, TQ-16") {
  struct Row {
    std::function<HttpResponse()> answer;
    Code code;
    int sent;
  };
  const Row rows[] = {
      {[]() -> HttpResponse { throw SendFailure(Code::unreachable, "cut", {}, true); },
       Code::unreachable, 2},
      {[]() -> HttpResponse { throw SendFailure(Code::bad_response, "broken", {}, true); },
       Code::bad_response, 1},
      {[] { return json("", 503); }, Code::unreachable, 3},
      {[] { return json("", 500); }, Code::unreachable, 2},
      {[] { return json("", 200); }, Code::bad_response, 1},
      {[] {
         return HttpResponse{307, {{"Location", "https://evil.example/"}}, ""};
       },
       Code::bad_response, 1},
  };
  for (const auto& row : rows) {
    Refreshing refreshing;
    refreshing.answer = row.answer;
    try {
      refreshing.ask();
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code == row.code);
    }
    CHECK(refreshing.sent == row.sent);
  }
}
