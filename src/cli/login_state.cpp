#include "cli/login_state.h"

#include "cli/connection.h"
#include "cli/renewal.h"
#include "cli/words.h"
#include "store/profile_name.h"
#include "store/sealed_text.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

// What the token endpoint of a profile depends on.
std::string endpoint_key(const store::Profile& profile) {
  std::string key = profile.provider + "\n" + profile.token_url;
  if (profile.client_credentials) key += "\n";
  for (const auto& param : profile.provider_param) key += "\n" + param;
  return key;
}

}  // namespace

const char* name_of(State state) {
  constexpr const char* kNames[] = {"valid", "refreshable", "login_needed", "unreadable"};
  return kNames[static_cast<int>(state)];
}

LoginStates::LoginStates(const Context& context, const store::Config& config)
    : context_(context), config_(config), default_(config.default_profile()) {
  const auto names = config.names();
  for (std::size_t i = 0; i < names.size(); ++i) places_.emplace(names[i], i);
}

LoginState LoginStates::of(const std::string& name) {
  LoginState login{.profile = name, .is_default = default_ == name};
  try {
    read(login);
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    login.state = State::unreadable;
    login.problem = error.message;
    login.fix = error.hint;
  }
  return login;
}

void LoginStates::read(LoginState& login) {
  std::optional<store::Profile> profile;
  const auto place = places_.find(login.profile);
  if (place != places_.end()) profile = config_.profile_at(place->second);
  if (profile) login.provider = profile->provider_name();
  login.tokens = tokens_of(login);
  if (!login.tokens) return;
  if (profile) login.state = state_of(*profile, *login.tokens);
  login.renews = profile ? can_renew(*profile, *login.tokens) : login.tokens->can_refresh();
  if (!profile) login.provider = login.tokens->provider;
}

std::optional<store::Tokens> LoginStates::tokens_of(LoginState& login) {
  store::check_profile_name(login.profile);
  if (!directory_) directory_ = context_.store.existing_tokens();
  const auto unseal = [&](Secret text) {
    login.sealed = store::sealed_under(text.reveal()).has_value();
    return context_.store.opened({store::kTokens, login.profile}, std::move(text));
  };
  auto tokens = directory_ ? store::read_tokens(*directory_, login.profile, unseal) : std::nullopt;
  if (!tokens) login.sealed = config_.seals(login.profile);  // as it would be
  return tokens;
}

State LoginStates::state_of(const store::Profile& profile, const store::Tokens& tokens) {
  if (!fits(profile, token_url_of(profile), tokens)) return State::login_needed;
  if (tokens.valid_for(Seconds(0), wall_clock())) return State::valid;
  return can_renew(profile, tokens) ? State::refreshable : State::login_needed;
}

const std::string& LoginStates::token_url_of(const store::Profile& profile) {
  const auto [place, is_new] = token_urls_.try_emplace(endpoint_key(profile));
  if (is_new) place->second = cli::token_url_of(context_, profile);
  return place->second;
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
