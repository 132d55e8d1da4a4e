// `xauth exec`: become a command that has a valid token in its environment.
#include <cstdlib>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/usable_tokens.h"
#include "system/process.h"

namespace xauth::cli {

namespace {

constexpr const char* kUsual = "XAUTH_TOKEN";

void check_variable(const std::string& name) {
  if (is_variable_for_child(name)) return;
  throw Error(Code::usage, "'" + for_terminal(name, 64) + "' cannot be the variable of a token",
              "letters, digits and _, such as API_TOKEN");
}

}  // namespace

void exec(const Context& context, const ExecOptions& options) {
  check_variable(options.variable);
  const std::string program = require_program(options.command.front());
  const std::string profile = choose_profile(context, options.profile);
  const auto tokens = usable_tokens(context, profile, {.min_ttl = options.min_ttl});
  std::vector<std::string> without;
  if (options.variable != kUsual) without.emplace_back(kUsual);
  ::setenv(options.variable.c_str(), tokens.access_token.reveal().c_str(), 1);
  become(program, options.command, without);
}

}  // namespace xauth::cli
