// One refresh among any number of processes, saved before anybody uses it.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "base/time.h"
#include "oauth/refusal.h"
#include "store/store.h"
#include "store/token_file.h"

namespace xauth::store {

// What the caller needs of the access token.
struct Need {
  Seconds ttl = kUsualTtl;          // valid for at least that long
  bool force = false;               // renewed even if valid
  bool needs_refresh_token = true;  // false: an application just asks again
};

// Asks the provider with these tokens; the renewed ones, or its refusal. Errors pass through.
using AskRefresh = std::function<std::variant<Tokens, oauth::Refusal>(const Tokens& current)>;

// The profile's tokens, renewed if need be: takes the profile's lock, reads again, and when no
// other process has renewed since `seen` was read, reserves the space, asks, saves. SIGINT, SIGTERM
// and SIGHUP wait from the request to the save.
// Throws Error: login_needed when there is nothing to refresh with or the provider refused for
// good (recorded in the file, which is otherwise kept), busy when the lock is not had in 45 s,
// storage when nothing could be saved; the file is then as it was, and an answer that could not be
// saved stays in the temporary file that the message names, if it could be written. RFC 6749 §6
Tokens renew(const Store& store, const std::string& profile, const Tokens& seen, const Need& need,
             const std::function<Time()>& clock, const AskRefresh& ask);

// The error for a profile whose grant is dead; `reason` is the provider's text.
Error dead_grant(const std::string& profile, const std::string& reason);

// The error for a profile that cannot be renewed, as it has no refresh token.
Error no_refresh_token(const std::string& profile, const Tokens& tokens, Time now);

}  // namespace xauth::store
