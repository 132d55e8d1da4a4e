// A token in the forms that scripts take it in.
#pragma once

#include <string>

#include "base/time.h"
#include "cli/options.h"
#include "store/token_file.h"

namespace xauth::cli {

// The access token in `format` (not json), without a line end: the bare token, a header, a command
// for `shell` that exports it (safe in `eval` whatever the token holds), a line for `curl -K -`.
Secret token_text(TokenFormat format, const Secret& access_token, Shell shell = Shell::posix);

// The token as JSON, without what is not known; the refresh token only when asked for.
Json token_json(const std::string& profile, const store::Tokens& tokens, Time now,
                bool with_refresh_token);

}  // namespace xauth::cli
