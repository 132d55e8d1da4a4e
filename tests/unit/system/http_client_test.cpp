#include "system/http_client.h"

#include <doctest/doctest.h>
#include <signal.h>

#include <array>
#include <atomic>

#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;
using std::chrono::milliseconds;

namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\n";

enum class Ending { end, cut, reset, stay };

void finish(Connection& connection, Ending ending) {
  switch (ending) {
    case Ending::end:
      return connection.end();
    case Ending::cut:
      return connection.cut();
    case Ending::reset:
      return connection.reset();
    case Ending::stay:
      return connection.wait_for_peer();
  }
}

RawServer::Handler answers(std::string bytes, Ending ending = Ending::end) {
  return [=](Connection& connection) {
    connection.read_request();
    connection.write(bytes);
    finish(connection, ending);
  };
}

// A server with one authority's certificate for 127.0.0.1 and localhost, and its CA file.
struct Trusted {
  Certificate authority = make_authority();
  TemporaryFile file{authority.pem()};
  TlsSettings tls{make_certificate({.alt_names = "IP:127.0.0.1,DNS:localhost"}, &authority), {}};
};

const Trusted& trusted() {
  static const Trusted trusted;
  return trusted;
}

HttpSettings settings(milliseconds total = milliseconds(10'000)) {
  HttpSettings settings;
  settings.ca_file = trusted().file.path();
  settings.limits.total = total;
  return settings;
}

std::string plain(const RawServer& server, const std::string& path = "/token") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

std::string secure(const RawServer& server, const std::string& path = "/token") {
  return "https://127.0.0.1:" + std::to_string(server.port()) + path;
}

std::string host_of(const RawServer& server) {
  return "127.0.0.1:" + std::to_string(server.port());
}

}  // namespace

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

