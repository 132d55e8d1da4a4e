// A token in the forms that scripts take it in. Needs no TLS library and no network.
#pragma once

#include <string>

#include "base/time.h"
#include "store/token_file.h"

namespace xauth::store {

enum class TokenFormat { token, header, json, env, curl };

enum class Quoting { posix, fish };  // how a shell wants it

// The access token in `format` (not json), without a line end: the bare token, a header, a command
// for a shell that exports it (safe in `eval` whatever the token holds), a line for `curl -K -`.
Secret token_text(TokenFormat format, const Secret& access_token, Quoting quoting = Quoting::posix);

// The token as JSON, without what is not known; the refresh token only when asked for.
Json token_json(const std::string& profile, const Tokens& tokens, Time now,
                bool with_refresh_token);

}  // namespace xauth::store
