// From CLI11's idea of the command line to plain values.
#pragma once

#include "cli/command_description.h"

namespace CLI {
class App;
}

namespace xauth::cli {

// All that can be typed behind the name of `program`. What kind a value is follows from the name of
// its argument, or from the placeholder that the help has for it: a new option needs nothing more.
// A PROFILE may be a provider's ID too where its help says so, or where there is a --provider; an
// ACTION without a placeholder is one of the words that its help lists.
// A command's help that ends with a usage `… -- COMMAND …` or `… -- ARGUMENT…` is followed by
// another program's command line, or arguments.
CommandLineDescription describe(const CLI::App& program);

}  // namespace xauth::cli
