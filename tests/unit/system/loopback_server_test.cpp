#include "system/loopback_server.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "unit/system/raw_client.h"

using namespace xauth;
using namespace std::chrono_literals;
using xauth::testing::RawClient;
using Clock = std::chrono::steady_clock;

namespace {

OutgoingReply echo(const IncomingRequest& request) {
  return {200, {}, request.method + " " + request.target + " " + request.body};
}

// A running server on 127.0.0.1 with a free port.
struct Running {
  explicit Running(LoopbackServer::Handler handler = echo, ServerLimits limits = {})
      : server(std::move(handler), limits), port(server.bind("127.0.0.1", 0)) {
    server.start();
  }
  std::string ask(const std::string& bytes) const { return RawClient(port).ask(bytes); }

  LoopbackServer server;
  int port;
};

std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

int status_of(const std::string& answer) {
  return answer.rfind("HTTP/1.1 ", 0) == 0 ? std::atoi(answer.c_str() + 9) : 0;
}

std::string body_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

template <typename Action>
Clock::duration time_of(Action action) {
  const auto begin = Clock::now();
  action();
  return Clock::now() - begin;
}

long resident_pages() {
  std::ifstream file("/proc/self/statm");
  long size = 0;
  long resident = 0;
  file >> size >> resident;
  return resident;
}

// The flags of each socket that this process has open. They are read from /proc, because the
// descriptors belong to other threads.
std::vector<int> flags_of_sockets() {
  std::vector<int> flags;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
    if (target.rfind("socket:", 0) != 0) continue;
    std::ifstream info("/proc/self/fdinfo/" + entry.path().filename().string());
    std::string word;
    while (info >> word && word != "flags:") continue;
    if (info >> word) flags.push_back(std::stoi(word, nullptr, 8));
  }
  return flags;
}

// A handler that waits until it is let go.
class Gate {
 public:
  void wait() {
    waiting_.set_value();
    open_.get_future().wait();
  }
  void await_waiting() { waiting_.get_future().wait(); }
  void open() { open_.set_value(); }

 private:
  std::promise<void> waiting_;
  std::promise<void> open_;
};

// Sends one byte a second on each connection until it goes; the first byte at once.
class Dribblers {
 public:
  Dribblers(int port, int count) {
    for (int i = 0; i < count; ++i) clients_.emplace_back(port);
    dribble();
    thread_ = std::thread([this] { run(); });
  }
  ~Dribblers() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

 private:
  void dribble() {
    for (auto& client : clients_) client.send("G");
  }
  void run() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, 1s, [&] { return over_; })) dribble();
  }

  std::deque<RawClient> clients_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace

TEST_CASE("the handler gets the target byte for byte and its reply goes out") {
  const Running running;
  const std::string target = "/%63b?code=abc==&state=a+b&iss=https://a/b?c=d?e&x=%00";
  const auto answer = running.ask(get(target));
  CHECK(status_of(answer) == 200);
  CHECK(body_of(answer) == "GET " + target + " ");
  CHECK(answer.find("\r\nConnection: close\r\n") != std::string::npos);
}

