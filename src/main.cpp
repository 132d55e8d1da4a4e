// The full program: every command.
#include "cli/commands.h"
#include "cli/run.h"

int main(int argc, char** argv) {
  namespace cli = xauth::cli;
  return cli::run(cli::called_with({argv, argv + argc}), {cli::login, cli::demo});
}
