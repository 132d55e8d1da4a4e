#include "front/run_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "front/valid_tokens.h"
#include "system/process.h"

namespace xauth::front {

namespace {

constexpr const char* kUsual = "XAUTH_TOKEN";

// Whether the command would find its three streams. What is closed the full program puts
// /dev/null into.
bool has_streams() {
  return ::fcntl(STDIN_FILENO, F_GETFD) >= 0 && ::fcntl(STDOUT_FILENO, F_GETFD) >= 0 &&
         ::fcntl(STDERR_FILENO, F_GETFD) >= 0;
}

}  // namespace

void run_command(const PlainCall& call) {
  const auto program = find_program(call.command.front());
  if (!program || !is_program(*program) || !has_streams()) return;
  const auto found = valid_tokens(call);
  if (!found) return;
  std::vector<std::string> without;
  if (call.variable != kUsual) without.emplace_back(kUsual);
  ::setenv(call.variable.c_str(), found->tokens.access_token.reveal().c_str(), 1);
  become(*program, call.command, without);
}

}  // namespace xauth::front
