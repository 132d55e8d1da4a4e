#include "demo/authorize_endpoint.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

TEST_CASE("Allow sends the browser back with a code and the state, exactly as it came") {
  DemoLogin login;
  const auto page = login.authorize(DemoLogin::authorize_fields());
  REQUIRE(page.status == 200);
  const auto reply = login.decide(page, "allow");
  CHECK(reply.status == 303);
  CHECK(header(reply, "Location").starts_with(kRedirect + "?code="));
  CHECK(header(reply, "Location").ends_with("&state=s+t%2B%25"));
  CHECK(redirected(reply, "state") == "s t+%");
  CHECK(header(reply, "Cache-Control") == "no-store");
  CHECK(reply.body.empty());
}

TEST_CASE("Deny sends the browser back with access_denied and the state, and no code") {
  DemoLogin login;
  const auto reply = login.decide(login.authorize(DemoLogin::authorize_fields()), "deny");
  CHECK(reply.status == 303);
  CHECK(header(reply, "Location") == kRedirect + "?error=access_denied&state=s+t%2B%25");
}

TEST_CASE("without a state none is sent back") {
  DemoLogin login;
  const auto fields = with(DemoLogin::authorize_fields(), "state", std::nullopt);
  const auto reply = login.decide(login.authorize(fields), "deny");
  CHECK(header(reply, "Location") == kRedirect + "?error=access_denied");
}

TEST_CASE("an unknown client or redirect URI gets an error page and is never redirected") {
  DemoLogin login;
  const auto fields = DemoLogin::authorize_fields();
  const Fields requests[] = {
      with(fields, "client_id", "who"),
      with(fields, "client_id", "<script>alert(1)</script>"),
      with(fields, "client_id", std::nullopt),
      with(fields, "redirect_uri", "http://127.0.0.1:9999/callback"),  // exact in this manner
      with(fields, "redirect_uri", "https://evil.example/"),
      with(fields, "redirect_uri", "javascript:alert(1)<script>"),
      with(fields, "redirect_uri", std::nullopt),
  };
  for (const auto& request : requests) {
    CAPTURE(encode(request));
    const auto reply = login.authorize(request);
    CHECK(reply.status == 400);
    CHECK(header(reply, "Location").empty());
    CHECK(header(reply, "Content-Type") == "text/html; charset=utf-8");
    CHECK(reply.body.find("<script") == std::string::npos);
  }
  const auto twice = login.authorize([&] {
    auto repeated = fields;
    repeated.emplace_back("redirect_uri", kRedirect);
    return repeated;
  }());
  CHECK(twice.status == 400);
}

TEST_CASE("every other fault of the request goes back to the client, RFC 6749 §4.1.2.1") {
  DemoLogin login;
  const auto fields = DemoLogin::authorize_fields();
  struct Row {
    Fields fields;
    const char* error;
    const char* state;
  };
  auto repeated = fields;
  repeated.emplace_back("scope", "again");
  const Row rows[] = {
      {with(fields, "response_type", "token"), "unsupported_response_type", "s t+%"},
      {with(fields, "response_type", std::nullopt), "invalid_request", "s t+%"},
      {with(fields, "scope", "a\"b"), "invalid_scope", "s t+%"},
      {with(fields, "scope", "caf\xC3\xA9"), "invalid_scope", "s t+%"},
      {with(fields, "code_challenge", std::nullopt), "invalid_request", "s t+%"},
      {with(fields, "code_challenge", "short"), "invalid_request", "s t+%"},
      {with(fields, "code_challenge_method", "plain"), "invalid_request", "s t+%"},
      {with(fields, "code_challenge_method", std::nullopt), "invalid_request", "s t+%"},
      {repeated, "invalid_request", "s t+%"},
  };
  for (const auto& row : rows) {
    CAPTURE(encode(row.fields));
    const auto reply = login.authorize(row.fields);
    CHECK(reply.status == 303);
    CHECK(header(reply, "Location").starts_with(kRedirect + "?error="));
    CHECK(redirected(reply, "error") == row.error);
    CHECK(redirected(reply, "state") == row.state);
  }
}

