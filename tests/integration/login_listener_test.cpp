// The listener of a running login against everything that is not its answer.
#include <doctest/doctest.h>

#include <future>

#include "base/encoding.h"
#include "support/tally.h"
#include "support/waiting_login.h"

using namespace xauth;
using namespace xauth::test;
using testing::RawClient;

namespace {

using Waiting = WaitingLogin;

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string parameter_of(const Url& url, std::string_view name) {
  for (const auto& parameter : parse_query(url.query.value_or(""))) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  return {};
}

}  // namespace

TEST_CASE(
    "a thousand strangers do not end a login, are told once, and counted, CB-1, CB-2, LI-6, IN-7") {
  const Workplace here;
  Waiting waiting(here);
  const std::string& state = waiting.state;
  struct Stray {
    std::string line;
    std::string headers;
    int status;
  };
  const std::vector<Stray> to_the_callback = {
      {"GET /callback", "", 400},
      {"GET /callback?code=x", "", 400},
      {"GET /callback?code=x&state=", "", 400},
      {"GET /callback?code=x&state=wrong", "", 400},
      {"GET /callback?code=x&state=" + state + "x", "", 400},
      {"GET /callback?code=x&state=" + state + "&state=" + state, "", 400},
      {"GET /callback?error=access_denied", "", 400},
      {"GET /callback?error=access_denied&state=wrong", "", 400},
  };
  const std::string right = "/callback?error=access_denied&state=" + state;
  const std::vector<Stray> elsewhere = {
      {"HEAD " + right, "", 405},
      {"POST " + right, "Content-Length: 0\r\n", 405},
      {"OPTIONS " + right, "", 405},
      {"PUT " + right, "", 405},
      {"GET /%63allback?error=access_denied&state=" + state, "", 404},
      {"GET /callback/?error=access_denied&state=" + state, "", 404},
      {"GET /favicon.ico", "", 404},
      {"GET /", "", 404},
      {"GET /callback/result", "", 404},
  };
  int asked = 0;
  for (int round = 0; round < 60; ++round) {
    for (const auto* strays : {&to_the_callback, &elsewhere}) {
      for (const auto& stray : *strays) {
        CAPTURE(stray.line);
        CHECK(status_of(waiting.ask(stray.line, stray.headers)) == stray.status);
        ++asked;
      }
    }
  }
  CHECK(asked >= 1000);
  CHECK(waiting.login.await_error("still waiting").find(waiting.told) == 0);
  decide(waiting.url);
  const Finished ended = waiting.login.wait();
  CHECK(ended.status == 0);
  CHECK(count_of(ended.err, "still waiting") == 1);
  CHECK(count_of(ended.err, "ignored 480 replies") == 1);
  tally("hostile requests to a login", asked);
  CHECK(here.provider->server().count("/token") == 1);
}

TEST_CASE("an answer to one login is a stranger's to another one, LI-7") {
  const Workplace here;
  Waiting one(here);
  Waiting other(here);
  CHECK(one.port != other.port);
  CHECK(status_of(other.ask("GET /callback?code=c&state=" + one.state)) == 400);
  CHECK(status_of(one.ask("GET /callback?error=access_denied&state=" + other.state)) == 400);
  decide(one.url);
  CHECK(one.login.wait().status == 0);
  decide(other.url);
  CHECK(other.login.wait().status == 0);
}

TEST_CASE("settings that change while a login waits do not change where its code goes, CB-11") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  Running login(here.start({"login", "work", "--no-browser"}));
  const auto told = await_url(login);
  for (const char* member : {"token_url", "client_id"}) {
    const auto setting = std::string("profile.work.") + member;
    REQUIRE(run(here.start({"config", "set", setting, "https://evil.example/token"})).status == 0);
  }
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  CHECK(here.provider->server().count("/token") == 2);
  CHECK(here.provider->server().requests("/token").back().parameter("client_id") == kPublicClient);
}

