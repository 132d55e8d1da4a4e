// Asking the provider for new tokens.
#pragma once

#include "oauth/token.h"
#include "system/system.h"

namespace xauth::flow {

// A refresh, sent again where the provider stumbles (flow/retry.h), and its checked answer. Throws
// Error (unreachable, bad_response, usage). RFC 6749 §6
oauth::TokenAnswer refresh(const System& system, const oauth::Provider& provider,
                           const oauth::Client& client, const Secret& refresh_token,
                           const oauth::Parameters& more);

}  // namespace xauth::flow
