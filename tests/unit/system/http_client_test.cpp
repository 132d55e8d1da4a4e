#include "system/http_client.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>

#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;
using std::chrono::milliseconds;

TEST_CASE("send_http posts a form, asks for JSON and leaks nothing more, TQ-1, TQ-13") {
  std::string seen;
  RawServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.write(kOk + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    connection.end();
  });
  HttpRequest request = get(plain(server, "/a/../token?x=1#fragment"));
  request.method = "POST";
  request.authorization = Secret("Basic abc");
  request.headers = {{"X-Empty", ""}};
  request.form = Form{{"grant_type", "refresh_token"}, {"refresh_token", Secret("a+b c")}};
  const auto outcome = exchange(request, settings());

  REQUIRE(outcome.response);
  CHECK(outcome.response->status == 200);
  CHECK(outcome.response->body == "{}");
  CHECK(find_header(outcome.response->headers, "content-type") == "application/json");
  CHECK(seen == "POST /a/../token?x=1 HTTP/1.1\r\nHost: " + host_of(server) +
                    "\r\nUser-Agent: xauth/1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    "Accept: application/json\r\nX-Empty:\r\nAuthorization: Basic abc\r\n"
                    "Content-Length: 46\r\n\r\ngrant_type=refresh_token&refresh_token=a%2Bb+c");
}

TEST_CASE("send_http sends a form as JSON, in the query, or not at all, as the request says") {
  std::string seen;
  RawServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.write("HTTP/1.1 204 No Content\r\n\r\n");
    connection.end();
  });
  HttpRequest request = get(plain(server, "/token?x=1"));
  request.form = Form{{"a", std::string("\"")}, {"s", Secret("b c")}};
  request.method = "DELETE";
  request.format = BodyFormat::json;
  CHECK(exchange(request, settings()).response);
  CHECK(seen.starts_with("DELETE /token?x=1 HTTP/1.1\r\n"));
  CHECK(seen.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(seen.ends_with(R"({"a":"\"","s":"b c"})"));

  request.method = "GET";
  request.format = BodyFormat::query;
  CHECK(exchange(request, settings()).response);
  CHECK(seen.starts_with("GET /token?x=1&a=%22&s=b+c HTTP/1.1\r\n"));
  CHECK(seen.find("Content-") == std::string::npos);

  request.method = "POST";
  request.form.reset();
  CHECK(exchange(request, settings()).response);
  CHECK(seen.find("\r\nContent-Length: 0\r\n") != std::string::npos);
  CHECK(seen.find("Content-Type") == std::string::npos);
}

TEST_CASE("send_http does not wait for 100 Continue, however long the form, TQ-1") {
  std::string seen;
  RawServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.write("HTTP/1.1 204 No Content\r\n\r\n");
    connection.end();
  });
  HttpRequest request = get(plain(server));
  request.form = Form{{"x", std::string(2'000'000, 'x')}};
  CHECK(exchange(request, settings()).response);
  CHECK(seen.size() > 2'000'000);
  CHECK(seen.find("Expect") == std::string::npos);
}

TEST_CASE("send_http gets, with the request's own Accept, over plain http and TLS") {
  std::string seen;
  const auto handler = [&](Connection& connection) {
    seen = connection.read_request();
    connection.write(kOk + "Content-Length: 0\r\n\r\n");
    connection.end();
  };
  RawServer clear(handler);
  RawServer tls(handler, trusted().tls);
  for (const auto* server : {&clear, &tls}) {
    const auto url = server == &clear ? plain(clear, "") : secure(tls, "");
    CAPTURE(url);
    HttpRequest request = get(url);
    request.headers = {{"accept", "application/jwt"}};
    CHECK(exchange(request, settings()).response);
    CHECK(seen == "GET / HTTP/1.1\r\nHost: " + host_of(*server) +
                      "\r\nUser-Agent: xauth/1\r\naccept: application/jwt\r\n\r\n");
  }
}

