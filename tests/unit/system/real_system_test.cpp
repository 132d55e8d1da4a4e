#include "system/real_system.h"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <csignal>

#include "system/loopback_server.h"
#include "system/signals.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

TEST_CASE("the real clock tells whole seconds of the wall clock") {
  const auto system = real_system({});
  const auto before = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const auto now = system.now();
  CHECK(now >= before);
  CHECK(now <= std::chrono::system_clock::now());
}

TEST_CASE("the real randomness differs from draw to draw, AZ-7") {
  const auto system = real_system({});
  std::array<std::byte, 32> first{};
  std::array<std::byte, 32> second{};
  system.fill_random(first);
  system.fill_random(second);
  CHECK(first != second);
  CHECK(first != std::array<std::byte, 32>{});
}

TEST_CASE("a watched signal ends the wait for an answer, LI-18") {
  LoopbackServer silent([](const IncomingRequest&) { return OutgoingReply{}; });
  const int port = silent.bind("127.0.0.1", 0);  // takes connections, answers none
  const SignalsWatched signals;
  ::raise(SIGTERM);
  HttpRequest request;
  request.url = *parse_url("http://127.0.0.1:" + std::to_string(port) + "/");
  const auto system = real_system({});
  const auto error = error_of([&] { system.send(request); });
  CHECK(error.code == Code::unreachable);
  CHECK(error.message == "interrupted");
}

TEST_CASE("what is said goes where the settings say, and the browser is theirs") {
  std::string told;
  const auto system = real_system({.browser = "/nonexistent/browser %s",
                                   .say = [&](const std::string& line) { told += line; }});
  system.say("line");
  CHECK(told == "line");
  CHECK(error_of([&] { system.open_browser(*parse_url("https://as.example/")); }).code ==
        Code::failure);
}
