#include "cli/doctor_login.h"

namespace xauth::cli {

Finding judge_login(const LoginState& login, Time now) {
  constexpr const char* kName = "tokens";
  if (const auto error = error_of(login); error && (login.has_tokens || !login.problem.empty())) {
    return failed(kName, *error, "xauth login " + login.profile);
  }
  if (!login.has_tokens) {
    return {kName, Health::warning, login.profile + " is not logged in",
            "xauth login " + login.profile};
  }
  const std::string who = login.account.empty() ? "" : " as " + login.account;
  const bool valid = login.state == State::valid;
  const std::string after = !valid         ? ""
                            : login.renews ? ", then renews itself"
                                           : ", then a login is needed";
  return {kName, Health::ok, login.profile + who + ": " + time_left(login, now) + after};
}

}  // namespace xauth::cli