TEST_CASE("send_http returns every final answer as it is, over plain http and TLS, TR-10") {
  struct Case {
    std::string name;
    std::string answer;
    int status;
    std::string body;
  };
  const Case cases[] = {
      {"204", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
      {"200 without a body", kOk + "Content-Length: 0\r\n\r\n", 200, ""},
      {"no length, ended properly", kOk + "\r\n{}", 200, "{}"},
      {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n{}", 200, "{}"},
      {"a BOM stays", kOk + "Content-Length: 5\r\n\r\n\xEF\xBB\xBF{}", 200, "\xEF\xBB\xBF{}"},
      {"a NUL in the body stays", kOk + "Content-Length: 3\r\n\r\n" + std::string("{\0}", 3), 200,
       std::string("{\0}", 3)},
      {"chunks", kOk + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\n\r\n", 200,
       "{}"},
      {"trailers",
       kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n", 200,
       "{}"},
      {"100 first", "HTTP/1.1 100 Continue\r\n\r\n" + kOk + "Content-Length: 2\r\n\r\n{}", 200,
       "{}"},
      {"103 first",
       "HTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\n\r\n" + kOk +
           "Content-Length: 2\r\n\r\n{}",
       200, "{}"},
      {"identity", kOk + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 200, "{}"},
      {"what is behind the body is not it", kOk + "Content-Length: 2\r\n\r\n{}extra", 200, "{}"},
      {"400", "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}", 400, "{}"},
      {"401 with a challenge",
       "HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}", 401,
       "{}"},
      {"429", "HTTP/1.1 429 Slow\r\nRetry-After: 1000000000\r\nContent-Length: 0\r\n\r\n", 429, ""},
      {"502 in HTML", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", 502, "<html>"},
  };
  for (const auto& one : cases) {
    RawServer clear(answers(one.answer));
    RawServer tls(answers(one.answer), trusted().tls);
    for (const auto& url : {plain(clear), secure(tls)}) {
      CAPTURE(one.name);
      CAPTURE(url);
      const auto outcome = exchange(get(url), settings());
      CAPTURE(outcome.message);
      REQUIRE(outcome.response);
      CHECK(outcome.response->status == one.status);
      CHECK(outcome.response->body == one.body);
    }
  }
}

TEST_CASE("send_http follows no redirect, TQ-5, IN-5") {
  RawServer other(answers(kOk + "\r\n"));
  for (const char* status : {"301", "302", "303", "307", "308"}) {
    RawServer server(answers("HTTP/1.1 " + std::string(status) +
                             " Go\r\nLocation: " + plain(other) + "\r\nContent-Length: 0\r\n\r\n"));
    HttpRequest request = get(plain(server));
    request.form = Form{{"code", Secret("once")}};
    const auto outcome = exchange(request, settings());
    REQUIRE(outcome.response);
    CHECK(std::to_string(outcome.response->status) == status);
    CHECK(find_header(outcome.response->headers, "Location") == plain(other));
    CHECK(server.accepted() == 1);
  }
  CHECK(other.accepted() == 0);
}

TEST_CASE("send_http says why no connection came about, and that nothing was sent, TQ-10") {
  const std::string port = std::to_string(closed_port());
  const auto refused = exchange(get("http://127.0.0.1:" + port + "/token?secret"), settings());
  CHECK(refused.failed(Code::unreachable));
  CHECK(refused.message == "cannot reach 127.0.0.1:" + port + ": connection refused");
  CHECK_FALSE(refused.reached);
  CHECK(refused.stage == Stage::connection);

  const Variable no_proxy_1("https_proxy", nullptr);
  const Variable no_proxy_2("HTTPS_PROXY", nullptr);
  const auto unknown = exchange(get("https://as.invalid/token"), settings());
  CHECK(unknown.failed(Code::unreachable));
  CHECK(unknown.message == "cannot reach as.invalid: the name does not resolve");
  CHECK_FALSE(unknown.reached);
  CHECK(unknown.stage == Stage::name);
}

TEST_CASE("send_http ends when it is interrupted, and knows what was sent") {
  std::atomic<bool> interrupted = false;
  RawServer server([&](Connection& connection) {
    connection.read_request();
    interrupted = true;
    connection.wait_for_peer();
  });
  HttpSettings stoppable = settings();
  stoppable.interrupted = [&] { return interrupted.load(); };
  auto outcome = exchange(get(plain(server)), stoppable);
  CHECK(outcome.failed(Code::unreachable));
  CHECK(outcome.message == "interrupted");
  CHECK(outcome.reached);

  RawServer mute([&](Connection& connection) { connection.wait_for_peer(); });
  outcome = exchange(get(secure(mute)), stoppable);
  CHECK(outcome.message == "interrupted");
  CHECK_FALSE(outcome.reached);
}

TEST_CASE("send_http sends plain http to this machine only, TQ-2") {
  for (const char* url : {"http://as.example/token", "http://127.0.0.1.example/", "http://[::]/",
                          "http://192.0.2.1/"}) {
    CAPTURE(url);
    CHECK(exchange(get(url)).failed(Code::usage));
  }
}

TEST_CASE("send_http sends nothing that holds a control character, TQ-14") {
  RawServer server(answers(kOk + "Content-Length: 0\r\n\r\n"));
  const auto good = get(plain(server));
  for (const auto& bad : {std::string("a\r\nX: y"), std::string("a\n"), std::string("a\0b", 3),
                          std::string("\x1b[2J"), std::string("\x7f")}) {
    HttpRequest requests[] = {good, good, good, good, good};
    requests[0].headers = {{"X", bad}};
    requests[1].headers = {{bad, "x"}};
    requests[2].authorization = Secret("Bearer " + bad);
    requests[3].url.path += bad;
    requests[4].url.query = bad;
    for (const auto& request : requests) {
      const auto outcome = exchange(request, settings());
      CHECK(outcome.failed(Code::usage));
      CHECK(outcome.message.find(bad) == std::string::npos);
    }
  }
  CHECK(server.accepted() == 0);
}
