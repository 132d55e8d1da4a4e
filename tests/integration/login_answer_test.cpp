// Token answers that are odd and good: what providers really send is understood, and kept.
#include <doctest/doctest.h>

#include "support/workplace.h"
#include "unit/system/raw_client.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// The token file after a login that was answered so.
Json tokens_after(const Workplace& here, const std::string& body,
                  const std::string& type = "application/json") {
  here.provider->server().replace("/token", [=](const IncomingRequest&) {
    return OutgoingReply{200, {{"Content-Type", type}}, body};
  });
  const Finished login = here.log_in(here.login("work", kPublicClient, {"--scope", "a b"}));
  CAPTURE(body);
  CAPTURE(login.err);
  CHECK(login.status == 0);
  return here.json_of("tokens/work.json");
}

}  // namespace

TEST_CASE("the least that is an answer: scope as asked, Bearer, expiry unknown, TR-1, TR-5, TR-7") {
  const Workplace here;
  const Json tokens = tokens_after(here, R"({"access_token":"t"})");
  CHECK(*tokens.find("access_token")->string() == "t");
  CHECK(*tokens.find("token_type")->string() == "Bearer");
  CHECK(*tokens.find("scope")->string() == "a b");
  CHECK(tokens.find("expires_at") == nullptr);
  CHECK(tokens.find("refresh_token") == nullptr);
  const Finished token = run(here.start({"token", "work"}));
  CHECK(token.status == 0);
  CHECK(token.out == "t\n");
}

TEST_CASE("token_type in any case, charset, form bodies, TR-2, TR-3, TR-6") {
  const Workplace here;
  CHECK(tokens_after(here, R"({"access_token":"t","token_type":"bEARER","x":[1]})",
                     "application/json; charset=utf-8")
            .find("token_type")
            ->text() == "\"Bearer\"");
  const Json form =
      tokens_after(here, "access_token=a%2Bb&scope=a+b&expires_in=60&token_type=bearer",
                   "application/x-www-form-urlencoded");
  CHECK(*form.find("access_token")->string() == "a+b");
  CHECK(*form.find("expires_at")->integer() == *form.find("issued_at")->integer() + 60);
}

TEST_CASE("expires_in as providers write it, TR-5") {
  const Workplace here;
  const auto life = [&](const std::string& written) {
    const Json tokens = tokens_after(here, R"({"access_token":"t","expires_in":)" + written + "}");
    const Json* end = tokens.find("expires_at");
    return end == nullptr ? -1 : *end->integer() - *tokens.find("issued_at")->integer();
  };
  CHECK(life("60") == 60);
  CHECK(life("\"60\"") == 60);
  CHECK(life("60.9") == 60);
  CHECK(life("0") == -1);
  CHECK(life("null") == -1);
  CHECK(life("2147483647") == -1);
  CHECK(life("18446744073709551615") == -1);
}

TEST_CASE("a scope that is an array is kept as text") {
  const Workplace here;
  CHECK(*tokens_after(here, R"({"access_token":"t","scope":["a","b"]})").find("scope")->string() ==
        "a b");
}

TEST_CASE("errors that come by the redirect end with their own status, CB-12") {
  const Workplace here;
  for (const auto& [error, status] :
       {std::pair("access_denied", 3), std::pair("invalid_scope", 3),
        std::pair("login_required", 3), std::pair("unauthorized_client", 2),
        std::pair("server_error", 6), std::pair("temporarily_unavailable", 6)}) {
    CAPTURE(error);
    Running login(here.start(here.login("work", kPublicClient)));
    const auto told = await_url(login);
    const int port = parse_url(redirect_uri_in(told))->port;
    testing::RawClient client(port);
    client.ask("GET /callback?error=" + std::string(error) +
               "&error_description=why%1b&state=" + state_in(told) +
               " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n");
    testing::RawClient browser(port);
    browser.ask("GET /callback/result HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                "\r\n\r\n");
    const Finished ended = login.wait();
    CHECK(ended.status == status);
    CHECK(ended.err.find(std::string(error) + ": why\n") != std::string::npos);
  }
  CHECK(here.provider->server().count("/token") == 0);
}
