// The listener of a running login against bytes that no browser sends: whatever comes, the login is
// still there for its answer, and small.
#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <thread>

#include "support/tally.h"
#include "support/waiting_login.h"

using namespace xauth;
using namespace xauth::test;
using testing::RawClient;

namespace {

constexpr const char* kTally = "hostile requests to a login";
constexpr long kMostMemory = 32 * 1024;  // kB

// The most memory that the process ever had in use, in kB.
long peak_memory(int pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string name; status >> name;) {
    long value = 0;
    if (name == "VmHWM:" && status >> value) return value;
  }
  FAIL("no VmHWM");
  return 0;
}

// Answers the login as its person would, and looks whether it was hurt.
void check_unhurt(const Workplace& here, WaitingLogin& waiting, int asked) {
  const long memory = peak_memory(waiting.login.pid());
  CAPTURE(memory);
  if (!kSanitized) CHECK(memory < kMostMemory);
  CHECK(decide(waiting.url).body.find("You are logged in") != std::string::npos);
  const Finished ended = waiting.login.wait();
  CAPTURE(ended.err);
  CHECK(ended.status == 0);
  CHECK(here.provider->server().count("/token") == 1);
  tally(kTally, asked);
}

std::string random_bytes(std::mt19937& random, std::size_t most) {
  std::string bytes(std::uniform_int_distribution<std::size_t>(1, most)(random), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

// A good request in which some bytes are others, or after which it is cut.
std::string damaged(std::mt19937& random, std::string request) {
  std::uniform_int_distribution<std::size_t> somewhere(0, request.size() - 1);
  if (random() % 4 == 0) request.resize(somewhere(random) + 1);
  for (unsigned left = random() % 4; left > 0 && !request.empty(); --left) {
    request[somewhere(random) % request.size()] = static_cast<char>(random());
  }
  return request;
}

// Of a request that is no answer, in whatever way.
struct Oddity {
  std::string name;
  std::string bytes;
  int status;  // 0: closed without a word
};

std::string repeated(const std::string& part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

// All would end the login, were their target or their body looked at.
std::vector<Oddity> oddities(const WaitingLogin& waiting) {
  const std::string target = "/callback?error=access_denied&state=" + waiting.state;
  const std::string host = "Host: " + waiting.host + "\r\n";
  const std::string line = "GET " + target + " HTTP/1.1\r\n";
  const std::string inner = line + host + "\r\n";
  const std::string length = "Content-Length: " + std::to_string(inner.size()) + "\r\n";
  // A request line of that many bytes, without its end.
  const auto line_of = [&](std::size_t size) {
    const std::string before = "GET " + target + "&x=";
    const std::string after = " HTTP/1.1";
    return before + std::string(size - before.size() - after.size(), 'x') + after + "\r\n";
  };
  return {
      {"HTTP/0.9", "GET " + target + "\r\n", 400},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"HTTP/2 in words", "GET " + target + " HTTP/2\r\n" + host + "\r\n", 400},
      {"HTTP/1.2", "GET " + target + " HTTP/1.2\r\n" + host + "\r\n", 400},
      {"TLS hello", std::string("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11) + target, 400},
      {"SSH", "SSH-2.0-OpenSSH_9.2\r\n", 400},
      {"SMTP", "EHLO x\r\nQUIT\r\n", 400},
      {"absolute target", "GET http://" + waiting.host + target + " HTTP/1.1\r\n" + host + "\r\n",
       400},
      {"authority target", "CONNECT " + waiting.host + " HTTP/1.1\r\n" + host + "\r\n", 400},
      {"asterisk target", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400},
      {"no target", "GET  HTTP/1.1\r\n" + host + "\r\n", 400},
      {"two spaces", "GET  " + target + " HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a tab for a space", "GET\t" + target + "\tHTTP/1.1\r\n" + host + "\r\n", 400},
      {"an empty line first", "\r\n" + inner, 400},
      {"lines that end in LF", "GET " + target + " HTTP/1.1\n" + host + "\n", 400},
      {"a lone CR", "GET " + target + " HTTP/1.1\r" + host + "\r\r", 400},
      {"NUL in the line", "GET " + target + std::string("\0", 1) + " HTTP/1.1\r\n" + host + "\r\n",
       400},
      {"NUL in a header", line + host + std::string("X: \0\r\n", 6) + "\r\n", 400},
      {"a folded header", line + host + "X: a\r\n b\r\n\r\n", 400},
      {"a space before the colon", line + "Host : " + waiting.host + "\r\n\r\n", 400},
      {"no colon", line + host + "X\r\n\r\n", 400},
      {"two hosts", line + host + host + "\r\n", 400},
      {"no host", line + "\r\n", 400},
      {"a host with a path", line + "Host: " + waiting.host + "/x\r\n\r\n", 421},
      {"an encoded path", "GET /%63allback" + target.substr(9) + " HTTP/1.1\r\n" + host + "\r\n",
       404},
      {"a path with dots", "GET /./" + target.substr(1) + " HTTP/1.1\r\n" + host + "\r\n", 404},
      {"a fragment", "GET /#" + target + " HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a backslash", "GET \\" + target.substr(1) + " HTTP/1.1\r\n" + host + "\r\n", 400},
      {"two lengths", line + host + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello", 400},
      {"a negative length", line + host + "Content-Length: -1\r\n\r\n", 400},
      {"a length beyond any number", line + host + "Content-Length: 99999999999999999999\r\n\r\n",
       413},
      {"chunks", line + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"length and chunks",
       line + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"Expect",
       "POST " + target + " HTTP/1.1\r\n" + host + length + "Expect: 100-continue\r\n\r\n", 413},
      {"a request in the body of a GET", "GET / HTTP/1.1\r\n" + host + length + "\r\n" + inner,
       413},
      {"a second request behind the first", "GET / HTTP/1.1\r\n" + host + "\r\n" + inner, 404},
      {"a hundred requests at once", repeated("GET / HTTP/1.1\r\n" + host + "\r\n", 100) + inner,
       404},
      {"a line of 8193 bytes", line_of(8193) + host + "\r\n", 414},
      {"a line of 1 MB", line_of(1 << 20) + host + "\r\n", 414},
      {"a header of 16 KiB", line + host + "X: " + std::string(16 * 1024, 'x') + "\r\n\r\n", 431},
      {"a header of 1 MB", line + host + "X: " + std::string(1 << 20, 'x') + "\r\n\r\n", 431},
      {"65 headers", line + host + repeated("X: 1\r\n", 64) + "\r\n", 431},
      {"100,000 headers", line + host + repeated("X: 1\r\n", 100'000) + "\r\n", 431},
      {"nothing at all", "", 0},
      {"half a request", "GET /call", 0},
  };
}

}  // namespace

TEST_CASE("ten thousand requests of random bytes do not end a login, LI-12, IN-8") {
  const unsigned chance = seed();
  MESSAGE("XAUTH_SEED=" << chance);
  std::mt19937 random(chance);
  const Workplace here;
  WaitingLogin waiting(here);
  const std::string good =
      "GET /callback?error=access_denied&state=" + std::string(waiting.state.size(), 'x') +
      " HTTP/1.1\r\nHost: " + waiting.host + "\r\n\r\n";
  constexpr int kRequests = 10'000;
  for (int i = 0; i < kRequests; ++i) {
    RawClient client(waiting.port);
    client.send(i % 2 == 0 ? random_bytes(random, 600) : damaged(random, good));
    client.end();
    if (i % 100 == 0) client.read_until();  // the others do not stay to listen
  }
  check_unhurt(here, waiting, kRequests);
}

TEST_CASE(
    "what no browser sends is refused by its kind, and the wait goes on, LI-6, LI-9, LI-12, IN-9") {
  const Workplace here;
  WaitingLogin waiting(here);
  const auto all = oddities(waiting);
  for (const auto& odd : all) {
    CAPTURE(odd.name);
    RawClient client(waiting.port);
    client.send(odd.bytes);
    client.end();
    const auto answer = client.read_until();
    CHECK(status_of(answer) == odd.status);
    CHECK(answer.find("HTTP/1.1 ", 1) == std::string::npos);  // one answer, if any
  }
  check_unhurt(here, waiting, static_cast<int>(all.size()));
}

TEST_CASE("what is odd and allowed does not keep the true answer from counting, LI-12") {
  const Workplace here;
  const auto answered = [&](const std::string& headers, const std::string& more_query = {}) {
    WaitingLogin waiting(here);
    const auto answer = waiting.ask(
        "GET /callback?error=access_denied&state=" + waiting.state + more_query, headers);
    CHECK(status_of(answer) == 303);
    CHECK(waiting.login.wait().status == 3);
  };
  answered("Range: bytes=0-,-1,5-2\r\nIf-Range: x\r\nTE: trailers\r\n");
  answered("Expect: 100-continue\r\nAccept-Encoding: gzip, br\r\nConnection: keep-alive\r\n");
  answered("REMOTE_ADDR: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Host: evil\r\n");
  answered(repeated("X: 1\r\n", 63));
  WaitingLogin measure(here);
  const auto used = std::string("GET /callback?error=access_denied&state=&x= HTTP/1.1").size() +
                    measure.state.size();
  answered("", "&x=" + std::string(8192 - used, 'x'));
}

TEST_CASE("floods cost a login no memory and do not end it, LI-12, LI-13") {
  const Workplace here;
  WaitingLogin waiting(here);
  constexpr std::size_t kFloods = 16;
  const std::string beginnings[] = {"", "GET /callback?code=", "GET / HTTP/1.1\r\nX: ",
                                    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"};
  const std::string mebibyte(1 << 20, 'a');
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kFloods; ++i) {
    threads.emplace_back([&, i] {
      RawClient client(waiting.port);
      bool there = client.send(beginnings[i % std::size(beginnings)]);
      for (int sent = 0; there && sent < 64; ++sent) there = client.send(mebibyte);
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<RawClient> idle;
  for (int i = 0; i < 400; ++i) {
    idle.emplace_back(waiting.port);
    idle.back().send("GET /callback HTTP/1.1\r\nX: " + std::string(4000, 'x'));
  }
  check_unhurt(here, waiting, static_cast<int>(kFloods + idle.size()));
}
