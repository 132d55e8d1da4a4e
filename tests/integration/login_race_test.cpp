// Logins and refreshes of one profile at once, and two profiles that are refreshed while others
// read.
#include <doctest/doctest.h>

#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <set>

#include "support/kept_login.h"
#include "support/tally.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// Each refresh token is good for once, and ends its grant when it comes again; the logins before
// the last one stay good.
demo::Manner rotating() {
  demo::Manner manner = demo::plain();
  manner.rotates_refresh_tokens = true;
  manner.reuse_kills_grant = true;
  return manner;
}

// The lines that a provider's access tokens are printed as, and whether one of its refresh tokens
// came twice.
class Issued {
 public:
  explicit Issued(demo::Provider& provider) {
    provider.server().wrap(
        "/token", [seen = seen_](const IncomingRequest& request, const demo::Answer& original) {
          OutgoingReply reply = original(request);
          seen->note(request, reply);
          return reply;
        });
  }

  void add(const std::string& access_token) { seen_->add(access_token); }

  bool has(const std::string& line) const {
    const std::lock_guard lock(seen_->mutex);
    return seen_->lines.count(line) > 0;
  }

  bool any_twice() const {
    const std::lock_guard lock(seen_->mutex);
    return seen_->twice;
  }

 private:
  struct Seen {
    void add(const std::string& access_token) {
      const std::lock_guard lock(mutex);
      lines.insert(access_token + "\n");
    }

    void note(const IncomingRequest& request, const OutgoingReply& reply) {
      const auto answer = parse_json(reply.body);
      const Json* token = answer ? answer->find("access_token") : nullptr;
      if (token != nullptr) add(*token->string());
      const std::lock_guard lock(mutex);
      for (const auto& [name, value] : parse_query(request.body)) {
        if (name == "refresh_token") twice = !sent.insert(value.value_or("")).second || twice;
      }
    }

    std::mutex mutex;
    std::set<std::string> lines;
    std::set<std::string> sent;
    bool twice = false;
  };

  std::shared_ptr<Seen> seen_ = std::make_shared<Seen>();  // the server's threads outlive us
};

constexpr int kReaders = kSanitized ? 5 : 20;

}  // namespace

TEST_CASE("logins while others refresh: every token is a right one, none is sent twice, IN-16") {
  const Workplace here(rotating());
  Issued issued(*here.provider);
  here.provider->server().set_access_token_lifetime(Seconds(30));  // each is refreshed at once
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  constexpr int kLogins = 3;
  std::list<Running> readers;
  const auto read = [&] {
    for (int i = 0; i < kReaders; ++i) readers.emplace_back(here.start({"token", "work"}));
  };
  for (int i = 0; i < kLogins; ++i) {
    Running login(here.start(here.login("work", kPublicClient)));
    const Url url = authorize_url_in(await_url(login));
    read();
    const auto page = std::async(std::launch::async, [&] { return decide(url); });
    read();
    CHECK(login.wait().status == 0);
  }
  for (Running& reader : readers) {
    const Finished ended = reader.wait();
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(issued.has(ended.out));
  }
  CHECK_FALSE(issued.any_twice());
  CHECK(here.provider->server().grants_alive() == 1 + kLogins);
  CHECK(run(here.start({"refresh", "work"})).status == 0);
  CHECK(here.files().size() == 2);  // settings and tokens
  tally("processes raced", 2 * kReaders * kLogins + kLogins);
}

TEST_CASE("two logins of one profile that end at once: both say so, one is kept whole, IN-16") {
  const Workplace here(rotating());
  for (int round = 0; round < 5; ++round) {
    std::list<Running> logins;
    std::vector<std::future<demo::FinalPage>> pages;
    std::vector<Url> urls;
    for (int i = 0; i < 2; ++i) {
      logins.emplace_back(here.start(here.login("work", kPublicClient)));
      urls.push_back(authorize_url_in(await_url(logins.back())));
    }
    for (const Url& url : urls) {
      pages.push_back(std::async(std::launch::async, [url] { return decide(url); }));
    }
    for (Running& login : logins) CHECK(login.wait().status == 0);
    CHECK(run(here.start({"refresh", "work"})).status == 0);
    CHECK(here.files().size() == 2);
  }
  CHECK(here.provider->server().grants_alive() == 10);
  tally("processes raced", 10);
}

TEST_CASE(
    "two profiles that are refreshed while others read: nobody reads another's or half, ST-4") {
  const auto one = start_provider(rotating());
  const auto two = start_provider(rotating());
  Issued of_one(*one);
  Issued of_two(*two);
  KeptLogins kept(*one, {.profile = "one", .lifetime = 3600});
  kept.add(*two, {.profile = "two", .lifetime = 3600});
  const std::pair<const char*, const Issued*> profiles[] = {{"one", &of_one}, {"two", &of_two}};
  constexpr int kRounds = kSanitized ? 3 : 10;
  for (int round = 0; round < kRounds; ++round) {
    std::list<Running> refreshes;
    std::list<std::pair<Running, const Issued*>> readers;
    for (const auto& [profile, issued] : profiles) {
      refreshes.emplace_back(kept.start({"refresh", profile}));
    }
    for (int i = 0; i < kReaders; ++i) {
      for (const auto& [profile, issued] : profiles) {
        Start start = kept.start({"token", profile});
        if (i % 2 == 0) start.program = built_front();
        readers.emplace_back(start, issued);
      }
    }
    for (auto& [reader, issued] : readers) {
      const Finished ended = reader.wait();
      CHECK(ended.status == 0);
      CHECK(ended.err.empty());
      CHECK(issued->has(ended.out));
    }
    for (Running& refresh : refreshes) CHECK(refresh.wait().status == 0);
  }
  CHECK(one->server().refreshes() == kRounds);
  CHECK_FALSE(of_one.any_twice());
  CHECK_FALSE(of_two.any_twice());
  tally("processes raced", 2 * kRounds * (kReaders + 1));
}
