// `xauth refresh`: refresh now.
#include "cli/commands.h"
#include "cli/renewal.h"
#include "cli/words.h"
#include "system/clock.h"

namespace xauth::cli {

void refresh(const Context& context, const RefreshOptions& options) {
  const std::string profile = choose_profile(context, options.profile);
  const store::Tokens seen = tokens_of(context, profile);
  const store::Need need{.ttl = Seconds(0), .force = true};
  const store::Tokens tokens = renew_tokens(context, profile, seen, need);
  if (context.out.json()) {
    Json json;
    json.set("profile", Json(profile));
    if (tokens.expires_at) {
      json.set("expires_at", Json(tokens.expires_at->time_since_epoch().count()));
    }
    context.out.json_result(json);
  }
  context.out.note(
      profile + " is refreshed" +
      (tokens.expires_at ? ", valid for " + in_words(*tokens.expires_at - wall_clock()) : ""));
}

}  // namespace xauth::cli
