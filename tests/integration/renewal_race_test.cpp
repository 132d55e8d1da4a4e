// Many processes and one expired token whose refresh token can be used once.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <list>
#include <set>
#include <thread>

#include "support/file_locks.h"
#include "support/kept_login.h"
#include "support/tally.h"

using namespace xauth;
using namespace xauth::test;
using namespace std::chrono_literals;

namespace {

// A login in the manner of X, whose answers wait until the gate is open.
struct Race {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::x());
  KeptLogins kept{*provider, {.provider = "x"}};
  Gate gate;
  std::list<Running> running;

  Race() {
    provider->server().wrap("/token", [opened = gate.opened()](const IncomingRequest& request,
                                                               const demo::Answer& original) {
      OutgoingReply reply = original(request);
      opened.wait();
      return reply;
    });
  }

  Running& begin(const std::vector<std::string>& arguments) {
    return running.emplace_back(kept.start(arguments));
  }

  int asked() const { return provider->server().count("/token") - 1; }

  void await_request(int count = 1) const {
    REQUIRE(provider->server().await_requests("/token", count + 1, 30s));
  }

  // No refresh token was sent twice, and the grant is alive.
  void check_grant() const {
    std::multiset<std::string> sent;
    for (const auto& request : provider->server().requests("/token")) {
      if (const auto token = request.parameter("refresh_token")) sent.insert(*token);
    }
    for (const auto& token : sent) CHECK(sent.count(token) == 1);
    CHECK(provider->server().grants_alive() == 1);
  }
};

constexpr int kCrowd = kSanitized ? 20 : 100;

bool is_killed(const Finished& ended) { return ended.status == 128 + SIGKILL; }

}  // namespace

TEST_CASE_FIXTURE(
    Race, "100 processes and one expired token: one request, 100 equal outputs, RF-6, IN-15") {
  for (int i = 0; i < kCrowd; ++i) begin({"token", "work"});
  await_request();
  std::this_thread::sleep_for(300ms);  // a slow provider, while the others come to the lock
  gate.open();
  std::string line;
  for (auto& process : running) {
    const Finished ended = process.wait();
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    if (line.empty()) line = ended.out;
    CHECK(ended.out == line);
  }
  CHECK(line == kept.token("access_token") + "\n");
  CHECK(asked() == 1);
  tally("processes raced", kCrowd);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  check_grant();
}

TEST_CASE_FIXTURE(Race, "waiters that are killed disturb nobody, RF-6") {
  Running& first = begin({"token", "work"});
  await_request();
  for (int i = 0; i < kCrowd; ++i) begin({"token", "work"});
  int index = 0;
  for (auto& process : running) {  // at whatever point of its life each of them is
    if (&process != &first && ++index % 10 == 0) process.signal(SIGKILL);
  }
  gate.open();
  int killed = 0;
  for (auto& process : running) {
    const Finished ended = process.wait();
    killed += is_killed(ended) ? 1 : 0;
    if (is_killed(ended)) continue;
    CHECK(ended.status == 0);
    CHECK(ended.out == kept.token("access_token") + "\n");
  }
  CHECK(killed == kCrowd / 10);
  CHECK(asked() == 1);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  check_grant();
}

TEST_CASE_FIXTURE(Race,
                  "when the holder of the lock dies before it asks, the next one asks, RF-6") {
  if (kept.shell("strace -o /dev/null true").status != 0) return;  // nothing to hold it with
  gate.open();
  // It has the lock, and is held where it would reserve the space.
  Running holder({.arguments = {"-c",
                                "exec strace -qq -o /dev/null -e trace=fallocate "
                                "-e inject=fallocate:delay_enter=60000000 \"$0\" token work",
                                built_program()},
                  .variables = kept.variables,
                  .program = "/bin/sh"});
  await_locked(kept.path_of("tokens/.work.lock"));
  for (int i = 0; i < 5; ++i) begin({"token", "work"});
  for (const Running& waiter : running) await_waiting(waiter);
  CHECK(asked() == 0);
  ::kill(-holder.pid(), SIGKILL);  // both it and strace
  CHECK(is_killed(holder.wait()));
  for (Running& waiter : running) {
    const Finished ended = waiter.wait();
    CHECK(ended.status == 0);
    CHECK(ended.out == kept.token("access_token") + "\n");
  }
  CHECK(asked() == 1);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  check_grant();
}

