// Ending a grant at the provider.
#pragma once

#include <optional>

#include "base/error.h"
#include "base/secret.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "system/system.h"

namespace xauth::flow {

// Revokes the refresh token first, which may take the access token with it, then the access token,
// also where the provider refuses to revoke the refresh token. Either may be empty. Nothing when
// both are gone, else the Error to end with: unreachable, bad_response, or failure when the
// provider refused. The provider has a revocation endpoint. RFC 7009 §2.1
std::optional<Error> revoke(const System& system, const oauth::Provider& provider,
                            const oauth::Client& client, const Secret& refresh_token,
                            const Secret& access_token);

}  // namespace xauth::flow
