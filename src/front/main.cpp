// What people call as `xauth`: answers a plain `xauth token` itself, as fast as `cat` would, and a
// plain `xauth exec` likewise, and becomes the lean program for everything else.
#include <sys/prctl.h>

#include <exception>

#include "base/error.h"
#include "front/plain_call.h"
#include "front/print_token.h"
#include "front/run_command.h"
#include "front/valid_tokens.h"
#include "system/next_program.h"
#include "system/programs.h"

int main(int argc, char** argv) {
  prctl(PR_SET_DUMPABLE, 0);  // no core dump of a token
  try {
    const auto call = xauth::front::read_call({argv + (argc > 0 ? 1 : 0), argv + argc});
    if (call && !call->command.empty()) {
      xauth::front::run_command(*call);
    } else if (call && xauth::front::print_token(*call)) {
      return 0;
    }
  } catch (const std::exception&) {
    // The lean program comes upon the same, and says so.
  }
  try {
    xauth::become_program(xauth::kLeanFromFront, argv);
  } catch (const xauth::Error& error) {
    xauth::front::tell(error.message + "\n  try: " + error.hint);
    return error.exit_status();
  }
}