TEST_CASE_FIXTURE(
    Race, "a refresh that is killed in flight makes no other one ask with a token in vain, RF-8") {
  // The provider has rotated, nobody has its answer: the next one is told so and asks no more.
  Running& holder = begin({"token", "work"});
  await_request();
  holder.signal(SIGKILL);
  CHECK(is_killed(holder.wait()));
  gate.open();
  const std::string old = kept.token("refresh_token");
  const Finished next = kept.xauth({"token", "work"});
  CHECK(next.status == 4);
  CHECK(asked() == 2);
  CHECK(kept.token("refresh_token") == old);
  CHECK(kept.xauth({"token", "work"}).status == 4);
  CHECK(asked() == 2);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
}

TEST_CASE("when the holder of the lock is stopped the others end: 9, in time, RF-4") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  Gate gate;
  provider->server().wrap("/token", [opened = gate.opened()](const IncomingRequest& request,
                                                             const demo::Answer& original) {
    opened.wait();
    return original(request);
  });
  Running holder(kept.start({"token", "work"}));
  REQUIRE(provider->server().await_requests("/token", 2, 30s));
  holder.signal(SIGSTOP);
  gate.open();  // it is answered, and does not hear it
  const auto since = std::chrono::steady_clock::now();
  std::list<Running> others;
  for (const char* command : {"token", "refresh", "logout"}) {
    others.emplace_back(kept.start({command, "work"}));
  }
  for (Running& other : others) {
    const Finished ended = other.wait(50s);
    CHECK(ended.status == 9);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("is held by another process") != std::string::npos);
  }
  CHECK(std::chrono::steady_clock::now() - since < 50s);
  CHECK(provider->server().count("/token") == 2);
  holder.signal(SIGCONT);
  const int status = holder.wait().status;
  CHECK((status == 0 || status == 6));  // the answer or the time, whichever it sees first
  const Finished next = kept.xauth({"token", "work"});
  CHECK(next.out == kept.token("access_token") + "\n");
}

TEST_CASE_FIXTURE(Race, "--force-refresh and refresh use what another one renews meanwhile") {
  begin({"token", "work"});
  await_request();
  await_waiting(begin({"token", "work", "--force-refresh"}));
  await_waiting(begin({"refresh", "work"}));
  await_waiting(begin({"token", "work", "--min-ttl", "999999"}));
  gate.open();
  for (auto& process : running) {
    const Finished ended = process.wait();
    CHECK(ended.status == 0);
    if (!ended.out.empty()) CHECK(ended.out == kept.token("access_token") + "\n");
  }
  CHECK(asked() == 1);
  check_grant();
}

TEST_CASE_FIXTURE(Race, "profiles do not wait for each other") {
  const auto other = start_provider(demo::plain());
  kept.add(*other, {.profile = "other"});
  begin({"token", "work"});
  await_request();
  CHECK(kept.xauth({"token", "other"}).status == 0);
  CHECK(kept.xauth({"status"}).status == 0);
  CHECK(kept.xauth({"use", "other"}).status == 0);
  gate.open();
  CHECK(running.front().wait().status == 0);
}

TEST_CASE_FIXTURE(Race, "a signal during the request waits until the new token is saved, RF-8") {
  int count = 0;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    for (const char* command : {"token", "refresh"}) {
      CAPTURE(signal);
      const std::string before = kept.token("refresh_token");
      kept.set_token("expires_at", Json(clock_now() - 1));
      std::promise<void> opened;
      provider->server().wrap("/token",
                              [future = opened.get_future().share()](const IncomingRequest& request,
                                                                     const demo::Answer& original) {
                                future.wait();
                                return original(request);
                              });
      Running process(kept.start({command, "work"}));
      await_request(++count);
      process.signal(signal);
      process.signal(signal);  // an impatient person
      opened.set_value();
      const Finished ended = process.wait();
      CHECK(ended.status == 128 + signal);
      CHECK(ended.out.empty());
      CHECK(kept.token("refresh_token") != before);
      CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
    }
  }
  check_grant();
}

TEST_CASE_FIXTURE(Race, "a signal to one that waits for the lock ends it at once") {
  begin({"token", "work"});
  await_request();
  Running& waiter = begin({"token", "work"});
  await_waiting(waiter);
  waiter.signal(SIGTERM);
  CHECK(waiter.wait().status == 128 + SIGTERM);
  gate.open();
  CHECK(running.front().wait().status == 0);
  check_grant();
}

TEST_CASE_FIXTURE(Race, "no secret is among the arguments of the program while it asks, ST-12") {
  Running& process = begin({"token", "work", "--with-refresh-token", "-o", "json"});
  await_request();
  std::string words = content_of("/proc/" + std::to_string(process.pid()) + "/cmdline");
  for (char& c : words) c = c == '\0' ? ' ' : c;
  CHECK(words == "xauth token work --with-refresh-token -o json ");
  gate.open();
  CHECK(process.wait().status == 0);
}
