#include "cli/login_state.h"

#include <doctest/doctest.h>

#include <tuple>

#include "system/clock.h"
#include "unit/cli/cli_context.h"
#include "unit/store/sealed_login.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

auto members_of(const LoginState& login) {
  return std::tie(login.profile, login.is_default, login.provider, login.state, login.has_tokens,
                  login.account, login.scope, login.expires_at, login.refused, login.renews,
                  login.sealed, login.problem, login.fix);
}

// Many profiles, in all states, plain and sealed, one after the other.
struct ManyLogins {
  static constexpr std::size_t kCount = 500;

  ManyLogins() {
    names.reserve(kCount);
    for (std::size_t i = 0; i < kCount; ++i) names.push_back("p" + std::to_string(i));
    login.store.change_config([&](store::Config& config) {
      for (const auto& name : names) config.set_profile(name, store::profile_of_x());
      config.set_default(names.back());
    });
    const auto directory = login.store.tokens_directory();
    const auto key = login.store.keys().get(login.store.config());
    for (std::size_t i = 0; i < kCount; ++i) write(names[i], i, key);
  }

  void write(const std::string& name, std::size_t i, const store::DataKey& key) const {
    auto tokens = store::tokens_named(name);
    tokens.account = "account of " + name;
    tokens.issued_at = wall_clock();
    tokens.expires_at = *tokens.issued_at + Seconds(i % 2 == 0 ? 3'600 : -60);
    if (i % 3 == 0) tokens.refused = "invalid_grant";
    std::string text = store::text_of(tokens).reveal();
    if (i % 5 == 0) text = store::seal(key, {store::kTokens, name}, Secret(text));
    if (i % 7 == 0) text.resize(text.size() / 2);
    if (i % 11 != 0) test::put(login.path_of("tokens/" + name + ".json"), text);
  }

  const store::SealedLogin login;
  std::vector<std::string> names;
  const Context context{{}, Output(false, false, false, Color::never), login.store};
};

}  // namespace

TEST_CASE_FIXTURE(ManyLogins, "many logins together are in the states of each alone") {
  const store::Config config = context.store.config();
  const auto together = LoginStates(context, config).of(names);
  REQUIRE(together.size() == kCount);
  LoginStates alone(context, config);
  std::map<State, int> states;
  int sealed = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const LoginState login = alone.of(names[i]);
    CAPTURE(login.profile);
    CHECK(members_of(together[i]) == members_of(login));
    CHECK(together[i].profile == names[i]);
    ++states[login.state];
    sealed += login.sealed ? 1 : 0;
  }
  CHECK(states.size() == 4);
  CHECK(sealed > 0);
}

TEST_CASE_FIXTURE(ManyLogins, "a key that is not to be had makes sealed logins unreadable") {
  const store::Store closed(login.store.path(), {});
  REQUIRE(std::filesystem::remove(login.path_of("key")));
  const Context other{{}, Output(false, false, false, Color::never), closed};
  const store::Config config = closed.config();
  int unreadable = 0;
  for (const auto& state : LoginStates(other, config).of(names)) {
    if (!state.sealed) continue;
    CHECK(state.state == State::unreadable);
    CHECK(state.problem.find("key") != std::string::npos);
    ++unreadable;
  }
  CHECK(unreadable > 0);
}
