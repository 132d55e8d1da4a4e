#include "system/proxy.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;

namespace {

constexpr const char* kHost = "as.test.localhost";

// The proxy variables of a test, in capitals; the others are absent.
struct ProxyVariables {
  explicit ProxyVariables(const std::string& proxy, const char* exceptions = nullptr)
      : upper("HTTPS_PROXY", proxy.empty() ? nullptr : proxy.c_str()),
        no_upper("NO_PROXY", exceptions) {}
  Variable lower{"https_proxy", nullptr};
  Variable no_lower{"no_proxy", nullptr};
  Variable all{"ALL_PROXY", "http://127.0.0.1:1"};  // must not count
  Variable http{"http_proxy", "http://127.0.0.1:1"};
  Variable upper;
  Variable no_upper;
};

// A TLS server, and a proxy that answers CONNECT with `answer` and tunnels to it after a 200.
struct Behind {
  Certificate authority = make_authority();
  TemporaryFile file{authority.pem()};
  std::string at_server;
  std::string at_proxy;
  RawServer server;
  RawServer proxy;

  explicit Behind(const std::string& answer)
      : server(
            [this](Connection& connection) {
              at_server = connection.read_request();
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
              connection.end();
            },
            TlsSettings{make_certificate(
                {.alt_names = std::string("DNS:") + kHost + ",IP:127.0.0.1"}, &authority)}),
        proxy([this, answer](Connection& connection) {
          at_proxy = connection.read_request();
          connection.write(answer);
          if (answer.find("200") != std::string::npos) return connection.pump(server.port());
          connection.end();
        }) {}

