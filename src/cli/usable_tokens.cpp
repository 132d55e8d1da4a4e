#include "cli/usable_tokens.h"

#include "cli/renewal.h"
#include "oauth/id_token.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

std::optional<oauth::IdToken> id_token_of(const store::Tokens& tokens) {
  try {
    return oauth::read_id_token(tokens.id_token);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// Whether the ID token is good for `ttl` more; one whose end cannot be read counts as valid, as an
// access token does.
bool id_token_valid_for(const store::Tokens& tokens, Seconds ttl) {
  const auto end = id_token_end(tokens);
  return !end || wall_clock() + ttl < *end;
}

// Whether what is wanted is good for `ttl` more.
bool valid_for(const TokenOptions& wanted, const store::Tokens& tokens, Seconds ttl) {
  if (wanted.id_token && !id_token_valid_for(tokens, ttl)) return false;
  const bool id_token_alone = wanted.id_token && wanted.format != store::TokenFormat::json;
  return id_token_alone || tokens.valid_for(ttl, wall_clock());
}

// Whether an old token may be used though renewing it failed: it is good for now, the person did
// not insist, and the cause is not the configuration.
bool old_one_serves(const TokenOptions& wanted, const store::Tokens& tokens, const Error& error) {
  const bool insisted = wanted.min_ttl || wanted.force_refresh;
  const bool bearable = error.code == Code::unreachable || error.code == Code::bad_response ||
                        error.code == Code::storage || error.code == Code::busy ||
                        error.code == Code::login_needed;
  return bearable && !insisted && valid_for(wanted, tokens, Seconds(0));
}

store::Tokens renewed_or_old(const Context& context, const TokenOptions& wanted,
                             const std::string& profile, const store::Tokens& tokens) {
  const store::Need need{.ttl = wanted.min_ttl.value_or(store::kUsualTtl),
                         .force = wanted.force_refresh || wanted.id_token};
  try {
    if (!wanted.force_refresh && !tokens.refused.empty()) {
      throw store::dead_grant(profile, tokens.refused);
    }
    store::Tokens renewed = renew_tokens(context, profile, tokens, need);
    if (wanted.id_token && !id_token_valid_for(renewed, Seconds(0))) {
      throw Error(Code::login_needed, profile + ": the provider renews no ID token",
                  "xauth login " + profile);
    }
    return renewed;
  } catch (const Error& error) {
    if (!old_one_serves(wanted, tokens, error)) throw;
    context.out.warn(error.message + "; the token is still valid for a moment");
    return tokens;
  }
}

}  // namespace

store::Tokens usable_tokens(const Context& context, const std::string& profile,
                            const TokenOptions& wanted) {
  store::Tokens tokens = tokens_of(context, profile);
  if (wanted.id_token && tokens.id_token.empty()) {
    throw Error(Code::login_needed, profile + " has no ID token",
                "xauth login " + profile + " --add-scope openid");
  }
  if (wanted.no_refresh) {
    if (valid_for(wanted, tokens, Seconds(0))) return tokens;
    throw Error(Code::login_needed, profile + ": the token has expired",
                "xauth token " + profile + ", without --no-refresh");
  }
  const bool valid = valid_for(wanted, tokens, wanted.min_ttl.value_or(store::kUsualTtl));
  if (valid && !wanted.force_refresh) return tokens;
  return renewed_or_old(context, wanted, profile, tokens);
}

std::optional<Time> id_token_end(const store::Tokens& tokens) {
  const auto token = id_token_of(tokens);
  return token ? std::optional(token->exp) : std::nullopt;
}

std::string id_token_subject(const store::Tokens& tokens) {
  const auto token = id_token_of(tokens);
  return token ? token->sub : std::string();
}

}  // namespace xauth::cli
