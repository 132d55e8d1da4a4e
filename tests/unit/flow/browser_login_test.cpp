#include "flow/browser_login.h"

#include <doctest/doctest.h>

#include <csignal>

#include "support/id_tokens.h"
#include "unit/flow/fake_login.h"

using namespace xauth;
using namespace xauth::flow;

namespace {

using Calls = std::vector<std::string>;

bool says(const std::string& page, const char* title) {
  return page.find(std::string("<h1>") + title) != std::string::npos;
}

std::string form_of(const HttpRequest& request) { return encode_form(*request.form).reveal(); }

}  // namespace

TEST_CASE("a login asks, waits, exchanges, looks who it is and keeps it, in this order, LI-15") {
  FakeLogin fake;
  const auto granted = fake.run();
  CHECK(says(fake.page(), "You are logged in"));
  CHECK(fake.calls ==
        Calls{"random", "random", "random", "now", "random", "token", "now", "account", "keep"});
  CHECK(fake.opened == 1);
  REQUIRE(fake.kept.size() == 1);
  CHECK(granted.grant.access_token.reveal() == "at");
  CHECK(granted.account->name == "someone");
  CHECK(granted.issued_at == Time(Seconds(1'700'000'000)));
  CHECK(granted.redirect_uri.starts_with("http://127.0.0.1:"));
  const auto form = form_of(fake.sent.front());
  CHECK(form.find("&code=c&") != std::string::npos);
  CHECK(form.find("redirect_uri=" + form_encode(granted.redirect_uri)) != std::string::npos);
}

TEST_CASE("whichever call fails, its code comes out, nothing is kept and the page says so, LI-15") {
  struct Expected {
    const char* call;
    int status;
    bool kept;
    const char* page;  // null: no browser was led anywhere
  };
  const Expected expected[] = {
      {"random", 1, false, nullptr},
      {"random", 1, false, nullptr},
      {"random", 1, false, nullptr},
      {"now", 1, false, "The login did not work"},
      {"random", 1, false, "The login did not work"},
      {"token", 6, false, "The login did not work"},
      {"now", 1, false, "The login did not work"},
      {"account", 0, true, "You are logged in"},  // told, not fatal
      {"keep", 8, false, "The login did not work"},
      {"", 0, true, "You are logged in"},  // none fails
  };
  for (std::size_t k = 1; k <= std::size(expected); ++k) {
    const auto& wanted = expected[k - 1];
    CAPTURE(k);
    FakeLogin fake;
    fake.failing = k;
    CHECK(fake.ends_with() == wanted.status);
    const std::string page = fake.page();
    CHECK(page.empty() == (wanted.page == nullptr));
    if (wanted.page != nullptr) CHECK(says(page, wanted.page));
    CHECK(fake.kept.size() == (wanted.kept ? 1 : 0));
    const std::string why = wanted.call + std::string(" failed");
    if (wanted.status != 0) CHECK(fake.last_error.message.starts_with(why));
    CHECK(fake.calls.size() >= std::min(k, std::size_t(9)));
  }
}

TEST_CASE("nothing is sent or kept before the answer has passed its checks, CB-4, CB-5") {
  const std::tuple<const char*, int, const char*> cases[] = {
      {"error=access_denied", 3, "Nothing was granted"},
      {"error=server_error", 6, "The login did not work"},
      {"error=unauthorized_client", 2, "The login did not work"},
      {"code=", 7, "The login did not work"},
      {"code=a&code=b", 7, "The login did not work"},
      {"code=a&error=access_denied", 7, "The login did not work"},
      {"code=a&access_token=t", 7, "The login did not work"},
      {"x=1", 7, "The login did not work"},
  };
  for (const auto& [query, status, title] : cases) {
    CAPTURE(query);
    FakeLogin fake;
    fake.query = query;
    CHECK(fake.ends_with() == status);
    CHECK(says(fake.page(), title));
    CHECK(fake.sent.empty());
    CHECK(fake.kept.empty());
  }
}

TEST_CASE("a strange answer to the code request ends the login, and the code is sent once") {
  const std::tuple<HttpResponse, int, const char*> cases[] = {
      {json_answer(R"({"error":"invalid_grant"})", 400), 3, "Nothing was granted"},
      {json_answer(R"({"error":"invalid_client"})", 401), 2, "The login did not work"},
      {json_answer("{}"), 7, "The login did not work"},
      {json_answer(R"({"access_token":"a","token_type":"mac"})"), 7, "The login did not work"},
      {json_answer("", 503), 6, "The login did not work"},
      {{302, {{"Location", "https://evil.example/"}}, ""}, 7, "The login did not work"},
      {{200, {{"Content-Type", "text/html"}}, "<html>"}, 7, "The login did not work"},
  };
  for (const auto& one : cases) {
    const auto& response = std::get<0>(one);
    CAPTURE(response.status);
    CAPTURE(response.body);
    FakeLogin fake;
    fake.token_answer = [&] { return response; };
    CHECK(fake.ends_with() == std::get<1>(one));
    CHECK(says(fake.page(), std::get<2>(one)));
    CHECK(fake.sent.size() == 1);
    CHECK(fake.kept.empty());
  }
}

TEST_CASE("a stray answer before ours changes nothing, CB-1, CB-2") {
  FakeLogin fake;
  fake.login.on_authorize_url = [&](const Url& url, const std::string& redirect_uri) {
    const auto state = parameter_of(url, "state");
    fake.browser = std::async(std::launch::async, [redirect_uri, state] {
      bring(redirect_uri, "error=access_denied");
      bring(redirect_uri, "code=evil&state=wrong");
      return bring(redirect_uri, "code=c&state=" + state);
    });
  };
  CHECK(fake.ends_with() == 0);
  CHECK(says(fake.page(), "You are logged in"));
  CHECK(form_of(fake.sent.front()).find("code=c&") != std::string::npos);
  CHECK(fake.told().find("ignored 2 replies") != std::string::npos);
}

TEST_CASE("a browser that cannot be started is told, and the wait goes on") {
  FakeLogin fake;
  fake.no_browser = true;
  CHECK(fake.ends_with() == 0);
  CHECK(says(fake.page(), "You are logged in"));
  CHECK(fake.told().find("no browser could be started") != std::string::npos);
}

TEST_CASE("an account that cannot be told is a warning") {
  FakeLogin fake;
  fake.account_answer = [] { return json_answer("{}", 403); };
  const auto granted = fake.run();
  CHECK_FALSE(granted.account);
  CHECK(fake.told().find("cannot tell whose account this is") != std::string::npos);
  CHECK(says(fake.page(), "You are logged in"));
}

TEST_CASE("what `keep` refuses is not shown as a login, LI-15") {
  FakeLogin fake;
  const auto refuse = [](const Granted&) { throw Error(Code::refused, "another account"); };
  CHECK_THROWS_AS(browser_login(fake.system(), fake.login, refuse), Error);
  CHECK(says(fake.page(), "Nothing was granted"));
}

TEST_CASE("nobody comes: 5, LI-18") {
  FakeLogin fake;
  fake.login.timeout = Seconds(0);
  fake.login.on_authorize_url = [](const Url&, const std::string&) {};
  CHECK(fake.ends_with() == 5);
  CHECK(fake.sent.empty());
}

TEST_CASE("a signal ends the wait, and frees the port, LI-5, LI-18") {
  FakeLogin fake;
  std::string uri;
  fake.login.on_authorize_url = [&](const Url&, const std::string& redirect) { uri = redirect; };
  fake.login.on_waiting = [](const std::string&) { std::raise(SIGTERM); };
  CHECK(fake.ends_with() == 128 + SIGTERM);
  CHECK_THROWS_AS(get_raw(uri, "/"), std::runtime_error);
}

TEST_CASE("a signal during the last requests ends the login, and nothing is kept, LI-18") {
  const auto interrupted = []() -> HttpResponse {
    std::raise(SIGINT);
    throw SendFailure(Code::unreachable, "interrupted", {}, true);
  };
  FakeLogin at_token;
  at_token.token_answer = interrupted;
  CHECK(at_token.ends_with() == 128 + SIGINT);
  CHECK(says(at_token.page(), "The login did not work"));

  FakeLogin at_account;
  at_account.account_answer = interrupted;
  CHECK(at_account.ends_with() == 128 + SIGINT);
  CHECK(says(at_account.page(), "The login did not work"));
  CHECK(at_account.kept.empty());
}

namespace {

// A login that asks for an ID token; the token endpoint gives one with these claims, and the nonce
// that was sent.
void ask_openid(FakeLogin& fake, const std::function<void(Json& claims)>& change) {
  fake.login.options.scope = {"openid"};
  fake.login.provider.revoke_url = "https://as.example/revoke";
  fake.login.client.id = "client";
  const auto tell = fake.login.on_authorize_url;
  auto nonce = std::make_shared<std::string>();
  fake.login.on_authorize_url = [tell, nonce](const Url& url, const std::string& redirect_uri) {
    *nonce = parameter_of(url, "nonce");
    tell(url, redirect_uri);
  };
  fake.token_answer = [nonce, change] {
    auto parts = test::sound_id_token();
    parts.claims.set("nonce", Json(*nonce));
    change(parts.claims);
    const auto token = test::sign_id_token(parts, test::ec_key()).reveal();
    return json_answer(R"({"access_token":"at","refresh_token":"rt","id_token":")" + token + "\"}");
  };
}

}  // namespace

TEST_CASE("an ID token is checked before anything is kept, its nonce is the one sent, ID-12") {
  FakeLogin fake;
  ask_openid(fake, [](Json&) {});
  fake.account_answer = [] {
    return json_answer(R"({"sub":"person-1","email":"one@as.example"})");
  };
  CHECK(fake.run().account->name == "one@as.example");
  FakeLogin wrong;
  ask_openid(wrong, [](Json& claims) { claims.set("nonce", "m"); });
  CHECK(wrong.ends_with() == 7);
  CHECK(wrong.kept.empty());
  CHECK(wrong.last_error.message ==
        "the ID token is not of this login (nonce); the new login was not kept");
  REQUIRE(wrong.sent.size() == 3);  // the exchange, then both tokens are revoked
  CHECK(wrong.sent[1].url.path == "/revoke");
}

TEST_CASE("userinfo of another person is not used, the ID token says who it is, ID-15") {
  FakeLogin fake;
  ask_openid(fake, [](Json& claims) { claims.set("preferred_username", "one"); });
  fake.account_answer = [] { return json_answer(R"({"sub":"2","preferred_username":"two"})"); };
  const auto granted = fake.run();
  CHECK(granted.account->name == "one");
  CHECK(granted.account->id == "person-1");
  CHECK(fake.told().find("(sub)") != std::string::npos);
}

TEST_CASE("without an account endpoint the ID token says who it is") {
  FakeLogin fake;
  ask_openid(fake, [](Json& claims) { claims.set("email", "one@as.example"); });
  fake.login.provider.userinfo_url.clear();
  CHECK(fake.run().account->name == "one@as.example");
}
