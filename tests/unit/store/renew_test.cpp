#include "store/renew.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/error.h"
#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

namespace {

using Names = std::vector<std::string>;
using Answer = std::variant<Tokens, oauth::Refusal>;

const Names kClean = {".x.lock", "x.json"};

// A profile whose token has expired, and a provider that renews it.
struct Renewal {
  explicit Renewal(Seconds life = Seconds(0)) : seen(tokens_named("old", life)) {
    login.log_in("x", seen);
  }

  Tokens renew(const Need& need = {}) {
    return store::renew(
        login.store, "x", seen, need, [] { return kNow; },
        [this](const Tokens& current) {
          ++asked;
          return answer(current);
        });
  }

  Error failure(const Need& need = {}) {
    return error_of([&] { renew(need); });
  }

  std::string stored() const { return login.store.tokens("x")->access_token.reveal(); }

  StoredLogin login;
  Tokens seen;
  std::function<Answer(const Tokens&)> answer = [](const Tokens&) {
    auto tokens = tokens_named("new");
    tokens.issued_at = kNow + Seconds(1);
    return tokens;
  };
  int asked = 0;
};

Answer refused(const char* error) { return oauth::make_refusal(error, "spent", {}, {}); }

Need forced() { return {.ttl = Seconds(60), .force = true}; }

}  // namespace

TEST_CASE("an expired token is renewed and saved before it is given out, RF-9") {
  Renewal renewal;
  CHECK(renewal.renew().access_token.reveal() == "access-new");
  CHECK(renewal.stored() == "access-new");
  CHECK(renewal.asked == 1);
  CHECK(renewal.login.token_files() == kClean);
}

TEST_CASE("a token that is valid long enough is not renewed unless that is asked for") {
  Renewal renewal(Seconds(61));
  CHECK(renewal.renew().access_token.reveal() == "access-old");
  CHECK(renewal.asked == 0);
  CHECK(renewal.renew({.ttl = Seconds(61)}).access_token.reveal() == "access-new");
  CHECK(renewal.asked == 1);
  renewal.seen = *renewal.login.store.tokens("x");
  renewal.renew(forced());
  CHECK(renewal.asked == 2);
}

TEST_CASE("an application asks again without a refresh token, and no refusal ends that, AD-11") {
  Renewal renewal;
  renewal.seen.refresh_token = Secret();
  renewal.login.log_in("x", renewal.seen);
  CHECK(renewal.failure().code == Code::login_needed);
  CHECK(renewal.asked == 0);
  const Need asks_again = {.ttl = Seconds(60), .force = false, .needs_refresh_token = false};
  CHECK(renewal.renew(asks_again).access_token.reveal() == "access-new");
  renewal.seen = *renewal.login.store.tokens("x");
  renewal.answer = [](const Tokens&) { return refused("invalid_grant"); };
  const Need forced_again = {.ttl = Seconds(60), .force = true, .needs_refresh_token = false};
  CHECK(renewal.failure(forced_again).code == Code::refused);
  CHECK(renewal.login.store.tokens("x")->refused.empty());
}

TEST_CASE("what another process has renewed meanwhile is used, also when forced, RF-5") {
  Renewal renewal;
  renewal.login.log_in("x", tokens_named("other", Seconds(30)));
  CHECK(renewal.renew().access_token.reveal() == "access-other");
  CHECK(renewal.renew(forced()).access_token.reveal() == "access-other");
  CHECK(renewal.asked == 0);
  renewal.login.log_in("x", tokens_named("expired", Seconds(-1)));
  CHECK(renewal.renew().access_token.reveal() == "access-new");
}

TEST_CASE("many processes with an expired token ask once, and all get the same, RF-6") {
  constexpr int kProcesses = 20;
  Renewal renewal;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    children.push_back(start([&] {
      const auto token = renewal.renew().access_token.reveal();
      return token == "access-new" ? renewal.asked : 50;
    }));
  }
  int asked = 0;
  for (const pid_t child : children) asked += wait_for(child);
  CHECK(asked == 1);
  CHECK(renewal.stored() == "access-new");
}

TEST_CASE("the lock is held while the provider is asked, on a file that stays, RF-4") {
  Renewal renewal;
  renewal.answer = [&](const Tokens&) -> Answer {
    const auto directory = renewal.login.store.tokens_directory();
    const auto warn = renewal.login.store.warn();
    const auto error =
        error_of([&] { FileLock(directory, ".x.lock", std::chrono::milliseconds(1), warn); });
    CHECK(error.code == Code::busy);
    FileLock(directory, ".y.lock", std::chrono::milliseconds(1), warn);  // another's is free
    return tokens_named("new");
  };
  renewal.renew();
  CHECK(renewal.asked == 1);
  CHECK(std::filesystem::exists(renewal.login.path_of("tokens/.x.lock")));
}

TEST_CASE("what cannot be saved is not asked for, RF-7") {
  Renewal renewal;
  const auto before = renewal.login.token_file("x");
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{kReserved / 2, kReserved / 2};
    ::setrlimit(RLIMIT_FSIZE, &small);
    return renewal.failure().exit_status() + 100 * renewal.asked;
  });
  CHECK(status == 8);
  CHECK(renewal.login.token_file("x") == before);
  CHECK(renewal.login.token_files() == kClean);
}

