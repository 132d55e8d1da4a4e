// The program behind the front: every command that scripts start again and again. The library of
// the listener, whose loading takes longer than most of them, is needed by `login` and `demo`
// alone, for which it becomes the full program.
#include "cli/run.h"
#include "system/next_program.h"
#include "system/programs.h"

int main(int argc, char** argv) {
  namespace cli = xauth::cli;
  const auto in_full = [&](const auto&...) { xauth::become_program(xauth::kFullFromLean, argv); };
  return cli::run(cli::called_with({argv, argv + argc}), {in_full, in_full});
}
