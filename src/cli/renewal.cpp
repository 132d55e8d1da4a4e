#include "cli/renewal.h"

#include "base/terminal_text.h"
#include "cli/client_credentials.h"
#include "cli/connection.h"
#include "flow/client_credentials.h"
#include "flow/id_token_check.h"
#include "flow/refresh.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

// What is not known is on the same host.
bool on_same_host(const std::string& token_url, const std::string& other) {
  if (token_url == other) return true;  // nearly always
  const auto a = parse_url(token_url);
  const auto b = parse_url(other);
  return !a || !b || a->host == b->host;
}

// Tells which scopes the refresh has taken away. RFC 6749 §6
void tell_lost_scopes(const Context& context, const store::Tokens& before,
                      const oauth::TokenGrant& grant) {
  if (!grant.scope) return;
  std::vector<std::string> had;
  oauth::add_scopes(had, before.scope);
  const auto missing = oauth::missing_scopes(had, *grant.scope);
  if (!missing.empty()) context.out.warn("not granted any more: " + for_terminal(missing));
}

}  // namespace

bool fits(const Context& context, const store::Profile& profile, const store::Tokens& tokens) {
  return fits(profile, token_url_of(context, profile), tokens);
}

bool fits(const store::Profile& profile, const std::string& token_url,
          const store::Tokens& tokens) {
  return tokens.provider == profile.provider_name() && tokens.client_id == profile.client_id &&
         on_same_host(token_url, tokens.token_url);
}

bool can_renew(const store::Profile& profile, const store::Tokens& tokens) {
  return profile.client_credentials || tokens.can_refresh();
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

void require_fit(const Context& context, const std::string& name,
                 const std::optional<store::Profile>& profile, const store::Tokens& tokens) {
  if (profile && fits(context, *profile, tokens)) return;
  throw Error(Code::login_needed, name + ": the settings have changed since the login",
              "xauth login " + name);
}

store::Tokens valid_tokens(const Context& context, const std::string& profile) {
  const store::Need need;
  store::Tokens tokens = tokens_of(context, profile);
  if (tokens.valid_for(need.ttl, wall_clock())) return tokens;
  try {
    return renew_tokens(context, profile, tokens, need);
  } catch (const Error& error) {
    if (error.signal != 0 || !tokens.valid_for(Seconds(0), wall_clock())) throw;
    return tokens;
  }
}

store::Tokens renew_tokens(const Context& context, const std::string& name,
                           const store::Tokens& seen, const store::Need& need) {
  const auto profile = context.store.config().profile(name);
  const bool asks_again = profile && profile->client_credentials;
  if (!asks_again && seen.refresh_token.empty()) {
    throw store::no_refresh_token(name, seen, wall_clock());
  }
  require_fit(context, name, profile, seen);
  const Connection connection = connection_of(context, name, *profile);
  const System system = system_of(context, profile->ca_file, {});
  const auto ask =
      [&](const store::Tokens& current) -> std::variant<store::Tokens, oauth::Refusal> {
    require_fit(context, name, profile, current);  // another login may have come in between
    const auto id_token = flow::before_refresh(system, connection.provider, current.id_token);
    auto answer = asks_again
                      ? flow::client_credentials(system, connection.provider, connection.client,
                                                 client_credentials_options(*profile))
                      : flow::refresh(system, connection.provider, connection.client,
                                      current.refresh_token, connection.token_params);
    if (auto* refusal = std::get_if<oauth::Refusal>(&answer)) return std::move(*refusal);
    auto& grant = std::get<oauth::TokenGrant>(answer);
    flow::check_renewed_id_token(system, connection.provider, connection.client, id_token, grant);
    tell_lost_scopes(context, current, grant);
    return tokens_after(current, grant, system.now());
  };
  store::Need wanted = need;
  wanted.needs_refresh_token = !asks_again;
  return store::renew(context.store, name, seen, wanted, system.now, ask);
}

}  // namespace xauth::cli
