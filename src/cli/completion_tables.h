// What the completions' templates are filled with: the description of the command line in each
// shell's own words, by the names that stand in the template as @NAME@.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/command_description.h"

namespace xauth::cli {

using Tables = std::map<std::string, std::string>;

Tables bash_tables(const CommandLineDescription& line);
Tables zsh_tables(const CommandLineDescription& line);
Tables fish_tables(const CommandLineDescription& line);

// The names of those that take a value.
std::vector<std::string> names_with_value(const std::vector<OptionDescription>& options);

// Whether it stands behind `--`, and another program takes it.
bool is_passed_on(const ValueDescription& argument);

// `text` with a `before` in front of each character that is among `special`.
std::string escaped(const std::string& text, const std::string& special, const std::string& before);

}  // namespace xauth::cli