TEST_CASE("send_http gets, with the request's own Accept, over plain http and TLS") {
  std::string seen;
  const auto handler = [&](Connection& connection) {
    seen = connection.read_request();
    connection.write(kOk + "Content-Length: 0\r\n\r\n");
    connection.end();
  };
  RawServer clear(handler);
  RawServer tls(handler, trusted().tls);
  for (const auto& [url, server] : {std::pair(plain(clear, ""), &clear), {secure(tls, ""), &tls}}) {
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

TEST_CASE("send_http follows no redirect, TQ-5") {
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

TEST_CASE("send_http takes no broken answer for a whole one, plain or TLS, TQ-13, TR-10") {
  struct Case {
    std::string name;
    std::string answer;
    Code code;
    Ending ending = Ending::end;
  };
  const std::string chunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";
  const Case cases[] = {
      {"closed at once", "", Code::unreachable},
      {"half a status line", "HTTP/1.1 20", Code::unreachable},
      {"a status line without its end", "HTTP/1.1 200 OK", Code::unreachable},
      {"half the headers", kOk + "Content-Type: appli", Code::unreachable},
      {"headers without their end", kOk + "Content-Length: 0\r\n", Code::unreachable},
      {"half the body", kOk + "Content-Length: 4\r\n\r\n{}", Code::unreachable},
      {"half the body, cut", kOk + "Content-Length: 4\r\n\r\n{}", Code::unreachable, Ending::cut},
      {"half the body, reset", kOk + "Content-Length: 4\r\n\r\n{}", Code::unreachable,
       Ending::reset},
      {"only 100", "HTTP/1.1 100 Continue\r\n\r\n", Code::unreachable},
      {"101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Code::unreachable},
      {"negative length", kOk + "Content-Length: -2\r\n\r\n{}", Code::bad_response},
      {"a length beyond any number", kOk + "Content-Length: 99999999999999999999\r\n\r\n{}",
       Code::bad_response},
      {"two lengths", kOk + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", Code::bad_response},
      {"length and chunks",
       kOk + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
       Code::bad_response},
      {"a chunk size that is none", chunked + "zz\r\n{}\r\n0\r\n\r\n", Code::bad_response},
      {"a negative chunk size", chunked + "-2\r\n{}\r\n0\r\n\r\n", Code::bad_response},
      {"a huge chunk size", chunked + "fffffffffffffffffff\r\n{}", Code::bad_response},
      {"a wrong chunk end", chunked + "2\r\n{}XX0\r\n\r\n", Code::bad_response},
      {"no last chunk", chunked + "2\r\n{}\r\n", Code::unreachable},
      {"gzip unasked", kOk + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b",
       Code::bad_response},
      {"HTTP/0.9", "<html>hello</html>", Code::bad_response},
      {"SSH", "SSH-2.0-OpenSSH\r\n", Code::bad_response},
      {"HTTP/2 in words", "HTTP/2 200\r\nContent-Length: 2\r\n\r\n{}", Code::bad_response},
      {"a NUL in a header", kOk + std::string("A: x\0y\r\nContent-Length: 0\r\n\r\n", 29),
       Code::bad_response},
      {"ESC in a header", kOk + "A: \x1b[2J\r\nContent-Length: 0\r\n\r\n", Code::bad_response},
      {"a folded header", kOk + "A: x\r\n y\r\nContent-Length: 0\r\n\r\n", Code::bad_response},
      {"a status line of 40 kB", "HTTP/1.1 200 " + std::string(40'000, 'x') + "\r\n\r\n",
       Code::bad_response},
      {"a header of 80 kB", kOk + "A: " + std::string(80'000, 'x') + "\r\n\r\n",
       Code::bad_response},
      {"a header of 1 MB", kOk + "A: " + std::string(1'000'000, 'x') + "\r\n\r\n",
       Code::bad_response},
  };
  for (const auto& one : cases) {
    RawServer clear(answers(one.answer, one.ending));
    RawServer tls(answers(one.answer, one.ending), trusted().tls);
    for (const auto* server : {&clear, &tls}) {
      CAPTURE(one.name);
      const auto url = server == &clear ? plain(*server) : secure(*server);
      CAPTURE(url);
      const auto outcome = exchange(get(url + "?secret"), settings());
      CAPTURE(outcome.message);
      CHECK(outcome.failed(one.code));
      CHECK(outcome.reached);
      CHECK(outcome.message.find(host_of(*server)) == 0);
      CHECK(outcome.message.find("secret") == std::string::npos);
    }
  }
}

TEST_CASE("send_http takes a TLS stream without close_notify for cut, TR-10") {
  for (const auto& answer :
       {kOk + "\r\n{}", kOk + "Content-Length: 4\r\n\r\n{}",
        kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", kOk, std::string()}) {
    CAPTURE(answer);
    RawServer server(answers(answer, Ending::cut), trusted().tls);
    const auto outcome = exchange(get(secure(server)), settings());
    CHECK(outcome.failed(Code::unreachable));
    CHECK(outcome.reached);
  }
  RawServer whole(answers(kOk + "Content-Length: 2\r\n\r\n{}", Ending::cut), trusted().tls);
  CHECK(exchange(get(secure(whole)), settings()).response);
}

TEST_CASE("send_http stops at the body's limit, however the body comes, TQ-13") {
  const std::string mebibyte(1024 * 1024, 'x');
  RawServer exact(answers(kOk + "Content-Length: 1048576\r\n\r\n" + mebibyte));
  const auto whole = exchange(get(plain(exact)), settings());
  REQUIRE(whole.response);
  CHECK(whole.response->body == mebibyte);

  const auto endless = [&](Connection& connection) {
    connection.read_request();
    connection.write(kOk + "\r\n");
    for (int i = 0; i < 64; ++i) connection.write(mebibyte);
    connection.end();
  };
  RawServer clear(endless);
  RawServer tls(endless, trusted().tls);
  for (const auto& url : {plain(clear), secure(tls)}) {
    const auto outcome = exchange(get(url), settings());
    CHECK(outcome.failed(Code::bad_response));
    CHECK(outcome.message.find("answered more than 1 MiB") != std::string::npos);
  }
}

TEST_CASE("send_http ends in time whatever the server does, TQ-12") {
  const RawServer::Handler handlers[] = {
      [](Connection& connection) { connection.wait_for_peer(); },
      [](Connection& connection) {
        connection.read_request();
        connection.drip(kOk + "A: " + std::string(50'000, 'x'));
      },
      [](Connection& connection) {
        connection.read_request();
        connection.write(kOk + "Transfer-Encoding: chunked\r\n\r\n2;");
        connection.drip(std::string(50'000, 'x'));
      },
      [](Connection& connection) {
        connection.read_request();
        connection.write(kOk + "Content-Length: 50000\r\n\r\n");
        connection.drip(std::string(50'000, 'x'));
      },
  };
  for (const auto& handler : handlers) {
    RawServer clear(handler);
    RawServer tls(handler, trusted().tls);
    for (const auto* server : {&clear, &tls}) {
      const auto start = std::chrono::steady_clock::now();
      const auto outcome =
          exchange(get(server == &clear ? plain(clear) : secure(tls)), settings(milliseconds(300)));
      CHECK(outcome.failed(Code::unreachable));
      CHECK(outcome.message == host_of(*server) + " did not answer within 300 ms");
      CHECK(outcome.reached);
      CHECK(std::chrono::steady_clock::now() - start < milliseconds(10'000));
    }
  }
}

TEST_CASE("send_http gives a TLS handshake that never ends its own limit, TQ-12") {
  RawServer server([](Connection& connection) { connection.wait_for_peer(); });
  HttpSettings impatient = settings();
  impatient.limits.connect = milliseconds(200);
  const auto outcome = exchange(get(secure(server)), impatient);
  CHECK(outcome.failed(Code::unreachable));
  CHECK(outcome.message == "cannot reach " + host_of(server) + ": no connection within 200 ms");
  CHECK_FALSE(outcome.reached);
}

TEST_CASE("send_http says why no connection came about, and that nothing was sent, TQ-10") {
  const std::string port = std::to_string(closed_port());
  const auto refused = exchange(get("http://127.0.0.1:" + port + "/token?secret"), settings());
  CHECK(refused.failed(Code::unreachable));
  CHECK(refused.message == "cannot reach 127.0.0.1:" + port + ": connection refused");
  CHECK_FALSE(refused.reached);

  const Variable no_proxy_1("https_proxy", nullptr);
  const Variable no_proxy_2("HTTPS_PROXY", nullptr);
  const auto unknown = exchange(get("https://as.invalid/token"), settings());
  CHECK(unknown.failed(Code::unreachable));
  CHECK(unknown.message == "cannot reach as.invalid: the name does not resolve");
  CHECK_FALSE(unknown.reached);
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

TEST_CASE("a peer that resets never ends the process by SIGPIPE") {
  struct sigaction action {};
  sigaction(SIGPIPE, nullptr, &action);
  REQUIRE((action.sa_handler == SIG_DFL));  // nothing but send_http itself protects us
  HttpRequest large = get("https://127.0.0.1/");
  large.form = Form{{"x", std::string(300'000, 'x')}};
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsSettings tls = trusted().tls;
    tls.newest = version;
    RawServer after_handshake([](Connection& connection) { connection.reset(); }, tls);
    RawServer after_request(answers("", Ending::reset), tls);
    RawServer after_answer(answers(kOk + "Content-Length: 9\r\n\r\n{}", Ending::reset), tls);
    for (const auto* server : {&after_handshake, &after_request, &after_answer}) {
      for (int i = 0; i < 10; ++i) {
        HttpRequest small = get(secure(*server));
        large.url = small.url;
        CHECK(exchange(small, settings()).failed(Code::unreachable));
        CHECK(exchange(large, settings()).failed(Code::unreachable));
      }
    }
  }
  sigset_t pending;
  sigpending(&pending);
  CHECK(sigismember(&pending, SIGPIPE) == 0);
}
