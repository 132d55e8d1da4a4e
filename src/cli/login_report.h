// What a person, or a program that reads JSON, is told during a login.
#pragma once

#include <string>

#include "cli/context.h"
#include "cli/login_plan.h"
#include "flow/browser_login.h"
#include "store/token_file.h"

namespace xauth::cli {

// Tells what will happen and the URL: alone on its line, unwrapped, before the browser is started
// (if `opens_browser`).
void tell_authorize_url(const Context& context, const std::string& provider, const Url& url,
                        bool opens_browser);

// Tells what is waited for, and how to go on from a remote terminal.
void tell_waiting(const Context& context, const std::string& redirect_uri, Seconds timeout,
                  bool takes_paste, bool listens);

// Tells who is logged in, what was granted and what not, until when, and the next command.
void tell_done(const Context& context, const LoginPlan& plan, const store::Tokens& tokens);

// The `ssh -L` line that leads the port of `redirect_uri` here; empty when this is no SSH session.
std::string tunnel_command(const std::string& redirect_uri);

}  // namespace xauth::cli
