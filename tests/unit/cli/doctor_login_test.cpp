#include "cli/doctor_login.h"

#include <doctest/doctest.h>

#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

LoginState login_in(State state) {
  LoginState login{.profile = "work", .provider = "x", .state = state};
  login.has_tokens = true;
  login.account = "me";
  login.expires_at = store::kNow + std::chrono::hours(2);
  login.renews = true;
  return login;
}

}  // namespace

TEST_CASE("what the tokens are good for, and what to do when for nothing") {
  const Finding valid = judge_login(login_in(State::valid), store::kNow);
  CHECK(valid.health == Health::ok);
  CHECK(valid.detail == "work as me: 2 hours left, then renews itself");
  LoginState last = login_in(State::valid);
  last.renews = false;
  CHECK(judge_login(last, store::kNow).detail.ends_with(", then a login is needed"));
  const Finding expired = judge_login(login_in(State::refreshable), store::kNow);
  CHECK(expired.health == Health::ok);
  CHECK(expired.detail == "work as me: expired, renews itself");

  const Finding dead = judge_login(login_in(State::login_needed), store::kNow);
  CHECK(dead.health == Health::failure);
  CHECK(dead.fix == "xauth login work");
  LoginState refused = login_in(State::login_needed);
  refused.refused = "invalid_grant";
  CHECK(judge_login(refused, store::kNow).detail.find("invalid_grant") != std::string::npos);

  LoginState damaged{.profile = "work", .state = State::unreadable};
  damaged.problem = "damaged";
  CHECK(judge_login(damaged, store::kNow).health == Health::failure);
  const Finding none = judge_login(LoginState{.profile = "work"}, store::kNow);
  CHECK(none.health == Health::warning);
  CHECK(none.detail == "work is not logged in");
}
