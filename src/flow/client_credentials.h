// An application's own access token.
#pragma once

#include "oauth/client_credentials.h"
#include "oauth/token.h"
#include "system/system.h"

namespace xauth::flow {

// Asks, again as for a refresh where that may help, and checks the answer, whose refresh and ID
// tokens, if there are any, are left out: the application just asks again. Throws Error
// (unreachable, bad_response, usage). RFC 6749 §4.4
oauth::TokenAnswer client_credentials(const System& system, const oauth::Provider& provider,
                                      const oauth::Client& client,
                                      const oauth::ClientCredentialsOptions& options);

}  // namespace xauth::flow
