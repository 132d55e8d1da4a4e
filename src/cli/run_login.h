// A planned login, from the browser to the files.
#pragma once

#include "cli/context.h"
#include "cli/login_plan.h"
#include "oauth/token.h"
#include "store/token_file.h"
#include "system/system.h"

namespace xauth::cli {

// Whether the login starts a browser.
bool opens_browser(const LoginOptions& options);

// Walks through the login and keeps its settings and tokens together; a login that fails leaves
// both as they were, and a grant for another account than the profile's is revoked. Returns the
// tokens. Throws Error as flow::browser_login, flow::device_login and store::keep_login do, and
// refused for another account.
store::Tokens run_login(const Context& context, const System& system, const LoginPlan& plan,
                        const LoginOptions& options);

}  // namespace xauth::cli