  Outcome ask(const std::string& host = kHost) {
    HttpRequest request =
        get("https://" + host + ":" + std::to_string(server.port()) + "/token?canary");
    request.authorization = Secret("Bearer canary");
    request.form = Form{{"refresh_token", Secret("canary")}};
    request.headers = {{"X-Mine", "canary"}};
    HttpSettings settings;
    settings.ca_file = file.path();
    settings.limits.connect = std::chrono::milliseconds(5'000);
    return exchange(request, settings);
  }

  std::string proxy_url(const std::string& user = "") const {
    return "http://" + user + "127.0.0.1:" + std::to_string(proxy.port());
  }
};

}  // namespace

TEST_CASE("find_proxy reads the environment, and never sends loopback through one, TQ-15") {
  const ProxyVariables variables("http://proxy.example:3128", "a.example,.b.example");
  const auto proxy = find_proxy(*parse_url("https://as.example/"));
  CHECK(proxy.url == "http://proxy.example:3128");
  CHECK(proxy.exceptions == "a.example,.b.example");
  for (const char* url : {"https://127.0.0.1/", "https://localhost:1/", "http://[::1]/"}) {
    CHECK(find_proxy(*parse_url(url)).url.empty());
  }
  const Variable lower("https_proxy", "proxy2.example");
  CHECK(find_proxy(*parse_url("https://as.example/")).url == "proxy2.example");
  const Variable unknown("https_proxy", "gopher://user:canary@proxy.example");
  try {
    find_proxy(*parse_url("https://as.example/"));
    FAIL("taken");
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    CHECK(error.message.find("canary") == std::string::npos);
  }
}

TEST_CASE("the proxy sees CONNECT and its own credentials, and nothing secret, TQ-15") {
  Behind behind("HTTP/1.1 200 Connection established\r\nContent-Encoding: gzip\r\n\r\n");
  const ProxyVariables variables(behind.proxy_url("me:pass@"));
  const auto outcome = behind.ask();
  CAPTURE(outcome.message);
  REQUIRE(outcome.response);
  CHECK(outcome.response->status == 200);
  CHECK(outcome.response->headers == Headers{{"Content-Length", "2"}});
  const std::string to = std::string(kHost) + ":" + std::to_string(behind.server.port());
  CHECK(behind.at_proxy.find("CONNECT " + to + " HTTP/1.1\r\n") == 0);
  CHECK(behind.at_proxy.find("Proxy-Authorization: Basic bWU6cGFzcw==\r\n") != std::string::npos);
  CHECK(behind.at_proxy.find("canary") == std::string::npos);
  CHECK(behind.at_server.find("canary") != std::string::npos);
  CHECK(behind.at_server.find("Proxy-") == std::string::npos);
}

TEST_CASE("a proxy that refuses is unreachable with its status, and nothing was sent, TQ-15") {
  for (const char* status : {"302", "403", "407", "502"}) {
    Behind behind("HTTP/1.1 " + std::string(status) + " No\r\nContent-Length: 0\r\n\r\n");
    const ProxyVariables variables(behind.proxy_url());
    const auto outcome = behind.ask();
    CHECK(outcome.failed(Code::unreachable));
    CHECK(outcome.message.find(std::string("the proxy answered with status ") + status) !=
          std::string::npos);
    CHECK(outcome.hint.find("HTTPS_PROXY") != std::string::npos);
    CHECK_FALSE(outcome.reached);
    CHECK(behind.server.accepted() == 0);
  }
}

TEST_CASE("a proxy that answers garbage, or not at all, is unreachable, TQ-15") {
  for (const char* answer : {"", "garbage\r\n\r\n", "HTTP/1.1 2"}) {
    CAPTURE(std::string(answer));
    Behind behind(answer);
    const ProxyVariables variables(behind.proxy_url());
    const auto outcome = behind.ask();
    CHECK(outcome.failed(Code::unreachable));
    CHECK_FALSE(outcome.reached);
  }
  Behind garbled("HTTP/1.1 200 OK\r\n\r\ngarbage before TLS");
  const ProxyVariables variables(garbled.proxy_url());
  CHECK(garbled.ask().failed(Code::unreachable));

  const ProxyVariables closed("http://127.0.0.1:" + std::to_string(closed_port()));
  const auto refused = garbled.ask();
  CHECK(refused.message.find(": connection refused") != std::string::npos);
  CHECK(refused.hint.find("HTTPS_PROXY") != std::string::npos);
}

TEST_CASE("a proxy that never answers CONNECT is given up in time, TQ-12, TQ-15") {
  RawServer silent([](Connection& connection) {
    connection.read_request();
    connection.wait_for_peer();
  });
  const ProxyVariables variables("http://127.0.0.1:" + std::to_string(silent.port()));
  HttpSettings settings;
  settings.limits.connect = std::chrono::milliseconds(300);
  const auto outcome = exchange(get("https://as.test.localhost/token"), settings);
  CHECK(outcome.failed(Code::unreachable));
  CHECK_FALSE(outcome.reached);
}

TEST_CASE("a proxy is named without its credentials") {
  CHECK(name_of({"http://me:pass@proxy.example:3128/", ""}) == "proxy.example:3128");
  CHECK(name_of({"proxy.example", ""}) == "proxy.example");
  CHECK(name_of({"socks5h://[::1]:1080", ""}) == "[::1]:1080");
  CHECK(name_of(Proxy{}).empty());
}

TEST_CASE("a proxy is left out for loopback and for what NO_PROXY names, TQ-15") {
  Behind behind("HTTP/1.1 403 No\r\n\r\n");
  {
    const ProxyVariables variables(behind.proxy_url());
    CHECK(behind.ask("127.0.0.1").response);
  }
  for (const char* exceptions : {"*", "as.test.localhost", ".test.localhost", "x.example,localhost",
                                 "x, AS.test.LOCALHOST"}) {
    CAPTURE(std::string(exceptions));
    const ProxyVariables variables(behind.proxy_url(), exceptions);
    CHECK(behind.ask().response);
  }
  {
    const ProxyVariables variables("");
    CHECK(behind.ask().response);
  }
  CHECK(behind.proxy.accepted() == 0);
  const ProxyVariables variables(behind.proxy_url(), "other.example");
  CHECK_FALSE(behind.ask().response);
  CHECK(behind.proxy.accepted() == 1);
}
