// `xauth token`: print a valid access token, refreshed when needed, never interactive.

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/renewal.h"
#include "cli/token_text.h"
#include "oauth/id_token.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

constexpr Seconds kDefaultTtl{60};  // a request made with the token must have time to arrive

// The token that the environment brings along, an access token; empty when it is not to be used.
Secret token_from_environment(const TokenOptions& options) {
  if (options.id_token) return {};
  if (!options.profile.empty() || !environment("XAUTH_PROFILE").empty()) return {};
  Secret token(environment("XAUTH_TOKEN"));
  if (has_control(token.reveal())) {
    throw Error(Code::usage, "XAUTH_TOKEN holds control characters", "unset XAUTH_TOKEN");
  }
  return token;
}

void print(const Context& context, const TokenOptions& options, const std::string& profile,
           const store::Tokens& tokens) {
  Secret text =
      token_text(options.format, options.id_token ? tokens.id_token : tokens.access_token);
  if (options.format == TokenFormat::json) {
    Json json = token_json(profile, tokens, wall_clock(), options.with_refresh_token);
    if (options.id_token) json.set("id_token", Json(tokens.id_token.reveal()));
    text = Secret(json.text());
  }
  const Secret line(text.reveal() + (options.no_newline ? "" : "\n"));
  context.out.result(line.reveal());
}

// Whether the ID token is good for `ttl` more; one whose end cannot be read counts as valid, as an
// access token does.
bool id_token_valid_for(const store::Tokens& tokens, Seconds ttl) {
  try {
    return wall_clock() + ttl < oauth::read_id_token(tokens.id_token).exp;
  } catch (const Error&) {
    return true;
  }
}

// Whether what is to be printed is good for `ttl` more.
bool valid_for(const TokenOptions& options, const store::Tokens& tokens, Seconds ttl) {
  if (options.id_token && !id_token_valid_for(tokens, ttl)) return false;
  const bool id_token_alone = options.id_token && options.format != TokenFormat::json;
  return id_token_alone || tokens.valid_for(ttl, wall_clock());
}

// Whether an old token may be printed though renewing it failed: it is good for now, the person
// did not insist, and the cause is not the configuration.
bool old_one_serves(const TokenOptions& options, const store::Tokens& tokens, const Error& error) {
  const bool insisted = options.min_ttl || options.force_refresh;
  const bool bearable = error.code == Code::unreachable || error.code == Code::bad_response ||
                        error.code == Code::storage || error.code == Code::busy ||
                        error.code == Code::login_needed;
  return bearable && !insisted && valid_for(options, tokens, Seconds(0));
}

store::Tokens renewed_or_old(const Context& context, const TokenOptions& options,
                             const std::string& profile, const store::Tokens& tokens) {
  const store::Need need{.ttl = options.min_ttl.value_or(kDefaultTtl),
                         .force = options.force_refresh || options.id_token};
  try {
    if (!options.force_refresh && !tokens.refused.empty()) {
      throw store::dead_grant(profile, tokens.refused);
    }
    store::Tokens renewed = renew_tokens(context, profile, tokens, need);
    if (options.id_token && !id_token_valid_for(renewed, Seconds(0))) {
      throw Error(Code::login_needed, profile + ": the provider renews no ID token",
                  "xauth login " + profile);
    }
    return renewed;
  } catch (const Error& error) {
    if (!old_one_serves(options, tokens, error)) throw;
    context.out.warn(error.message + "; the token is still valid for a moment");
    return tokens;
  }
}

store::Tokens usable_tokens(const Context& context, const TokenOptions& options,
                            const std::string& profile) {
  store::Tokens tokens = tokens_of(context, profile);
  if (options.id_token && tokens.id_token.empty()) {
    throw Error(Code::login_needed, profile + " has no ID token",
                "xauth login " + profile + " --add-scope openid");
  }
  if (options.no_refresh) {
    if (valid_for(options, tokens, Seconds(0))) return tokens;
    throw Error(Code::login_needed, profile + ": the token has expired",
                "xauth token " + profile + ", without --no-refresh");
  }
  const bool valid = valid_for(options, tokens, options.min_ttl.value_or(kDefaultTtl));
  if (valid && !options.force_refresh) return tokens;
  return renewed_or_old(context, options, profile, tokens);
}

}  // namespace

void token(const Context& context, const TokenOptions& options) {
  if (options.with_refresh_token && options.format != TokenFormat::json) {
    throw Error(Code::usage, "--with-refresh-token needs JSON",
                "xauth token -o json --with-refresh-token");
  }
  if (Secret given = token_from_environment(options); !given.empty()) {
    store::Tokens tokens;
    tokens.access_token = std::move(given);
    print(context, options, {}, tokens);
    return;
  }
  const std::string profile = choose_profile(context, options.profile);
  print(context, options, profile, usable_tokens(context, options, profile));
}

}  // namespace xauth::cli
