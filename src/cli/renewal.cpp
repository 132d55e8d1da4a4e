#include "cli/renewal.h"

#include "cli/connection.h"
#include "flow/id_token_check.h"
#include "flow/refresh.h"

namespace xauth::cli {

namespace {

// What is not known, or the preset's, is on the same host.
bool on_same_host(const std::string& token_url, const std::string& other) {
  const auto a = parse_url(token_url);
  const auto b = parse_url(other);
  return !a || !b || a->host == b->host;
}

}  // namespace

bool fits(const store::Profile& profile, const store::Tokens& tokens) {
  return tokens.provider == profile.provider_name() && tokens.client_id == profile.client_id &&
         on_same_host(profile.token_url, tokens.token_url);
}

store::Tokens tokens_of(const Context& context, const std::string& profile) {
  auto tokens = context.store.tokens(profile);
  if (!tokens) throw not_logged_in(context, profile);
  return *std::move(tokens);
}

store::Tokens tokens_after(const store::Tokens& before, const oauth::TokenGrant& grant, Time now) {
  store::Tokens after = before;
  after.token_type = grant.token_type;
  after.access_token = grant.access_token;
  if (!grant.refresh_token.empty()) after.refresh_token = grant.refresh_token;
  if (!grant.id_token.empty()) after.id_token = grant.id_token;
  if (grant.scope) after.scope = *grant.scope;
  after.issued_at = now;
  after.expires_at = grant.expires_at;
  if (grant.expires_in) after.expires_at = now + *grant.expires_in;
  after.refused.clear();
  return after;
}

namespace {

// No provider but the one that gave them may see the tokens.
void require_fit(const std::string& name, const std::optional<store::Profile>& profile,
                 const store::Tokens& tokens) {
  if (profile && fits(*profile, tokens)) return;
  throw Error(Code::login_needed, name + ": the settings have changed since the login",
              "xauth login " + name);
}

}  // namespace

store::Tokens renew_tokens(const Context& context, const std::string& name,
                           const store::Tokens& seen, const store::Need& need) {
  const auto profile = context.store.config().profile(name);
  require_fit(name, profile, seen);
  const Connection connection = connection_of(context, name, *profile);
  const System system = system_of(context, profile->ca_file, {});
  const auto ask =
      [&](const store::Tokens& current) -> std::variant<store::Tokens, oauth::Refusal> {
    require_fit(name, profile, current);  // another login may have come in between
    auto answer = flow::refresh(system, connection.provider, connection.client,
                                current.refresh_token, connection.token_params);
    if (auto* refusal = std::get_if<oauth::Refusal>(&answer)) return std::move(*refusal);
    auto& grant = std::get<oauth::TokenGrant>(answer);
    flow::check_renewed_id_token(system, connection.provider, connection.client.id,
                                 current.id_token, grant);
    return tokens_after(current, grant, system.now());
  };
  return store::renew(context.store, name, seen, need, system.now, ask);
}

}  // namespace xauth::cli
