#include "demo/authorization_server.h"

#include <doctest/doctest.h>

#include <future>
#include <stdexcept>
#include <thread>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

TEST_CASE("only requests to our own address are answered: a foreign name may be rebound to us") {
  DemoLogin login;
  const auto target = "/authorize?" + encode(DemoLogin::authorize_fields());
  const auto status = [&](Headers headers) {
    return login.server.answer({"GET", target, std::move(headers), ""}).status;
  };
  CHECK(status({{"Host", "127.0.0.1:9000"}}) == 200);
  CHECK(status({{"Host", "localhost:9000"}}) == 200);
  CHECK(status({{"Host", "evil.example:9000"}}) == 421);
  CHECK(status({{"Host", "127.0.0.1:9001"}}) == 421);
  CHECK(status({{"Host", "127.0.0.1"}}) == 421);
  CHECK(status({{"Host", ""}}) == 421);
  CHECK(status({}) == 421);
  AuthorizationServer closed(
      x(), demo_clients(), [] { return Time(); }, counting_random());
  CHECK(closed.answer({"GET", target, {{"Host", "127.0.0.1:-1"}}, ""}).status == 421);
}

TEST_CASE("other paths and methods are turned away and change nothing") {
  DemoLogin login;
  CHECK(login.get("/").status == 404);
  CHECK(login.get("/favicon.ico").status == 404);
  CHECK(login.get("/%74oken").status == 404);
  const auto reply = login.post("/authorize", DemoLogin::authorize_fields());
  CHECK(reply.status == 405);
  CHECK(header(reply, "Allow") == "GET");
  for (const char* method : {"HEAD", "OPTIONS", "PUT", "get"}) {
    CAPTURE(method);
    const Headers headers = {{"Host", "127.0.0.1:9000"}};
    CHECK(login.server.answer({method, "/authorize", headers, ""}).status == 405);
  }
}

TEST_CASE("an answer can be replaced, also where there was none, and comes back") {
  DemoLogin login;
  const auto token = member(login.log_in(), "refresh_token");
  const auto unavailable = [](const IncomingRequest&) { return OutgoingReply{503, {}, "later"}; };
  login.server.replace("/token", unavailable);
  login.server.replace("/.well-known/openid-configuration", unavailable);
  CHECK(login.refresh(token).body == "later");
  CHECK(login.get("/.well-known/openid-configuration?x=1").status == 503);
  CHECK(login.server.refreshes() == 0);
  login.server.restore("/token");
  CHECK(login.refresh(token).status == 200);
}

TEST_CASE("an answer can be wrapped, and lost after the request took effect") {
  DemoLogin login;
  const auto token = member(login.log_in(), "refresh_token");
  login.server.wrap("/token", [](const IncomingRequest& request, const Answer& original) {
    original(request);
    throw std::runtime_error("lost");
    return OutgoingReply();
  });
  CHECK_THROWS_AS(login.refresh(token), std::runtime_error);
  CHECK(login.server.refreshes() == 1);
}

TEST_CASE("an answer that is held back holds up nobody else") {
  DemoLogin login;
  const auto token = member(login.log_in(), "refresh_token");
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  login.server.wrap("/token", [opened](const IncomingRequest& request, const Answer& original) {
    opened.wait();
    return original(request);
  });
  const int before = login.server.count("/token");
  auto held = std::async(std::launch::async, [&] { return login.refresh(token).status; });
  CHECK(login.server.await_requests("/token", before + 1, std::chrono::seconds(10)));
  CHECK(login.get("/me").status == 401);
  CHECK(login.server.refreshes() == 0);
  gate.set_value();
  CHECK(held.get() == 200);
}

TEST_CASE("the log keeps what was asked, with the form decoded, and counts it all") {
  DemoLogin login;
  const auto code = login.code();
  login.exchange(code);
  login.get("/me?fields=a%20b");
  const auto requests = login.server.requests("/token");
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].request.method == "POST");
  CHECK(requests[0].parameter("code") == code);
  CHECK(requests[0].parameter("redirect_uri") == kRedirect);
  CHECK_FALSE(requests[0].parameter("client_secret"));
  CHECK(login.server.requests("/me").at(0).parameter("fields") == "a b");
  for (int i = 0; i < 300; ++i) login.get("/me");
  CHECK(login.server.requests("/me").size() == 256);
  CHECK(login.server.requests("/token").empty());
  CHECK(login.server.count("/me") == 301);
  CHECK(login.server.count("/token") == 1);
  CHECK_FALSE(login.server.await_requests("/token", 2, std::chrono::milliseconds(0)));
}

TEST_CASE("access tokens can be let expire, and made to live shorter") {
  DemoLogin login;
  const auto tokens = login.log_in();
  login.server.expire_access_tokens();
  CHECK(login.account_status(member(tokens, "access_token")) == 401);
  login.server.set_access_token_lifetime(Seconds(5));
  const auto refreshed = login.refresh(member(tokens, "refresh_token"));
  CHECK(parse_json(refreshed.body)->find("expires_in")->integer() == 5);
  CHECK(login.account_status(member(refreshed, "access_token")) == 200);
  login.now += Seconds(5);
  CHECK(login.account_status(member(refreshed, "access_token")) == 401);
}

TEST_CASE("of many threads that spend one refresh token a single one gets through") {
  auto manner = x();
  manner.reuse_kills_grant = false;
  DemoLogin login(manner);
  const auto token = member(login.log_in(), "refresh_token");
  std::vector<std::future<int>> statuses;
  for (int i = 0; i < 16; ++i) {
    statuses.push_back(std::async(std::launch::async, [&] { return login.refresh(token).status; }));
  }
  int good = 0;
  for (auto& status : statuses) good += status.get() == 200 ? 1 : 0;
  CHECK(good == 1);
  CHECK(login.server.refreshes() == 1);
}
