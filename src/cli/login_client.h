// As which application a login is made, and what that proves itself by.
#pragma once

#include <string>

#include "cli/login_plan.h"

namespace xauth::cli {

// Settles the plan's client, and what is to be kept of it, from the options, the environment and
// the profile; on a terminal it may ask for the client ID. Throws Error (usage, storage).
void settle_client(const Context& context, LoginPlan& plan, const LoginOptions& options);

// The path from the root of the file that `option` names; empty stays empty. Throws Error (usage)
// when there is no such file.
std::string absolute_path(const std::string& option, const std::string& path);

}  // namespace xauth::cli
