// A thousand processes and one expired token, at a provider that ends the grant when a refresh
// token comes a second time; and a third of them is killed, whenever chance has it.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <csignal>
#include <random>
#include <set>

#include "support/file_locks.h"
#include "support/kept_login.h"
#include "support/tally.h"

using namespace xauth;
using namespace xauth::test;

namespace {

constexpr int kProcesses = kSanitized ? 60 : 1000;
constexpr int kVictims = kProcesses * 2 / 5;  // some of whom have ended before their time comes
constexpr const char* kLock = "tokens/.work.lock";

// Each is the program that people call, and hands over to the full one.
class Crowd {
 public:
  explicit Crowd(const KeptLogins& kept) : kept_(kept) {
    start_ = kept.start({"token", "work"});
    start_.program = built_front();
  }
  ~Crowd() {
    for (auto& member : members_) {
      if (!member.ended) ::kill(member.pid, SIGKILL);
    }
    wait();
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  void start_one() {
    const int index = static_cast<int>(members_.size());
    members_.push_back({start_into_files(start_, file(index, "out"), file(index, "err"))});
  }

  // Kills it, unless it has ended; and never the one that has the lock: what a provider has been
  // asked that ends a grant at the second time nobody can get back. (That one is killed elsewhere,
  // at each of its system calls.) Whether it has the lock is only sure while it stands still.
  bool kill(int index) {
    Member& member = members_.at(static_cast<std::size_t>(index));
    if (member.ended) return false;
    ::kill(member.pid, SIGSTOP);
    note(member, WUNTRACED);
    if (member.ended) return false;
    const bool spared = holds_lock(member.pid);
    ::kill(member.pid, spared ? SIGCONT : SIGKILL);
    if (!spared) note(member, 0);
    return !spared;
  }

  void wait() {
    for (auto& member : members_) {
      if (!member.ended) note(member, 0);
    }
  }

  int status(int index) const { return members_.at(static_cast<std::size_t>(index)).status; }
  std::string out(int index) const { return content_of(file(index, "out")); }
  std::string err(int index) const { return content_of(file(index, "err")); }
  int alive() const {
    int count = 0;
    for (const auto& member : members_) count += member.ended ? 0 : 1;
    return count;
  }

 private:
  struct Member {
    int pid;
    bool ended = false;
    int status = -1;
  };

  static void note(Member& member, int options) {
    int status = 0;
    REQUIRE(::waitpid(member.pid, &status, options) == member.pid);
    member.ended = !WIFSTOPPED(status);
    member.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  std::string file(int index, const char* kind) const {
    return kept_.path_of("../" + std::to_string(index) + "." + kind);
  }

  const KeptLogins& kept_;
  Start start_;
  std::vector<Member> members_;
};

// Whom to kill, by the number of processes that have been started then; beyond kProcesses: after
// the provider's answer.
std::multimap<int, int> choose_victims(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int> all(kProcesses);
  for (int i = 0; i < kProcesses; ++i) all[static_cast<std::size_t>(i)] = i;
  std::shuffle(all.begin(), all.end(), random);
  std::multimap<int, int> victims;
  for (int i = 0; i < kVictims; ++i) {
    const int victim = all[static_cast<std::size_t>(i)];
    victims.emplace(std::uniform_int_distribution(victim + 1, kProcesses * 21 / 20)(random),
                    victim);
  }
  return victims;
}

}  // namespace

TEST_CASE("a thousand processes, a third of them killed: no token is sent twice, IN-15, RF-6") {
  const unsigned chance = seed();
  MESSAGE("XAUTH_SEED=" << chance);
  const auto provider = start_provider(demo::x());
  const KeptLogins kept(*provider, {.provider = "x"});
  Gate gate;
  provider->server().wrap("/token", [opened = gate.opened()](const IncomingRequest& request,
                                                             const demo::Answer& original) {
    OutgoingReply reply = original(request);
    opened.wait();
    return reply;
  });
  Crowd crowd(kept);
  auto victims = choose_victims(chance);
  int killed = 0;
  const auto kill_until = [&](int started) {
    for (; !victims.empty() && victims.begin()->first <= started; victims.erase(victims.begin())) {
      killed += crowd.kill(victims.begin()->second) ? 1 : 0;
    }
  };
  for (int started = 1; started <= kProcesses; ++started) {
    crowd.start_one();
    kill_until(started);
  }
  REQUIRE(provider->server().await_requests("/token", 2, std::chrono::seconds(30)));
  await_waiters(kept.path_of(kLock), crowd.alive() - 1);

  const auto answered = std::chrono::steady_clock::now();
  gate.open();
  kill_until(2 * kProcesses);
  crowd.wait();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - answered;

  const std::string line = kept.token("access_token") + "\n";
  int served = 0;
  for (int i = 0; i < kProcesses; ++i) {
    if (crowd.status(i) == 128 + SIGKILL) continue;
    CAPTURE(i);
    CHECK(crowd.status(i) == 0);
    CHECK(crowd.err(i).empty());
    CHECK(crowd.out(i) == line);
    ++served;
  }
  MESSAGE(killed << " killed, " << served << " served within " << taken.count()
                 << " s of the answer");
  CHECK(killed + served == kProcesses);
  CHECK(killed >= kProcesses / 3);
  CHECK(provider->server().count("/token") == 2);  // the login, and one refresh
  CHECK(provider->server().grants_alive() == 1);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  CHECK(kept.xauth({"refresh"}).status == 0);
  tally("processes raced", kProcesses);
  tally("processes raced, and killed meanwhile", killed);
}
