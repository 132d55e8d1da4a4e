#include "demo/token_endpoint.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

const std::string kBadCode = "Value passed for the authorization code was invalid.";
const std::string kBadToken = "Value passed for the token was invalid.";

}  // namespace

TEST_CASE("a code becomes tokens, in the shape that X gives them") {
  DemoLogin login;
  const auto reply = login.log_in();
  CHECK(reply.status == 200);
  CHECK(header(reply, "Content-Type") == "application/json");
  CHECK(header(reply, "Cache-Control") == "no-store");
  CHECK(member(reply, "token_type") == "bearer");
  CHECK(parse_json(reply.body)->find("expires_in")->integer() == 7200);
  CHECK(member(reply, "scope") == kScope);
  CHECK_FALSE(member(reply, "access_token").empty());
  CHECK_FALSE(member(reply, "refresh_token").empty());
  CHECK(login.server.grants_alive() == 1);
}

TEST_CASE("a refresh token comes only with the scope that asks for it") {
  DemoLogin login;
  CHECK(parse_json(login.log_in("tweet.read users.read").body)->find("refresh_token") == nullptr);
  DemoLogin always(plain());
  CHECK_FALSE(member(always.log_in("profile"), "refresh_token").empty());
}

TEST_CASE("a code works once, and its second use ends the grant, RFC 6749 §4.1.2") {
  DemoLogin login;
  const auto code = login.code();
  const auto tokens = login.exchange(code);
  REQUIRE(tokens.status == 200);
  check_error(login.exchange(code), 400, "invalid_request", kBadCode);
  CHECK(login.server.grants_alive() == 0);
  CHECK(login.account_status(member(tokens, "access_token")) == 401);
}

TEST_CASE("a code lives for thirty seconds") {
  DemoLogin login;
  const auto in_time = login.code();
  login.now += Seconds(29);
  CHECK(login.exchange(in_time).status == 200);
  const auto late = login.code();
  login.now += Seconds(30);
  check_error(login.exchange(late), 400, "invalid_request", kBadCode);
}

