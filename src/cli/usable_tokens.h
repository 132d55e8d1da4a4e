// The tokens that a command is to use, refreshed first where need be; never interactive.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "cli/context.h"
#include "store/token_file.h"

namespace xauth::cli {

// The tokens of `profile`, good for as long as `wanted` says, renewed if they are not: what `xauth
// token` with those options prints. Where renewing fails though nobody insisted, those that are
// valid for a moment serve, with a warning. A valid token costs no look at the settings. Throws
// Error as renew_tokens does, and login_needed without tokens or without the ID token wanted.
store::Tokens usable_tokens(const Context& context, const std::string& profile,
                            const TokenOptions& wanted);

// When the ID token ends; nothing when that cannot be read.
std::optional<Time> id_token_end(const store::Tokens& tokens);

// Who the ID token says has logged in, its `sub`; empty when there is none that can be read.
std::string id_token_subject(const store::Tokens& tokens);

}  // namespace xauth::cli