TEST_CASE("each limit of the head holds on the wire, LI-12") {
  const Running running;
  const auto line = [](std::size_t size) { return get("/" + std::string(size - 14, 'a')); };
  CHECK(status_of(running.ask(line(8191))) == 200);
  CHECK(status_of(running.ask(line(8192))) == 200);
  CHECK(status_of(running.ask(line(8193))) == 414);
  const auto block = [](std::size_t size) {
    return get("/", "X: " + std::string(size - 22, 'a') + "\r\n");
  };
  CHECK(status_of(running.ask(block(16'384))) == 200);
  CHECK(status_of(running.ask(block(16'385))) == 431);
  std::string fields;
  for (int i = 1; i < 64; ++i) fields += "A: b\r\n";
  CHECK(status_of(running.ask(get("/", fields))) == 200);
  CHECK(status_of(running.ask(get("/", fields + "A: b\r\n"))) == 431);
}

TEST_CASE("a body arrives up to the limit, and none is taken by default, LI-12") {
  const std::string head = "POST /cb HTTP/1.1\r\nHost: h\r\nContent-Length: ";
  CHECK(status_of(Running().ask(head + "3\r\n\r\na=b")) == 413);
  ServerLimits limits;
  limits.body = 65'536;
  const Running running(echo, limits);
  CHECK(body_of(running.ask(head + "3\r\n\r\na=b")) == "POST /cb a=b");
  const std::string large(65'536, 'x');
  CHECK(body_of(running.ask(head + "65536\r\n\r\n" + large)) == "POST /cb " + large);
  CHECK(status_of(running.ask(head + "65537\r\n\r\n" + large + "x")) == 413);
  CHECK(status_of(running.ask(head + "1\r\nContent-Length: 1\r\n\r\nx")) == 400);
  CHECK(status_of(running.ask("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "0\r\n\r\n")) == 400);
}

TEST_CASE("200 MB without a line end are refused early and cost no memory, LI-12") {
  const Running running;
  running.ask(get("/"));
  const long before = resident_pages();
  for (const std::string start : {"GET /", "GET / HTTP/1.1\r\nHost: "}) {
    RawClient client(running.port);
    REQUIRE(client.send(start));
    const std::string chunk(1'000'000, 'a');
    int sent = 0;
    while (sent < 200 && client.send(chunk)) ++sent;
    CHECK(sent < 100);
  }
  CHECK((resident_pages() - before) * ::sysconf(_SC_PAGESIZE) < 16'000'000);
}

TEST_CASE("200 idle and 50 dribbling connections do not delay a request or the end, LI-11, LI-13") {
  Running running;
  std::deque<RawClient> idle;
  for (int i = 0; i < 200; ++i) idle.emplace_back(running.port);
  const Dribblers dribblers(running.port, 50);
  for (int i = 0; i < 5; ++i) {
    std::string answer;
    CHECK(time_of([&] { answer = running.ask(get("/")); }) < 1s);
    CHECK(status_of(answer) == 200);
  }
  CHECK(time_of([&] { running.server.stop(); }) < 1s);
}

TEST_CASE("a request that comes byte by byte ends with the connection's time, LI-12") {
  ServerLimits limits;
  limits.read = 5s;
  limits.request = 300ms;
  const Running running(echo, limits);
  RawClient client(running.port);
  const auto took = time_of([&] {
    while (client.send("G") && !client.readable(20ms)) {
    }
  });
  CHECK(took >= 300ms);
  CHECK(took < 4s);
  CHECK(status_of(client.read_until()) == 408);
}

TEST_CASE("a request that stops in the middle ends with the time of one read, LI-12") {
  ServerLimits limits;
  limits.read = 100ms;
  limits.request = 30s;
  const Running running(echo, limits);
  RawClient half(running.port);
  RawClient silent(running.port);
  half.send("GET / HTT");
  CHECK(time_of([&] { CHECK(status_of(half.read_until()) == 408); }) < 10s);
  CHECK(silent.read_until().empty());  // closed without a word
}

TEST_CASE("what is no HTTP request of today is refused at once") {
  const Running running;
  CHECK(status_of(running.ask("GET /\r\n")) == 400);
  CHECK(status_of(running.ask(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11))) ==
        400);
  CHECK(status_of(running.ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) == 400);
  CHECK(status_of(running.ask("GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) == 400);
}

TEST_CASE("a second request on the connection is never looked at") {
  std::atomic<int> served = 0;
  const Running running([&](const IncomingRequest& request) {
    ++served;
    return echo(request);
  });
  const auto answer = running.ask(get("/1") + get("/2") + std::string(20'000, 'x'));
  CHECK(body_of(answer) == "GET /1 ");
  CHECK(served == 1);
}

TEST_CASE("an answer is not lost when the peer has sent more than was read") {
  const Running running;
  RawClient refused(running.port);
  const auto answer = refused.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" +
                                  std::string(100'000, 'x'));
  CHECK(status_of(answer) == 413);
  CHECK_FALSE(refused.reset());
}

TEST_CASE("Expect is answered where a body is to come, and ignored elsewhere") {
  ServerLimits limits;
  limits.body = 100;
  const Running running(echo, limits);
  RawClient client(running.port);
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(body_of(client.ask("ab")) == "POST / ab");
  CHECK(body_of(running.ask(get("/", "Expect: 100-continue\r\n"))) == "GET / ");
  CHECK(body_of(running.ask(get("/", "Expect: nonsense\r\n"))) == "GET / ");
}

TEST_CASE("Range, Accept-Encoding and a forged REMOTE_ADDR change nothing") {
  const Running running([](const IncomingRequest&) {
    return OutgoingReply{200, {{"Content-Type", "text/html"}}, std::string(5000, 'x')};
  });
  for (const char* header : {"Range: bytes=0-1\r\n", "Range: bytes=9-1,x\r\n", "REMOTE_ADDR: x\r\n",
                             "Accept-Encoding: gzip, br\r\n"}) {
    CAPTURE(header);
    const auto answer = running.ask(get("/", header));
    CHECK(status_of(answer) == 200);
    CHECK(body_of(answer) == std::string(5000, 'x'));
  }
}

TEST_CASE("HEAD reaches the handler as HEAD and is answered without a body, LI-8") {
  std::promise<std::string> method;
  const Running running([&](const IncomingRequest& request) {
    method.set_value(request.method);
    return echo(request);
  });
  const auto answer = running.ask("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(status_of(answer) == 200);
  CHECK(body_of(answer).empty());
  CHECK(method.get_future().get() == "HEAD");
}

TEST_CASE("a handler that throws answers a bare 500 and the server lives on, LI-17") {
  std::atomic<int> calls = 0;
  const Running running([&](const IncomingRequest& request) -> OutgoingReply {
    const int call = ++calls;
    if (call == 1) throw std::runtime_error("secret text");
    if (call == 2) throw Error(Code::failure, "secret text");
    if (call == 3) throw 42;
    return echo(request);
  });
  for (int i = 0; i < 3; ++i) {
    const auto answer = running.ask(get("/"));
    CHECK(status_of(answer) == 500);
    CHECK(body_of(answer).empty());
    CHECK(answer.find("secret") == std::string::npos);
    CHECK(answer.find("EXCEPTION") == std::string::npos);
  }
  CHECK(status_of(running.ask(get("/"))) == 200);
}

TEST_CASE("a reply header with a line break is a 500, not a second header") {
  const Running running([](const IncomingRequest&) {
    return OutgoingReply{200, {{"X", "a\r\nSet-Cookie: b=c"}}, ""};
  });
  const auto answer = running.ask(get("/"));
  CHECK(status_of(answer) == 500);
  CHECK(answer.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("a handler may block while other requests are served") {
  Gate gate;
  const Running running([&](const IncomingRequest& request) {
    if (request.target == "/slow") gate.wait();
    return echo(request);
  });
  RawClient slow(running.port);
  slow.send(get("/slow"));
  gate.await_waiting();
  CHECK(status_of(running.ask(get("/fast"))) == 200);
  gate.open();
  CHECK(body_of(slow.read_until()) == "GET /slow ");
}

TEST_CASE("stop() lets an answer that is due go out, and begins no other") {
  Gate gate;
  Running running([&](const IncomingRequest& request) {
    if (request.target == "/due") gate.wait();
    return echo(request);
  });
  RawClient due(running.port);
  due.send(get("/due"));
  RawClient late(running.port);
  gate.await_waiting();
  const auto stopping = std::async(std::launch::async, [&] { running.server.stop(20s); });
  CHECK_FALSE(due.readable(200ms));  // stop() waits by now
  CHECK(late.ask(get("/late")).empty());
  gate.open();
  CHECK(body_of(due.read_until()) == "GET /due ");
}

TEST_CASE("a handler may take longer than the request's own time") {
  ServerLimits limits;
  limits.read = 50ms;
  limits.request = 100ms;
  Gate gate;
  const Running running(
      [&](const IncomingRequest& request) {
        gate.wait();
        return echo(request);
      },
      limits);
  RawClient client(running.port);
  client.send(get("/"));
  gate.await_waiting();
  CHECK_FALSE(client.readable(300ms));
  gate.open();
  CHECK(status_of(client.read_until()) == 200);
}

TEST_CASE("stop() returns although a handler is stuck, which then harms nobody") {
  const auto gate = std::make_shared<Gate>();
  const auto left = std::make_shared<std::promise<void>>();
  auto running = std::make_unique<Running>([gate, left](const IncomingRequest& request) {
    gate->wait();
    left->set_value();
    return echo(request);
  });
  RawClient client(running->port);
  client.send(get("/"));
  gate->await_waiting();
  CHECK(time_of([&] { running->server.stop(100ms); }) < 2s);
  running.reset();
  CHECK(client.read_until().empty());
  gate->open();
  left->get_future().wait();
}

TEST_CASE("past the bound the oldest idle connection goes, never one that is being served, LI-12") {
  ServerLimits limits;
  limits.connections = 2;
  Gate gate;
  const Running running(
      [&](const IncomingRequest& request) {
        if (request.target == "/slow") gate.wait();
        return echo(request);
      },
      limits);
  RawClient slow(running.port);
  slow.send(get("/slow"));
  gate.await_waiting();
  RawClient idle(running.port);
  RawClient next(running.port);
  CHECK(idle.read_until().empty());  // made room for the next one
  CHECK(status_of(next.ask(get("/next"))) == 200);
  gate.open();
  CHECK(body_of(slow.read_until()) == "GET /slow ");
}

TEST_CASE("with every connection busy a further one is closed, LI-12") {
  ServerLimits limits;
  limits.connections = 1;
  Gate gate;
  const Running running(
      [&](const IncomingRequest& request) {
        gate.wait();
        return echo(request);
      },
      limits);
  RawClient busy(running.port);
  busy.send(get("/"));
  gate.await_waiting();
  CHECK(RawClient(running.port).read_until().empty());
  gate.open();
  CHECK(status_of(busy.read_until()) == 200);
}

TEST_CASE("a peer that reads nothing cannot hold stop() up, LI-13") {
  std::promise<void> handled;
  Running running([&](const IncomingRequest&) {
    handled.set_value();
    return OutgoingReply{200, {}, std::string(50'000'000, 'x')};
  });
  RawClient client(running.port);
  client.send(get("/"));
  handled.get_future().wait();
  CHECK(time_of([&] { running.server.stop(100ms); }) < 1s);
}

TEST_CASE("an answer that is larger than the socket's buffer arrives whole") {
  const Running running([](const IncomingRequest&) {
    return OutgoingReply{200, {}, std::string(8'000'000, 'x')};
  });
  CHECK(body_of(running.ask(get("/"))).size() == 8'000'000);
}

TEST_CASE("requests from before start() are served, more than httplib's five, LI-5") {
  LoopbackServer server(echo);
  const int port = server.bind("127.0.0.1", 0);
  std::deque<RawClient> early;
  for (int i = 0; i < 16; ++i) early.emplace_back(port).send(get("/early"));
  server.start();
  for (auto& client : early) CHECK(body_of(client.read_until()) == "GET /early ");
}

TEST_CASE("after stop() the port refuses connections and no socket is left, LI-5") {
  const std::size_t before = flags_of_sockets().size();
  for (const bool started : {false, true}) {
    CAPTURE(started);
    LoopbackServer server(echo);
    const int port = server.bind("127.0.0.1", 0);
    if (started) server.start();
    server.stop();
    server.stop();
    CHECK_THROWS(RawClient(port));
    CHECK(errno == ECONNREFUSED);
    CHECK(flags_of_sockets().size() == before);
  }
}

TEST_CASE("stop() right after start() is not lost") {
  for (int i = 0; i < 50; ++i) {
    Running running;
    running.server.stop();
    CHECK_THROWS(RawClient(running.port));
  }
}

TEST_CASE("a port in use is refused by name, LI-4") {
  const Running first;
  LoopbackServer second(echo);
  try {
    second.bind("127.0.0.1", first.port);
    FAIL("the port is shared");
  } catch (const BindFailure& failure) {
    CHECK(failure.reason == EADDRINUSE);
    CHECK(failure.message.starts_with("port " + std::to_string(first.port) +
                                      " on 127.0.0.1 is in use by unit_tests (process "));
  }
}

TEST_CASE("a fixed port can be bound again right after a login on it, LI-4") {
  int port = 0;
  {
    LoopbackServer any(echo);
    port = any.bind("127.0.0.1", 0);
  }
  for (int i = 0; i < 3; ++i) {
    LoopbackServer server(echo);
    REQUIRE(server.bind("127.0.0.1", port) == port);
    server.start();
    CHECK(status_of(RawClient(port).ask(get("/"))) == 200);  // leaves a connection in TIME_WAIT
  }
}

TEST_CASE("one server answers on both loopback addresses, LI-2") {
  LoopbackServer server(echo);
  const int port = server.bind("127.0.0.1", 0);
  try {
    CHECK(server.bind("::1", port) == port);
  } catch (const BindFailure& failure) {
    MESSAGE("no IPv6 loopback here: " << failure.message);
    return;
  }
  server.start();
  CHECK(body_of(RawClient(port, AF_INET6).ask(get("/6"))) == "GET /6 ");
  CHECK(body_of(RawClient(port, AF_INET).ask(get("/4"))) == "GET /4 ");
}

TEST_CASE("a program started by a handler inherits no socket of ours") {
  std::promise<long> inherited;
  const Running running([&](const IncomingRequest& request) {
    const auto flags = flags_of_sockets();
    inherited.set_value(std::count_if(flags.begin(), flags.end(),
                                      [](int flag) { return (flag & O_CLOEXEC) == 0; }));
    return echo(request);
  });
  running.ask(get("/"));
  CHECK(inherited.get_future().get() == 0);
}
