#include "demo/provider.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "demo/user_agent.h"
#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

// A connection to a port of this machine, that gives up after ten seconds; -1 when refused.
int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{10, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

// What the server sends back until it closes the connection.
std::string exchange_bytes(int port, const std::string& request) {
  const int fd = connect_to(port);
  REQUIRE(fd >= 0);
  std::string answer;
  if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char buffer[4096];
    for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(n));
    }
  }
  close(fd);
  return answer;
}

HttpResponse parse_answer(const std::string& answer) {
  HttpResponse response;
  REQUIRE(answer.size() > 12);
  response.status = std::stoi(answer.substr(9, 3));
  const auto end = answer.find("\r\n\r\n");
  REQUIRE(end != std::string::npos);
  response.body = answer.substr(end + 4);
  for (auto at = answer.find("\r\n"); at < end;) {
    const auto next = answer.find("\r\n", at + 2);
    const auto line = answer.substr(at + 2, next - at - 2);
    const auto colon = line.find(": ");
    response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    at = next;
  }
  return response;
}

HttpResponse send_plainly(const HttpRequest& request) {
  const auto& url = request.url;
  std::string text = request.method + " " + url.path + (url.query ? "?" + *url.query : "") +
                     " HTTP/1.1\r\nHost: " + url.authority() + "\r\n";
  const auto body = request.form ? encode_form(*request.form).reveal() : std::string();
  if (request.form) {
    text += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n";
  }
  return parse_answer(exchange_bytes(url.port, text + "\r\n" + body));
}

struct RunningProvider {
  explicit RunningProvider(Manner manner = x())
      : provider(
            std::move(manner), demo_clients(), [] { return Time(Seconds(1'700'000'000)); },
            counting_random()) {
    system.send = send_plainly;
  }

  HttpResponse post(const std::string& url, const Fields& fields) {
    HttpRequest request{"POST", *parse_url(url), {}, {}, Form()};
    for (const auto& [name, value] : fields) request.form->push_back({name, value});
    return system.send(request);
  }

  Provider provider;
  System system;
};

}  // namespace

TEST_CASE("a whole login works over a socket, with the built-in user agent as the browser") {
  RunningProvider running(plain());  // any port
  running.provider.start();
  LoopbackServer callback([](const IncomingRequest& request) {
    return OutgoingReply{200, {{"Content-Type", "text/plain"}}, request.target};
  });
  const auto redirect_uri =
      "http://127.0.0.1:" + std::to_string(callback.bind("127.0.0.1", 0)) + "/callback";
  callback.start();

  const auto fields = with(DemoLogin::authorize_fields(), "redirect_uri", redirect_uri);
  const auto page =
      consent(running.system, *parse_url(running.provider.authorize_url() + "?" + encode(fields)));
  CHECK(page.status == 200);
  REQUIRE(page.body.starts_with("/callback?code="));
  const auto code = *parse_query(page.body.substr(page.body.find('?') + 1)).front().value;

  const auto form = with(DemoLogin::exchange_fields(code), "redirect_uri", redirect_uri);
  const auto tokens = parse_json(running.post(running.provider.token_url(), form).body);
  REQUIRE(tokens);
  CHECK(tokens->find("access_token") != nullptr);
  CHECK(running.provider.server().grants_alive() == 1);
}

TEST_CASE("a provider binds loopback at a free port, and can leave it and come back") {
  RunningProvider running;
  auto& provider = running.provider;
  provider.start();
  const int port = provider.port();
  CHECK(port > 0);
  CHECK(provider.url() == "http://127.0.0.1:" + std::to_string(port));
  CHECK(provider.account_url() == provider.url() + "/me");
  CHECK(running.system.send({"GET", *parse_url(provider.account_url()), {}, {}, {}}).status == 401);
  provider.stop();
  CHECK(connect_to(port) < 0);
  provider.start(port);
  CHECK(provider.port() == port);
  CHECK(running.post(provider.token_url(), {{"a", "b"}}).status == 400);
  CHECK(provider.server().count("/token") == 1);
}

TEST_CASE("two providers never share a port") {
  RunningProvider first;
  RunningProvider second;
  first.provider.start();
  CHECK_THROWS_AS(second.provider.start(first.provider.port()), BindFailure);
}

TEST_CASE("a form of 64 KiB is taken, a larger one is not") {
  RunningProvider running;
  running.provider.start();
  const auto status = [&](std::size_t size) {
    return running.post(running.provider.token_url(), {{"a", std::string(size, 'x')}}).status;
  };
  CHECK(status(64 * 1024 - 2) == 400);  // read, and found to be missing its parameters
  CHECK(status(64 * 1024) == 413);
  CHECK(running.provider.server().count("/token") == 1);
}

TEST_CASE("an answer that throws is a bare 500, and the provider goes on") {
  RunningProvider running;
  running.provider.start();
  auto& server = running.provider.server();
  server.replace("/token", [](const IncomingRequest&) -> OutgoingReply {
    throw std::runtime_error("secret");
  });
  const auto response = running.post(running.provider.token_url(), {{"a", "b"}});
  CHECK(response.status == 500);
  CHECK(response.body.find("secret") == std::string::npos);
  server.restore("/token");
  CHECK(running.post(running.provider.token_url(), {{"a", "b"}}).status == 400);
}
