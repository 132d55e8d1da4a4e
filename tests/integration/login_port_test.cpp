// The port that a login listens on: its own, nobody else's, and free again afterwards.
#include <doctest/doctest.h>

#include <csignal>

#include "support/workplace.h"
#include "system/listening_socket.h"
#include "system/loopback_server.h"
#include "unit/system/raw_client.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::string uri_at(int port) { return "http://127.0.0.1:" + std::to_string(port) + "/callback"; }

// A login at these redirect URIs.
std::vector<std::string> login_at(const Workplace& here, const std::vector<int>& ports) {
  std::vector<std::string> arguments = {"login", "work", "--client-id", kPublicClient,
                                        "--no-browser"};
  for (auto& word : urls_of(*here.provider)) arguments.push_back(std::move(word));
  for (const int port : ports) {
    arguments.emplace_back("--redirect-uri");
    arguments.push_back(uri_at(port));
  }
  return arguments;
}

bool connects(int port, int family = AF_INET) {
  try {
    const testing::RawClient client(port, family);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

bool has_ipv6() {
  try {
    ::close(listen_on("::1", 0));
    return true;
  } catch (const BindFailure&) {
    return false;
  }
}

}  // namespace

TEST_CASE("a second login at the same port fails: 1, names it, and shares no callback, LI-4") {
  const Workplace here;
  const int port = free_port();
  Running first(here.start(login_at(here, {port})));
  const auto told = await_url(first);
  const Finished second = run(here.start(login_at(here, {port})));
  CHECK(second.status == 1);
  CHECK(second.err.find(std::to_string(port)) != std::string::npos);
  CHECK(second.err.find("in use") != std::string::npos);
  CHECK(second.err.find("\n  try: ") != std::string::npos);
  CHECK(second.err.find("code_challenge") == std::string::npos);
  decide(authorize_url_in(told));
  CHECK(first.wait().status == 0);
}

TEST_CASE("the next registered redirect URI is tried, and used to the end") {
  const Workplace here;
  const int taken = free_port();
  const int next = free_port();
  Running other(here.start(login_at(here, {taken})));
  await_url(other);
  const Finished login = here.log_in(login_at(here, {taken, next}));
  CHECK(login.status == 0);
  CHECK(login.err.find(std::to_string(taken)) < login.err.find("To log in"));
  CHECK(redirect_uri_in(login.err) == uri_at(next));
  CHECK(here.provider->server().requests("/token").back().parameter("redirect_uri") ==
        uri_at(next));
  CHECK(here.kept("config.json", "profiles.work.redirect_uri") ==
        "[\"" + uri_at(taken) + "\",\"" + uri_at(next) + "\"]");
}

TEST_CASE("all registered ports are busy: 1, and each is named") {
  const Workplace here;
  const int one = free_port();
  const int two = free_port();
  Running first(here.start(login_at(here, {one})));
  Running second(here.start(login_at(here, {two})));
  await_url(first);
  await_url(second);
  const Finished login = run(here.start(login_at(here, {one, two})));
  CHECK(login.status == 1);
  const auto last = login.err.find("xauth: no redirect URI could be listened on: ");
  REQUIRE(last != std::string::npos);
  for (const int port : {one, two}) CHECK(login.err.find(uri_at(port), last) != std::string::npos);
  CHECK(here.files().empty());
}

TEST_CASE("--port is of the default redirect URI, for this login alone") {
  const Workplace here;
  const int port = free_port();
  auto arguments = login_at(here, {});
  arguments.insert(arguments.end(), {"--port", std::to_string(port)});
  const Finished login = here.log_in(arguments);
  CHECK(login.status == 0);
  CHECK(redirect_uri_in(login.err) == uri_at(port));
  CHECK_FALSE(here.kept("config.json", "profiles.work.redirect_uri"));
}

TEST_CASE("port 0 is any free port, and stays so") {
  const Workplace here;
  auto arguments = login_at(here, {});
  arguments.insert(arguments.end(), {"--port", "0"});
  CHECK(redirect_uri_in(here.log_in(arguments).err) != uri_at(0));
  REQUIRE(here.log_in(login_at(here, {0})).status == 0);
  CHECK(here.kept("config.json", "profiles.work.redirect_uri") == "[\"" + uri_at(0) + "\"]");
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
}

TEST_CASE("the port is open before the URL is told, and refuses after the end, LI-5") {
  const Workplace here;
  const int port = free_port();
  Running login(here.start(login_at(here, {port})));
  const auto told = await_url(login);
  CHECK(connects(port));
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  CHECK_FALSE(connects(port));

  Running stopped(here.start(login_at(here, {port})));  // and it can be had again at once
  await_url(stopped);
  stopped.signal(SIGTERM);
  CHECK(stopped.wait().status == 143);
  CHECK_FALSE(connects(port));
}

TEST_CASE(
    "localhost is listened on in both families, a literal in its own alone, LI-1, LI-2, IN-8") {
  const Workplace here;
  const int port = free_port();
  auto arguments = login_at(here, {});
  arguments.insert(arguments.end(), {"--redirect-uri", "http://localhost:" + std::to_string(port)});
  Running both(here.start(arguments));
  await_url(both);
  CHECK(connects(port));
  CHECK((connects(port, AF_INET6) || !has_ipv6()));

  const int other = free_port();
  Running one(here.start(login_at(here, {other})));
  await_url(one);
  CHECK(connects(other));
  CHECK_FALSE(connects(other, AF_INET6));
}

TEST_CASE("--listen binds elsewhere than the redirect URI says") {
  const Workplace here;
  const int inner = free_port();
  const int outer = free_port();
  auto arguments = login_at(here, {outer});
  arguments.insert(arguments.end(), {"--listen", "127.0.0.1:" + std::to_string(inner)});
  Running login(here.start(arguments));
  const auto told = await_url(login);
  CHECK(redirect_uri_in(told) == uri_at(outer));
  CHECK(connects(inner));
  CHECK_FALSE(connects(outer));
  testing::RawClient client(inner);
  const auto page =
      client.ask("GET /callback?error=access_denied&state=" + state_in(told) +
                 " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(outer) + "\r\n\r\n");
  CHECK(page.starts_with("HTTP/1.1 303"));
  CHECK(login.wait().status == 3);
}

TEST_CASE("with --listen, a redirect URI of any port has the port that is listened on") {
  const Workplace here;
  const int port = free_port();
  auto arguments = login_at(here, {0});
  arguments.insert(arguments.end(), {"--listen", "127.0.0.1:" + std::to_string(port)});
  const Finished login = here.log_in(arguments);
  CHECK(login.status == 0);
  CHECK(redirect_uri_in(login.err) == uri_at(port));
}

TEST_CASE("--listen where other machines reach it is warned of, LI-1") {
  const Workplace here;
  auto arguments = login_at(here, {free_port()});
  arguments.insert(arguments.end(), {"--listen", "0.0.0.0:0"});
  Running login(here.start(arguments));
  CHECK(await_url(login).find("warning: listening on 0.0.0.0") != std::string::npos);
}
