#include "front/run_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "front/valid_tokens.h"
#include "system/process.h"

namespace xauth::front {

namespace {

constexpr const char* kUsual = "XAUTH_TOKEN";

// Whether the command would find its three streams. What is closed the lean program puts
// /dev/null into.
bool has_streams() {
  return ::fcntl(STDIN_FILENO, F_GETFD) >= 0 && ::fcntl(STDOUT_FILENO, F_GETFD) >= 0 &&
         ::fcntl(STDERR_FILENO, F_GETFD) >= 0;
}

// A variable of the environment while this lives; then it is again what it was, for the full
// program.
class VariableMeanwhile {
 public:
  VariableMeanwhile(const std::string& name, const Secret& value) : name_(name) {
    if (const char* before = std::getenv(name.c_str())) before_ = before;
    ::setenv(name.c_str(), value.reveal().c_str(), 1);
  }
  VariableMeanwhile(const VariableMeanwhile&) = delete;
  VariableMeanwhile& operator=(const VariableMeanwhile&) = delete;
  ~VariableMeanwhile() {
    if (before_) {
      ::setenv(name_.c_str(), before_->c_str(), 1);
    } else {
      ::unsetenv(name_.c_str());
    }
  }

 private:
  std::string name_;
  std::optional<std::string> before_;
};

}  // namespace

void run_command(const PlainCall& call) {
  const auto program = find_program(call.command.front());
  if (!program || !is_program(*program) || !has_streams()) return;
  const auto found = valid_tokens(call);
  if (!found) return;
  std::vector<std::string> without;
  if (call.variable != kUsual) without.emplace_back(kUsual);
  const VariableMeanwhile token(call.variable, found->tokens.access_token);
  become(*program, call.command, without);
}

}  // namespace xauth::front
