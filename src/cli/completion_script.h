// The scripts that complete the command line in a shell.
#pragma once

#include <string>

#include "cli/command_description.h"

namespace xauth::cli {

enum class CompletionShell { bash, zsh, fish };

// The script for `shell`: its template, with all that `line` has in its tables.
std::string completion_script(CompletionShell shell, const CommandLineDescription& line);

}  // namespace xauth::cli