TEST_CASE("the space is reserved before the provider is asked, RF-7") {
  Renewal renewal;
  renewal.answer = [&](const Tokens&) -> Answer {
    std::size_t reserved = 0;
    for (const auto& name : renewal.login.token_files()) {
      if (!NewFile::is_temporary(name, "x.json")) continue;
      reserved = std::filesystem::file_size(renewal.login.path_of("tokens/" + name));
    }
    CHECK(reserved >= kReserved);
    return tokens_named("new");
  };
  renewal.renew();
}

TEST_CASE("a signal waits until the new tokens are saved, RF-8") {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Renewal renewal;
    const auto answer = renewal.answer;
    renewal.answer = [&](const Tokens& current) {
      ::raise(signal);
      return answer(current);
    };
    CHECK(in_child([&] {
            ::signal(signal, SIG_DFL);
            renewal.renew();
            return 0;
          }) == -signal);
    CHECK(renewal.stored() == "access-new");
    CHECK(renewal.login.token_files() == kClean);
  }
}

TEST_CASE("an answer that cannot be saved is kept, named, and taken up the next time, RF-9") {
  Renewal renewal;
  const auto file = renewal.login.path_of("tokens/x.json");
  const auto old = renewal.login.token_file("x");
  const auto answer = renewal.answer;
  renewal.answer = [&](const Tokens& current) {
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);  // nothing can be renamed to it
    return answer(current);
  };
  const auto error = renewal.failure();
  CHECK(error.code == Code::storage);
  const auto at = error.message.find("its answer is in ");
  REQUIRE(at != std::string::npos);
  const auto kept = error.message.substr(at + 17);
  CHECK(parse_tokens(content_of(kept))->access_token.reveal() == "access-new");

  std::filesystem::remove(file);
  put(file, old);
  CHECK(renewal.renew().access_token.reveal() == "access-new");
  CHECK(renewal.asked == 1);
  CHECK(renewal.stored() == "access-new");
}

TEST_CASE("a dead grant is recorded, and all else is kept, RF-10") {
  Renewal renewal;
  renewal.answer = [](const Tokens&) { return refused("invalid_grant"); };
  const auto error = renewal.failure();
  CHECK(error.code == Code::login_needed);
  CHECK(error.hint == "xauth login x");
  CHECK(error.provider_error == "invalid_grant");
  const auto stored = renewal.login.store.tokens("x");
  CHECK(stored->refused == "invalid_grant: spent");
  CHECK(stored->access_token.reveal() == "access-old");
  CHECK(stored->refresh_token.reveal() == "refresh-old");
  CHECK(stored->account_id == "7");
  CHECK(renewal.login.token_files() == kClean);
}

TEST_CASE("a dead grant is not asked again until that is asked for, and a success revives, RF-10") {
  Renewal renewal;
  const auto answer = renewal.answer;
  renewal.answer = [](const Tokens&) { return refused("invalid_grant"); };
  renewal.failure();
  CHECK(renewal.failure().code == Code::login_needed);
  CHECK(renewal.asked == 1);
  CHECK(renewal.failure(forced()).code == Code::login_needed);
  CHECK(renewal.asked == 2);
  renewal.answer = answer;
  renewal.renew(forced());
  CHECK(renewal.login.store.tokens("x")->refused.empty());
}

TEST_CASE(
    "a grant that another process has renewed in spite of the lock is not dead, RF-10, IN-15") {
  Renewal renewal;
  renewal.answer = [&](const Tokens&) {
    put(renewal.login.path_of("tokens/x.json"), text_of(tokens_named("other")).reveal());
    return refused("invalid_grant");
  };
  CHECK(renewal.renew().access_token.reveal() == "access-other");
  CHECK(renewal.login.store.tokens("x")->refused.empty());
}

TEST_CASE("any other failure leaves the file byte for byte as it was, RF-10, RF-11") {
  const std::pair<std::function<Answer(const Tokens&)>, int> cases[] = {
      {[](const Tokens&) -> Answer { throw Error(Code::unreachable, "cut"); }, 6},
      {[](const Tokens&) -> Answer { throw Error(Code::bad_response, "broken"); }, 7},
      {[](const Tokens&) { return refused("invalid_client"); }, 2},
      {[](const Tokens&) { return refused("invalid_request"); }, 3},
      {[](const Tokens&) { return refused("temporarily_unavailable"); }, 6},
  };
  for (const auto& [answer, status] : cases) {
    Renewal renewal;
    const auto before = renewal.login.token_file("x");
    renewal.answer = answer;
    CHECK(renewal.failure().exit_status() == status);
    CHECK(renewal.asked == 1);
    CHECK(renewal.login.token_file("x") == before);
    CHECK(renewal.login.token_files() == kClean);
  }
}

TEST_CASE("without a refresh token, or logged out meanwhile: login needed, and nobody is asked") {
  Renewal renewal;
  auto tokens = tokens_named("old", Seconds(0));
  tokens.refresh_token = Secret();
  renewal.login.log_in("x", tokens);
  CHECK(renewal.failure().code == Code::login_needed);
  delete_tokens(renewal.login.store, "x", [] {});
  CHECK(renewal.failure().message == "x was logged out meanwhile");
  CHECK(renewal.asked == 0);
}

TEST_CASE("a damaged file is never overwritten by a refresh, ST-8") {
  Renewal renewal;
  put(renewal.login.path_of("tokens/x.json"), "damaged");
  CHECK(renewal.failure(forced()).code == Code::storage);
  CHECK(renewal.login.token_file("x") == "damaged");
  CHECK(renewal.asked == 0);
}
