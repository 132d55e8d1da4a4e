// The one exception that ends a command, and the exit status it carries.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace xauth {

// Why a command ended; the value is the exit status. `interrupted` stands for 128 + the signal.
enum class Code : int {
  failure = 1,
  usage = 2,
  refused = 3,
  login_needed = 4,
  timeout = 5,
  unreachable = 6,
  bad_response = 7,
  storage = 8,
  busy = 9,
  not_runnable = 126,
  not_found = 127,
  interrupted = 128,
};

// The name of `code` in JSON errors, such as "login_needed".
std::string_view name_of(Code code);

// Ends the command. `message` says what happened to what, `hint` what to do next (a command line,
// or empty), `provider_error` is the OAuth `error` when a provider gave one. None holds a secret.
struct Error : std::exception {
  Error(Code code, std::string message, std::string hint = {}, std::string provider_error = {});

  // The person or the system sent `signal` (SIGINT, …).
  static Error interrupted_by(int signal);

  const char* what() const noexcept override { return message.c_str(); }
  int exit_status() const { return static_cast<int>(code) + signal; }

  Code code;
  std::string message;
  std::string hint;
  std::string provider_error;
  int signal = 0;
};

}  // namespace xauth
