// Every way in which a server can go wrong.
#include "system/http_client.h"

#include <doctest/doctest.h>
#include <signal.h>

#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;
using std::chrono::milliseconds;

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
