// `xauth token`: print a valid access token, refreshed when needed, never interactive.

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/usable_tokens.h"
#include "store/token_text.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

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
  const Secret& token = options.id_token ? tokens.id_token : tokens.access_token;
  Secret text =
      store::token_text(options.format, token, options.shell.value_or(store::Quoting::posix));
  if (options.format == store::TokenFormat::json) {
    Json json = store::token_json(profile, tokens, wall_clock(), options.with_refresh_token);
    if (options.id_token) json.set("id_token", Json(tokens.id_token.reveal()));
    text = Secret(json.text());
  }
  const Secret line(text.reveal() + (options.no_newline ? "" : "\n"));
  context.out.result(line.reveal());
}

}  // namespace

void token(const Context& context, const TokenOptions& options) {
  if (options.shell && options.format != store::TokenFormat::env) {
    throw Error(Code::usage, "--shell is for -o env only", "xauth token -o env --shell fish");
  }
  if (options.with_refresh_token && options.format != store::TokenFormat::json) {
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
  print(context, options, profile, usable_tokens(context, profile, options));
}

}  // namespace xauth::cli
