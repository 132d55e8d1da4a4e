// Logins of an application itself, and asking for its tokens again.
#pragma once

#include "cli/context.h"
#include "cli/login_plan.h"
#include "oauth/client_credentials.h"
#include "store/profile.h"
#include "store/token_file.h"
#include "system/system.h"

namespace xauth::cli {

// What an application's profile asks for.
oauth::ClientCredentialsOptions client_credentials_options(const store::Profile& profile);

// Asks for a token of the application's own and keeps it with the plan's settings; nobody is sent
// anywhere, and no account is known. Returns the tokens. Throws Error: refused with
// --expect-account, usage, unreachable, bad_response, storage.
store::Tokens run_client_credentials(const Context& context, const System& system,
                                     const LoginPlan& plan, const LoginOptions& options);

}  // namespace xauth::cli
