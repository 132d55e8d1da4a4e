#include "cli/login_state.h"

#include "cli/connection.h"
#include "cli/renewal.h"
#include "cli/words.h"
#include "store/profile_name.h"
#include "store/sealed_text.h"
#include "system/clock.h"
#include "system/in_parallel.h"

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

std::vector<LoginState> LoginStates::of(const std::vector<std::string>& profiles) {
  std::vector<LoginState> logins(profiles.size());
  in_parallel(profiles.size(), [&](std::size_t i) { logins[i] = of(profiles[i]); });
  return logins;
}

void LoginStates::read(LoginState& login) {
  std::optional<store::Profile> profile;
  const auto place = places_.find(login.profile);
  if (place != places_.end()) profile = config_.profile_at(place->second);
  if (profile) login.provider = profile->provider_name();
  auto tokens = tokens_of(login, profile ? profile->storage : std::string());
  if (!tokens) return;
  if (profile) login.state = state_of(*profile, *tokens);
  login.renews = profile ? can_renew(*profile, *tokens) : tokens->can_refresh();
  if (!profile) login.provider = std::move(tokens->provider);
  login.has_tokens = true;
  login.account = std::move(tokens->account);
  login.scope = std::move(tokens->scope);
  login.expires_at = tokens->expires_at;
  login.refused = std::move(tokens->refused);
}

// Where there are none, the login is sealed if they would be: as `storage`, its own member, says.
std::optional<store::Tokens> LoginStates::tokens_of(LoginState& login, const std::string& storage) {
  store::check_profile_name(login.profile);
  const auto unseal = [&](Secret text) -> std::optional<Secret> {
    const auto sealed = store::read_sealed(text.reveal());
    login.sealed = sealed.has_value();
    if (!sealed) return text;
    return store::unseal(key_of(sealed->key_id), {store::kTokens, login.profile}, *sealed);
  };
  const auto& place = directory();
  auto tokens = place ? store::read_tokens(*place, login.profile, unseal) : std::nullopt;
  if (!tokens) login.sealed = config_.seals_by(storage);
  return tokens;
}

const std::optional<Directory>& LoginStates::directory() {
  const std::lock_guard lock(shared_);
  return directory_.get([&] { return context_.store.existing_tokens(); });
}

const store::DataKey& LoginStates::key_of(const std::string& id) {
  const std::lock_guard lock(shared_);
  return keys_[id].get([&] { return context_.store.key_of(id); });
}

const std::optional<oauth::Provider>& LoginStates::preset_of(const store::Profile& profile) {
  const std::lock_guard lock(shared_);
  return presets_[profile.provider].get([&] { return cli::preset_of(context_, profile); });
}

State LoginStates::state_of(const store::Profile& profile, const store::Tokens& tokens) {
  if (!fits(profile, token_url_of(profile), tokens)) return State::login_needed;
  if (tokens.valid_for(Seconds(0), wall_clock())) return State::valid;
  return can_renew(profile, tokens) ? State::refreshable : State::login_needed;
}

const std::string& LoginStates::token_url_of(const store::Profile& profile) {
  const std::string key = endpoint_key(profile);
  {
    const std::lock_guard lock(shared_);
    const auto known = token_urls_.find(key);
    if (known != token_urls_.end()) return known->second;
  }
  std::string url = find_token_url(profile);
  const std::lock_guard lock(shared_);
  return token_urls_.emplace(key, std::move(url)).first->second;
}

// Empty for a provider that is no longer known.
std::string LoginStates::find_token_url(const store::Profile& profile) {
  try {
    return provider_of(preset_of(profile), profile).token_url;
  } catch (const Error&) {
    return {};
  }
}

std::string time_left(const LoginState& login, Time now) {
  switch (login.state) {
    case State::valid:
      if (!login.expires_at) return "valid, end unknown";
      return in_words(*login.expires_at - now) + " left";
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
  if (!login.refused.empty()) return store::dead_grant(login.profile, login.refused);
  return Error(Code::login_needed, login.profile + " needs a login", hint);
}

}  // namespace xauth::cli
