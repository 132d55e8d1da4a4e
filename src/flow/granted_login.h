// The end that every login of a person has: from what the provider granted to a kept login.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "flow/id_token_check.h"
#include "oauth/account.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "oauth/token.h"
#include "system/system.h"

namespace xauth::flow {

// What the provider granted, and to whom.
struct Granted {
  oauth::TokenGrant grant;
  std::optional<oauth::Account> account;  // nothing: unknown
  Time issued_at;
  std::string redirect_uri;                    // the one that was used; empty: none was
  std::optional<IdTokenAsked> id_token_asked;  // nothing: openid was not asked for
};

// The `max_age` that was asked for, as a length of time; nothing when none was, or it is no number.
std::optional<Seconds> max_age_of(const std::string& text);

// Saves what was granted, before anybody is told that the person is logged in; throws Error when
// it cannot or must not be kept.
using Keep = std::function<void(const Granted&)>;

// Checks the ID token, asks whose the grant is (a failure is told, not fatal; the ID token then
// says it) and keeps it. A grant that is not kept is revoked, where the provider can. `issued_at`
// of `granted` is when it came. Throws Error: interrupted, bad_response and unreachable for the ID
// token, and what `keep` throws.
void keep_granted(const System& system, const oauth::Provider& provider,
                  const oauth::Client& client, Granted& granted, const Keep& keep);

}  // namespace xauth::flow
