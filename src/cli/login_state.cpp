#include "cli/login_state.h"

#include "cli/renewal.h"
#include "cli/words.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

State state_of(const Context& context, const store::Profile& profile, const store::Tokens& tokens) {
  if (!fits(context, profile, tokens)) return State::login_needed;
  if (tokens.valid_for(Seconds(0), wall_clock())) return State::valid;
  return can_renew(profile, tokens) ? State::refreshable : State::login_needed;
}

}  // namespace

const char* name_of(State state) {
  constexpr const char* kNames[] = {"valid", "refreshable", "login_needed", "unreadable"};
  return kNames[static_cast<int>(state)];
}

LoginState login_state(const Context& context, const store::Config& config,
                       const std::string& name) {
  LoginState login{.profile = name, .is_default = config.default_profile() == name};
  try {
    const auto profile = config.profile(name);
    if (profile) login.provider = profile->provider_name();
    login.sealed = context.store.is_sealed(name);
    login.tokens = context.store.tokens(name);
    if (!login.tokens) return login;
    if (profile) login.state = state_of(context, *profile, *login.tokens);
    login.renews = profile ? can_renew(*profile, *login.tokens) : login.tokens->can_refresh();
    if (!profile) login.provider = login.tokens->provider;
  } catch (const Error& error) {
    login.state = State::unreadable;
    login.problem = error.message;
    login.fix = error.hint;
  }
  return login;
}

std::string time_left(const LoginState& login, Time now) {
  switch (login.state) {
    case State::valid:
      if (!login.tokens->expires_at) return "valid, end unknown";
      return in_words(*login.tokens->expires_at - now) + " left";
    case State::refreshable:
      return "expired, renews itself";
    case State::login_needed:
      return "login needed";
    case State::unreadable:
      return "unreadable";
  }
  return {};
}

std::optional<Error> error_of(const LoginState& login) {
  const std::string hint = "xauth login " + login.profile;
  if (login.state == State::unreadable) {
    return Error(Code::storage, login.problem, login.fix.empty() ? hint : login.fix);
  }
  if (login.state != State::login_needed) return std::nullopt;
  const bool refused = login.tokens && !login.tokens->refused.empty();
  if (refused) return store::dead_grant(login.profile, login.tokens->refused);
  return Error(Code::login_needed, login.profile + " needs a login", hint);
}

}  // namespace xauth::cli
