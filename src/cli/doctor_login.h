// What the kept tokens are good for.
#pragma once

#include "cli/doctor_finding.h"
#include "cli/login_state.h"

namespace xauth::cli {

// Of a login that has never been made, that it is still to come.
Finding judge_login(const LoginState& login, Time now);

}  // namespace xauth::cli
