// What the command line has, as plain values: for whoever writes about it, such as the completions.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xauth::cli {

enum class ValueKind {
  text,  // that only the person knows
  words,
  file,
  directory,
  program,
  profile,
  provider,
  profile_or_provider,
  key,           // of a setting: one of the words, or one of a profile's
  setting,       // of the setting that the word before names
  command_line,  // of another program, behind `--`
  arguments,     // likewise, of the program that has the command's name
};

// What an option takes, or what an argument is.
struct ValueDescription {
  ValueKind kind = ValueKind::text;
  std::string name;                // as the help has it, such as URL
  std::vector<std::string> words;  // to choose from, where the kind is that
};

struct OptionDescription {
  std::vector<std::string> names;  // as typed, the short ones first
  std::string about;
  std::optional<ValueDescription> value;  // none: a flag
  bool repeatable = false;
  bool alone = false;                 // nothing else counts beside it, as with --help
  std::vector<std::string> excludes;  // names of options that cannot stand beside it
};

struct CommandName {
  std::string name;
  std::string about;
};

struct CommandDescription {
  std::string path;                        // its words, as `provider show`; empty: before any
  std::vector<CommandName> commands;       // one of which follows it
  std::vector<OptionDescription> options;  // beside those that stand everywhere
  std::vector<ValueDescription> arguments;
};

struct CommandLineDescription {
  std::vector<OptionDescription> everywhere;  // behind any command, and before
  std::vector<CommandDescription> commands;   // all of them, the nameless one first
  std::vector<std::string> members;           // of a profile, as its keys end
};

}  // namespace xauth::cli
