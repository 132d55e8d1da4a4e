// `xauth token`: print a valid access token, refreshed when needed, never interactive.

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/renewal.h"
#include "cli/token_text.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

constexpr Seconds kDefaultTtl{60};  // a request made with the token must have time to arrive

// The token that the environment brings along; empty when it is not to be used.
Secret token_from_environment(const TokenOptions& options) {
  if (!options.profile.empty() || !environment("XAUTH_PROFILE").empty()) return {};
  Secret token(environment("XAUTH_TOKEN"));
  if (has_control(token.reveal())) {
    throw Error(Code::usage, "XAUTH_TOKEN holds control characters", "unset XAUTH_TOKEN");
  }
  return token;
}

void print(const Context& context, const TokenOptions& options, const std::string& profile,
           const store::Tokens& tokens) {
  Secret text = token_text(options.format, tokens.access_token);
  if (options.format == TokenFormat::json) {
    text = Secret(token_json(profile, tokens, wall_clock(), options.with_refresh_token).text());
  }
  const Secret line(text.reveal() + (options.no_newline ? "" : "\n"));
  context.out.result(line.reveal());
}

// Whether an old token may be printed though renewing it failed: it is good for now, the person
// did not insist, and the cause is not the configuration.
bool old_one_serves(const TokenOptions& options, const store::Tokens& tokens, const Error& error) {
  const bool insisted = options.min_ttl || options.force_refresh;
  const bool bearable = error.code == Code::unreachable || error.code == Code::bad_response ||
                        error.code == Code::storage || error.code == Code::busy ||
                        error.code == Code::login_needed;
  return bearable && !insisted && tokens.valid_for(Seconds(0), wall_clock());
}

store::Tokens renewed_or_old(const Context& context, const TokenOptions& options,
                             const std::string& profile, const store::Tokens& tokens) {
  const store::Need need{.ttl = options.min_ttl.value_or(kDefaultTtl),
                         .force = options.force_refresh};
  try {
    if (!need.force && !tokens.refused.empty()) throw store::dead_grant(profile, tokens.refused);
    if (tokens.refresh_token.empty()) throw store::expired(profile);
    return renew_tokens(context, profile, tokens, need);
  } catch (const Error& error) {
    if (!old_one_serves(options, tokens, error)) throw;
    context.out.warn(error.message + "; the token is still valid for a moment");
    return tokens;
  }
}

store::Tokens usable_tokens(const Context& context, const TokenOptions& options,
                            const std::string& profile) {
  store::Tokens tokens = tokens_of(context, profile);
  if (options.no_refresh) {
    if (tokens.valid_for(Seconds(0), wall_clock())) return tokens;
    throw Error(Code::login_needed, profile + ": the token has expired",
                "xauth token " + profile + ", without --no-refresh");
  }
  const bool valid = tokens.valid_for(options.min_ttl.value_or(kDefaultTtl), wall_clock());
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
