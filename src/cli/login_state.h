// What a kept login is good for, by its files alone.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "store/token_file.h"

namespace xauth::cli {

enum class State { valid, refreshable, login_needed, unreadable };

// The name of `state` in JSON, such as "login_needed".
const char* name_of(State state);

struct LoginState {
  std::string profile;
  bool is_default = false;
  std::string provider;
  State state = State::login_needed;
  std::optional<store::Tokens> tokens;  // nothing: there are none, or they cannot be read
  bool renews = false;
  bool sealed = false;
  std::string problem;  // of an unreadable one
  std::string fix;      // what to do about that, if anybody knows
};

// The state of the login `profile`; nobody is asked.
LoginState login_state(const Context& context, const store::Config& config,
                       const std::string& profile);

// How long its token is good, in words: `2 hours left`, `expired, renews itself`, `login needed`…
std::string time_left(const LoginState& login, Time now);

// The error that a login which is no good ends a command with: login_needed or storage; nothing for
// one that is valid or will be renewed.
std::optional<Error> error_of(const LoginState& login);

}  // namespace xauth::cli