TEST_CASE("the code of another login ends in the provider's refusal, and nothing is kept, IN-14") {
  const Workplace here;
  const Waiting attacker(here);
  Waiting victim(here);
  Url planted = victim.url;  // the code is the attacker's by its challenge, the state the victim's
  const std::string ours = parameter_of(victim.url, "code_challenge");
  planted.query->replace(planted.query->find(ours), ours.size(),
                         parameter_of(attacker.url, "code_challenge"));
  decide(planted);
  const Finished ended = victim.login.wait();
  CHECK(ended.status == 3);
  CHECK(ended.err.find("invalid_grant") != std::string::npos);
  CHECK(here.provider->server().count("/token") == 1);
  CHECK(here.files().empty());
}

TEST_CASE("requests of other hosts and other pages get nothing, LI-9, LI-10, IN-10") {
  const Workplace here;
  Waiting waiting(here);
  const std::string line = "GET /callback?error=access_denied&state=" + waiting.state;
  for (const char* headers :
       {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Mode: cors\r\n",
        "Sec-Fetch-Mode: no-cors\r\n", "Sec-Fetch-Dest: image\r\n", "Sec-Purpose: prefetch\r\n"}) {
    CAPTURE(headers);
    const auto answer = waiting.ask(line, headers);
    CHECK(status_of(answer) == 403);
    CHECK(answer.find("Access-Control") == std::string::npos);
  }
  for (const std::string& host :
       {std::string("evil.example"), "localhost:" + std::to_string(waiting.port),
        std::string("127.0.0.1"), "127.0.0.1:" + std::to_string(waiting.port) + "0"}) {
    CAPTURE(host);
    RawClient client(waiting.port);
    CHECK(status_of(client.ask(line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")) == 421);
  }
  RawClient hostless(waiting.port);
  CHECK(status_of(hostless.ask(line + " HTTP/1.0\r\n\r\n")) != 303);
  decide(waiting.url);
  const Finished ended = waiting.login.wait();
  CHECK(ended.status == 0);
  CHECK(count_of(ended.err, "ignored 6 replies") == 1);  // those to the callback, by a page's hand
}

TEST_CASE("what goes elsewhere is told with -v only") {
  const Workplace here;
  Waiting quiet(here);
  quiet.ask("GET /favicon.ico");
  Waiting verbose(here, {"-v"});
  verbose.ask("GET /favicon.ico");
  CHECK(verbose.login.await_error("got 404").find("favicon") == std::string::npos);
  decide(quiet.url);
  CHECK(quiet.login.wait().err.find("got 404") == std::string::npos);
}

TEST_CASE("requests beyond the limits are refused, and the wait goes on, LI-12") {
  const Workplace here;
  Waiting waiting(here);
  CHECK(status_of(waiting.ask("GET /callback?" + std::string(9000, 'a'))) >= 400);
  CHECK(status_of(waiting.ask("GET /", "X: " + std::string(17'000, 'a') + "\r\n")) >= 400);
  std::string headers;
  for (int i = 0; i < 65; ++i) headers += "X: 1\r\n";
  CHECK(status_of(waiting.ask("GET /", headers)) >= 400);
  RawClient garbage(waiting.port);
  garbage.ask("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n");
  decide(waiting.url);
  CHECK(waiting.login.wait().status == 0);
}

TEST_CASE("idle and slow connections hold nothing up, LI-11, LI-13, IN-8") {
  const Workplace here;
  Waiting waiting(here);
  std::vector<RawClient> idle;
  for (int i = 0; i < 200; ++i) idle.emplace_back(waiting.port);
  std::vector<RawClient> slow;
  for (int i = 0; i < 50; ++i) slow.emplace_back(waiting.port);
  std::promise<void> over;
  auto until = over.get_future();
  const auto dripping = std::async(std::launch::async, [&] {
    const std::string request = "GET /callback?code=x HTTP/1.1\r\n";
    std::size_t at = 0;
    do {
      for (auto& client : slow) client.send(request.substr(at % request.size(), 1));
      ++at;
    } while (until.wait_for(std::chrono::seconds(1)) == std::future_status::timeout);
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = waiting.ask("GET /callback?error=access_denied&state=" + waiting.state);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
  CHECK(status_of(answer) == 303);
  CHECK(status_of(waiting.ask("GET /callback/result")) == 200);
  const auto answered = std::chrono::steady_clock::now();
  CHECK(waiting.login.wait().status == 3);
  CHECK(std::chrono::steady_clock::now() - answered < std::chrono::seconds(1));
  over.set_value();
}

TEST_CASE("answers that are ours and malformed end the login: 7, and no code is sent, CB-4, CB-5") {
  const Workplace here;
  for (const char* query :
       {"code=a&error=b", "code=a&code=a", "error=a&error=b", "code=", "", "code=a%00", "code=a%",
        "code=%ff", "iss=a&iss=b&code=a", "code=a&access_token=b", "code=a&response=b"}) {
    CAPTURE(query);
    Waiting waiting(here);
    const auto answer =
        waiting.ask("GET /callback?state=" + waiting.state + "&" + std::string(query));
    CHECK(status_of(answer) == 303);
    CHECK(waiting.ask("GET /callback/result").find("The login did not work") != std::string::npos);
    CHECK(waiting.login.wait().status == 7);
  }
  CHECK(here.provider->server().count("/token") == 0);
  CHECK(here.files().empty());
}

TEST_CASE("a second answer changes nothing, whether the same or another, CB-3, LI-11") {
  const Workplace here;
  std::promise<void> go_on;
  const auto released = go_on.get_future().share();
  here.provider->server().wrap("/token", [=](const IncomingRequest& request, const auto& original) {
    released.wait();
    return original(request);
  });
  Waiting waiting(here);
  const auto page = std::async(std::launch::async, [&] { return decide(waiting.url); });
  REQUIRE(here.provider->server().await_requests("/token", 1, std::chrono::seconds(20)));
  const auto code = *here.provider->server().requests("/token").back().parameter("code");
  for (const std::string& again : {"code=" + code, std::string("error=access_denied")}) {
    const auto answer = waiting.ask("GET /callback?" + again + "&state=" + waiting.state);
    CHECK(status_of(answer) == 400);
    CHECK(answer.find("This answer was used before") != std::string::npos);
  }
  go_on.set_value();
  CHECK(waiting.login.wait().status == 0);
  CHECK(here.provider->server().count("/token") == 1);
}

TEST_CASE("the page tells what happened, at an address without the code, LI-14, LI-15, LI-16") {
  const Workplace here;
  Waiting waiting(here);
  const auto sent = waiting.ask("GET /callback?error=access_denied&error_description=" +
                                std::string("page-canary%3Cb%3E&state=") + waiting.state);
  CHECK(sent.starts_with("HTTP/1.1 303 "));
  CHECK(sent.find("\r\nLocation: /callback/result\r\n") != std::string::npos);
  const auto page = waiting.ask("GET /callback/result");
  CHECK(page.find("Nothing was granted") != std::string::npos);
  for (const auto* answer : {&sent, &page}) {
    for (const char* header :
         {"X-Content-Type-Options: nosniff\r\n", "Cache-Control: no-store\r\n",
          "Referrer-Policy: no-referrer\r\n",
          "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n",
          "X-Frame-Options: DENY\r\n", "Connection: close\r\n"}) {
      CAPTURE(header);
      CHECK(answer->find(header) != std::string::npos);
    }
    CHECK(answer->find("page-canary") == std::string::npos);
    CHECK(answer->find(waiting.state) == std::string::npos);
    CHECK(answer->find("http:") == std::string::npos);
    CHECK(answer->find("https:") == std::string::npos);
  }
  CHECK(page.find("\r\nContent-Type: text/html; charset=utf-8\r\n") != std::string::npos);
  CHECK(waiting.login.wait().status == 3);
}

TEST_CASE("only after the tokens are saved it is said that the person is logged in, LI-15") {
  const Workplace here;
  Waiting waiting(here);
  const auto page = decide(waiting.url);
  CHECK(page.status == 200);
  CHECK(page.url.path == "/callback/result");
  CHECK_FALSE(page.url.query);
  CHECK(page.body.find("You are logged in") != std::string::npos);
  CHECK(here.has("tokens/work.json"));  // whether the program has ended or not
  CHECK(waiting.login.wait().status == 0);
}

TEST_CASE("a browser that does not fetch the page holds nothing up") {
  const Workplace here;
  Waiting waiting(here);
  CHECK(status_of(waiting.ask("GET /callback?error=access_denied&state=" + waiting.state)) == 303);
  CHECK(waiting.login.wait(std::chrono::seconds(5)).status == 3);
}