TEST_CASE("an exchange with one thing wrong is refused, in words of X and of the standards") {
  struct Row {
    const char* name;
    std::optional<std::string> value;
    const char* x_error;
    const char* x_description;
    const char* standard_error;
  };
  const Row rows[] = {
      {"code", "guess", "invalid_request", "Value passed for the authorization code was invalid.",
       "invalid_grant"},
      {"client_id", "other", "invalid_request",
       "Value passed for the authorization code was invalid.", "invalid_grant"},
      {"redirect_uri", "http://127.0.0.1:8001/callback", "invalid_request",
       "Value passed for the redirect uri did not match the uri of the authorization code.",
       "invalid_grant"},
      {"code_verifier", std::string(43, 'v'), "invalid_request",
       "Value passed for the code verifier did not match the code challenge.", "invalid_grant"},
      {"code_verifier", std::nullopt, "invalid_request",
       "Missing required parameter [code_verifier].", "invalid_request"},
      {"code", std::nullopt, "invalid_request", "Missing required parameter [code].",
       "invalid_request"},
      {"redirect_uri", std::nullopt, "invalid_request",
       "Missing required parameter [redirect_uri].", "invalid_request"},
      {"client_id", std::nullopt, "invalid_request", "Missing required parameter [client_id].",
       "invalid_request"},
      {"grant_type", std::nullopt, "invalid_request", "Missing required parameter [grant_type].",
       "invalid_request"},
      {"grant_type", "password", "unsupported_grant_type", "", "unsupported_grant_type"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    DemoLogin in_x;
    const auto fields = DemoLogin::exchange_fields(in_x.code());
    check_error(in_x.post("/token", with(fields, row.name, row.value)), 400, row.x_error,
                row.x_description);
    DemoLogin in_plain(plain());
    const auto plain_fields = DemoLogin::exchange_fields(in_plain.code());
    const auto reply = in_plain.post("/token", with(plain_fields, row.name, row.value));
    CHECK(member(reply, "error") == row.standard_error);
    CHECK(in_x.post("/token", fields).status == 200);  // the failure did not use the code up
  }
}

TEST_CASE("a repeated parameter and a body that is no form are refused") {
  DemoLogin login;
  auto fields = DemoLogin::exchange_fields(login.code());
  const auto body = encode(fields);
  fields.emplace_back("code", "again");
  CHECK(member(login.post("/token", fields), "error") == "invalid_request");
  const Headers headers = {{"Host", "127.0.0.1:9000"}, {"Content-Type", "application/json"}};
  CHECK(login.server.answer({"POST", "/token", headers, body}).status == 400);
  CHECK(login.get("/token?" + body).status == 405);
}

TEST_CASE("client authentication failures have the status and the challenge of their manner") {
  const Fields form = {{"grant_type", "authorization_code"}, {"client_id", "basic"}};
  DemoLogin in_x;
  const auto reply = in_x.post("/token", form);
  check_error(reply, 401, "unauthorized_client", "Missing valid authorization header");
  CHECK(header(reply, "WWW-Authenticate") == "Basic realm=\"demo\"");
  DemoLogin in_plain(plain());
  CHECK(member(in_plain.post("/token", form), "error") == "invalid_client");
  CHECK(member(in_x.post("/token", with(form, "client_id", "who")), "error") == "invalid_client");
}

TEST_CASE("a refresh spends its token and gives a new one") {
  DemoLogin login;
  const auto first = login.log_in();
  const auto second = login.refresh(member(first, "refresh_token"));
  CHECK(second.status == 200);
  CHECK(member(second, "scope") == kScope);
  CHECK(member(second, "refresh_token") != member(first, "refresh_token"));
  CHECK(member(second, "access_token") != member(first, "access_token"));
  const auto third = login.refresh(member(second, "refresh_token"));
  CHECK(third.status == 200);
  CHECK(login.account_status(member(third, "access_token")) == 200);
  CHECK(login.server.refreshes() == 2);
}

TEST_CASE("a spent refresh token that comes again ends the whole grant, RFC 9700 §4.14") {
  DemoLogin login;
  const auto first = login.log_in();
  const auto second = login.refresh(member(first, "refresh_token"));
  check_error(login.refresh(member(first, "refresh_token")), 400, "invalid_request", kBadToken);
  CHECK(login.server.grants_alive() == 0);
  CHECK(login.account_status(member(second, "access_token")) == 401);
  check_error(login.refresh(member(second, "refresh_token")), 400, "invalid_request", kBadToken);
  CHECK(login.server.refreshes() == 1);
}

TEST_CASE("rotation and the end by reuse are matters of the manner") {
  auto lenient = x();
  lenient.reuse_kills_grant = false;
  DemoLogin login(lenient);
  const auto first = login.log_in();
  const auto second = login.refresh(member(first, "refresh_token"));
  CHECK(login.refresh(member(first, "refresh_token")).status == 400);
  CHECK(login.refresh(member(second, "refresh_token")).status == 200);

  DemoLogin in_plain(plain());
  const auto tokens = in_plain.log_in();
  const auto refreshed = in_plain.refresh(member(tokens, "refresh_token"));
  CHECK(refreshed.status == 200);
  CHECK(parse_json(refreshed.body)->find("refresh_token") == nullptr);
  CHECK(in_plain.refresh(member(tokens, "refresh_token")).status == 200);
}

TEST_CASE("a refresh token serves its own client, and for no more than was granted") {
  DemoLogin login;
  const auto token = member(login.log_in(), "refresh_token");
  const Fields form = {
      {"grant_type", "refresh_token"}, {"client_id", "public"}, {"refresh_token", token}};
  check_error(login.post("/token", with(form, "client_id", "other")), 400, "invalid_request",
              kBadToken);
  check_error(login.refresh("guess"), 400, "invalid_request", kBadToken);
  CHECK(member(login.post("/token", with(form, "scope", "dm.read")), "error") == "invalid_scope");
  check_error(login.post("/token", with(form, "refresh_token", std::nullopt)), 400,
              "invalid_request", "Missing required parameter [refresh_token].");
  const auto narrow = login.post("/token", with(form, "scope", "tweet.read"));
  CHECK(member(narrow, "scope") == "tweet.read");
  CHECK(login.account_status(member(narrow, "access_token")) == 403);
}

TEST_CASE("a second login of the same client ends the first one, in the manner of X alone") {
  DemoLogin login;
  const auto first = login.log_in();
  const auto second = login.log_in();
  CHECK(login.server.grants_alive() == 1);
  CHECK(login.account_status(member(first, "access_token")) == 401);
  CHECK(login.account_status(member(second, "access_token")) == 200);
  CHECK(login.refresh(member(first, "refresh_token")).status == 400);

  const auto others = login.code(DemoLogin::authorize_fields("other"));
  CHECK(login.post("/token", DemoLogin::exchange_fields(others, "other")).status == 200);
  CHECK(login.account_status(member(second, "access_token")) == 200);

  DemoLogin in_plain(plain());
  const auto kept = in_plain.log_in();
  in_plain.log_in();
  CHECK(in_plain.account_status(member(kept, "access_token")) == 200);
}

TEST_CASE("revoking the refresh token ends its access token too, RFC 7009 §2.1") {
  DemoLogin login;
  const auto tokens = login.log_in();
  const Fields form = {{"client_id", "public"},
                       {"token", member(tokens, "refresh_token")},
                       {"token_type_hint", "refresh_token"}};
  CHECK(login.post("/revoke", form).status == 200);
  CHECK(login.server.grants_alive() == 0);
  CHECK(login.account_status(member(tokens, "access_token")) == 401);
  CHECK(login.refresh(member(tokens, "refresh_token")).status == 400);
  CHECK(login.post("/revoke", form).status == 200);  // gone is gone
}

TEST_CASE("revoking the access token leaves the refresh token") {
  DemoLogin login;
  const auto tokens = login.log_in();
  const Fields form = {{"client_id", "public"},
                       {"token", member(tokens, "access_token")},
                       {"token_type_hint", "access_token"}};
  CHECK(login.post("/revoke", form).status == 200);
  CHECK(login.account_status(member(tokens, "access_token")) == 401);
  CHECK(login.refresh(member(tokens, "refresh_token")).status == 200);
}

TEST_CASE("a revocation is for the client's own tokens, and needs what its manner asks for") {
  DemoLogin login;
  const auto tokens = login.log_in();
  const Fields form = {{"client_id", "public"},
                       {"token", member(tokens, "refresh_token")},
                       {"token_type_hint", "refresh_token"}};
  check_error(login.post("/revoke", with(form, "token_type_hint", std::nullopt)), 400,
              "invalid_request", "Missing required parameter [token_type_hint].");
  check_error(login.post("/revoke", with(form, "token", std::nullopt)), 400, "invalid_request",
              "Missing required parameter [token].");
  CHECK(login.post("/revoke", with(form, "client_id", "basic")).status == 401);
  CHECK(login.post("/revoke", with(form, "client_id", "other")).status == 200);
  CHECK(login.post("/revoke", with(form, "token", "unknown")).status == 200);
  CHECK(login.account_status(member(tokens, "access_token")) == 200);

  DemoLogin in_plain(plain());
  const Fields no_hint = {{"client_id", "public"},
                          {"token", member(in_plain.log_in(), "refresh_token")}};
  CHECK(in_plain.post("/revoke", no_hint).status == 200);
  CHECK(in_plain.server.grants_alive() == 0);
}

TEST_CASE("the account endpoint tells who the token is") {
  DemoLogin login;
  const auto token = member(login.log_in(), "access_token");
  const auto reply = login.get("/me", {{"Authorization", "Bearer " + token}});
  CHECK(reply.status == 200);
  CHECK(reply.body == R"({"data":{"id":"2244994945","name":"Demo Person","username":"demo"}})");
  CHECK(login.get("/me", {{"Authorization", "bearer " + token}}).status == 200);
  CHECK(login.get("/me?access_token=" + token).status == 401);

  DemoLogin in_plain(plain());
  const auto plain_token = member(in_plain.log_in("openid"), "access_token");
  const auto claims = in_plain.get("/me", {{"Authorization", "Bearer " + plain_token}});
  CHECK(member(claims, "preferred_username") == "demo");
}

TEST_CASE("the account endpoint turns away a token that is absent, wrong, expired or too weak") {
  DemoLogin login;
  CHECK(header(login.get("/me"), "WWW-Authenticate") == "Bearer");
  const auto wrong = login.get("/me", {{"Authorization", "Bearer wrong"}});
  CHECK(wrong.status == 401);
  CHECK(header(wrong, "WWW-Authenticate") == "Bearer error=\"invalid_token\"");
  const auto weak = member(login.log_in("tweet.read"), "access_token");
  const auto refused = login.get("/me", {{"Authorization", "Bearer " + weak}});
  CHECK(refused.status == 403);
  CHECK(member(refused, "error") == "insufficient_scope");
  const auto tokens = login.log_in();
  login.now += Seconds(7199);
  CHECK(login.account_status(member(tokens, "access_token")) == 200);
  login.now += Seconds(1);
  CHECK(login.account_status(member(tokens, "access_token")) == 401);
  CHECK(login.refresh(member(tokens, "refresh_token")).status == 200);
}

TEST_CASE("a confidential client gets a token of its own, and no refresh token, RFC 6749 §4.4") {
  DemoLogin login(plain());
  const Fields form = {{"grant_type", "client_credentials"},
                       {"client_id", "post"},
                       {"client_secret", "s:e c"},
                       {"scope", "reports"}};
  const auto reply = login.post("/token", form);
  CHECK(reply.status == 200);
  CHECK(member(reply, "scope") == "reports");
  CHECK(member(reply, "refresh_token").empty());
  CHECK(login.account_status(member(reply, "access_token")) == 200);
  CHECK(member(login.post("/token", with(form, "client_secret", "x")), "error") ==
        "invalid_client");
  const Fields by_public = {{"grant_type", "client_credentials"}, {"client_id", "public"}};
  CHECK(member(login.post("/token", by_public), "error") == "unauthorized_client");
}

TEST_CASE("introspection tells a confidential client about its own tokens alone, RFC 7662 §2") {
  DemoLogin login(plain());
  const Fields secret = {{"client_id", "post"}, {"client_secret", "s:e c"}};
  auto form = with(with(secret, "grant_type", "client_credentials"), "scope", "reports");
  const auto token = member(login.post("/token", form), "access_token");
  const auto told = login.post("/introspect", with(secret, "token", token));
  CHECK(told.status == 200);
  CHECK(told.body == R"({"active":true,"scope":"reports","client_id":"post","username":"demo",)"
                     R"("sub":"2244994945","iss":"http://127.0.0.1:9000","token_type":"Bearer",)"
                     R"("iat":1700000000,"exp":1700003600})");
  const std::string inactive = R"({"active":false})";
  CHECK(login.post("/introspect", with(secret, "token", "guess")).body == inactive);
  const auto of_another = member(login.log_in("profile"), "access_token");
  CHECK(login.post("/introspect", with(secret, "token", of_another)).body == inactive);
  login.now += Seconds(3600);
  CHECK(login.post("/introspect", with(secret, "token", token)).body == inactive);
  CHECK(login.post("/introspect", secret).status == 400);
  const Fields by_public = {{"client_id", "public"}, {"token", of_another}};
  CHECK(login.post("/introspect", by_public).status == 401);
  CHECK(DemoLogin().post("/introspect", by_public).status == 404);
}