TEST_CASE("the answer names its issuer where the manner says so, RFC 9207 §2") {
  auto manner = plain();
  manner.iss_in_answers = true;
  DemoLogin login(manner);
  const auto fields = DemoLogin::authorize_fields();
  CHECK(redirected(login.decide(login.authorize(fields), "allow"), "iss") ==
        "http://127.0.0.1:9000");
  const auto denied = login.decide(login.authorize(fields), "deny");
  CHECK(redirected(denied, "error") == "access_denied");
  CHECK(redirected(denied, "iss") == "http://127.0.0.1:9000");
  const auto refused = login.authorize(with(fields, "response_type", "token"));
  CHECK(redirected(refused, "iss") == "http://127.0.0.1:9000");
  DemoLogin silent(plain());
  CHECK(redirected(silent.decide(silent.authorize(fields), "allow"), "iss").empty());
}

TEST_CASE("response_mode=form_post sends the answer, and errors, by a form; others are refused") {
  DemoLogin login;
  const auto fields = with(DemoLogin::authorize_fields(), "response_mode", "form_post");
  const auto allowed = login.decide(login.authorize(fields), "allow");
  CHECK(allowed.status == 200);
  CHECK(allowed.body.find("name=\"code\" value=\"demo-code-") != std::string::npos);
  CHECK(allowed.body.find("name=\"state\" value=\"s t+%\"") != std::string::npos);
  const auto refused = login.authorize(with(fields, "response_type", "token"));
  CHECK(refused.status == 200);
  CHECK(refused.body.find("value=\"unsupported_response_type\"") != std::string::npos);
  const auto fragment = login.authorize(with(fields, "response_mode", "fragment"));
  CHECK(redirected(fragment, "error") == "invalid_request");
}

TEST_CASE("a state of 500 bytes is taken, a longer one is not, in the manner of X") {
  DemoLogin login;
  const auto fields = DemoLogin::authorize_fields();
  CHECK(login.authorize(with(fields, "state", std::string(500, 's'))).status == 200);
  const auto reply = login.authorize(with(fields, "state", std::string(501, 's')));
  CHECK(redirected(reply, "error") == "invalid_request");
}

TEST_CASE("a consent page is answered once") {
  DemoLogin login;
  const auto page = login.authorize(DemoLogin::authorize_fields());
  CHECK(login.decide(page, "allow").status == 303);
  for (const char* decision : {"allow", "deny"}) {
    const auto reply = login.decide(page, decision);
    CHECK(reply.status == 400);
    CHECK(header(reply, "Location").empty());
  }
}

TEST_CASE("an answer needs the token of a page, a decision, and a form") {
  DemoLogin login;
  const auto page = login.authorize(DemoLogin::authorize_fields());
  const auto token = DemoLogin::page_token(page);
  CHECK(login.post("/consent", {{"decision", "allow"}}).status == 400);
  CHECK(login.post("/consent", {{"page", "guess"}, {"decision", "allow"}}).status == 400);
  CHECK(login.post("/consent", {{"page", token}}).status == 400);
  CHECK(login.post("/consent", {{"page", token}, {"decision", "maybe"}}).status == 400);
  CHECK(login.get("/consent?page=" + token + "&decision=allow").status == 405);
  CHECK(login.decide(page, "allow").status == 303);  // none of them used the page up
}

TEST_CASE("a page that was left open for an hour is no longer answered") {
  DemoLogin login;
  const auto page = login.authorize(DemoLogin::authorize_fields());
  login.now += std::chrono::hours(1);
  CHECK(login.decide(page, "allow").status == 400);
}

TEST_CASE("of many open pages the newest are kept") {
  DemoLogin login;
  const auto first = login.authorize(DemoLogin::authorize_fields());
  auto last = first;
  for (int i = 0; i < 64; ++i) last = login.authorize(DemoLogin::authorize_fields());
  CHECK(login.decide(first, "allow").status == 400);
  CHECK(login.decide(last, "allow").status == 303);
}

TEST_CASE("the consent page shows a hostile scope as text") {
  DemoLogin login;
  const auto page =
      login.authorize(with(DemoLogin::authorize_fields(), "scope", "<script>alert(1)</script>"));
  CHECK(page.status == 200);
  CHECK(page.body.find("<script") == std::string::npos);
  CHECK(page.body.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
}
