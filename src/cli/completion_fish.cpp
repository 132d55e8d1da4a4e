#include <algorithm>

#include "base/joined.h"
#include "cli/completion_tables.h"

namespace xauth::cli {

namespace {

using Lines = std::vector<std::string>;

std::string quoted(const std::string& text) { return "'" + escaped(text, "'\\", "\\") + "'"; }

// `complete` for words where `condition` holds; empty: everywhere.
std::string complete(const std::string& condition) {
  return "complete -c xauth" + (condition.empty() ? "" : " -n " + quoted(condition));
}

// What completes a value, as an argument of -a; empty: nothing does.
std::string candidates(const ValueDescription& value) {
  switch (value.kind) {
    case ValueKind::words:
      return quoted(joined(value.words, " "));
    case ValueKind::directory:
      return "'(__fish_complete_directories)'";
    case ValueKind::program:
      return "'(__fish_complete_command)'";
    case ValueKind::profile:
      return "'(__xauth_profiles)'";
    case ValueKind::provider:
      return "'(__xauth_providers)'";
    case ValueKind::profile_or_provider:
      return "'(__xauth_profiles; __xauth_providers)'";
    case ValueKind::key:
      return quoted(joined(value.words, " ") + " (__xauth_profile_keys)");
    case ValueKind::setting:
      return "'(__xauth_setting_values)'";
    case ValueKind::file:
    case ValueKind::command_line:
    case ValueKind::arguments:
    case ValueKind::text:
      break;
  }
  return "";
}

std::string option_line(const std::string& condition, const OptionDescription& option) {
  std::string line = complete(condition);
  for (const auto& name : option.names) {
    const bool is_long = name.starts_with("--");
    line += (is_long ? " -l " : " -s ") + name.substr(is_long ? 2 : 1);
  }
  if (option.value) {
    const std::string words = candidates(*option.value);
    line += option.value->kind == ValueKind::file ? " -r -F" : " -x";
    if (!words.empty()) line += " -a " + words;
  }
  return line + " -d " + quoted(option.about);
}

// The condition that the argument number `number` (from 1) of the command is next.
std::string at(const CommandDescription& command, std::size_t number) {
  const auto& arguments = command.arguments;
  const bool passes_on = std::any_of(arguments.begin(), arguments.end(), is_passed_on);
  return "__xauth_at " + std::to_string(number) + (command.path.empty() ? "" : " " + command.path) +
         (passes_on ? "; and not __xauth_behind_dashes" : "");
}

std::string pass_on_line(const CommandDescription& command, const std::string& program) {
  return complete("__xauth_in " + command.path + "; and __xauth_behind_dashes") +
         " -a '(__xauth_pass_on" + (program.empty() ? "" : " " + program) + ")'";
}

void add_arguments(Lines& lines, const CommandDescription& command) {
  std::size_t number = 0;
  for (const auto& argument : command.arguments) {
    ++number;
    if (argument.kind == ValueKind::command_line) {
      lines.push_back(pass_on_line(command, ""));
    } else if (argument.kind == ValueKind::arguments) {
      lines.push_back(pass_on_line(command, command.path));
    } else if (const auto words = candidates(argument); !words.empty()) {
      lines.push_back(complete(at(command, number)) + " -a " + words + " -d " +
                      quoted(argument.name));
    } else if (argument.kind == ValueKind::file) {
      lines.push_back(complete(at(command, number)) + " -F");
    }
  }
}

void add_command(Lines& lines, const CommandDescription& command) {
  for (const auto& one : command.commands) {
    lines.push_back(complete(at(command, 1)) + " -a " + one.name + " -d " + quoted(one.about));
  }
  const std::string here = command.path.empty() ? at(command, 1) : "__xauth_in " + command.path;
  for (const auto& option : command.options) lines.push_back(option_line(here, option));
  add_arguments(lines, command);
}

// The names of all options that take a value, each once.
Lines all_names_with_value(const CommandLineDescription& line) {
  Lines names = names_with_value(line.everywhere);
  for (const auto& command : line.commands) {
    const auto more = names_with_value(command.options);
    names.insert(names.end(), more.begin(), more.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

Tables fish_tables(const CommandLineDescription& line) {
  Lines everywhere;
  for (const auto& option : line.everywhere) everywhere.push_back(option_line("", option));
  Lines commands;
  for (const auto& command : line.commands) add_command(commands, command);
  return {{"everywhere", joined(everywhere, "\n")},
          {"with_value", joined(all_names_with_value(line), " \\\n        ")},
          {"commands", joined(commands, "\n")},
          {"members", joined(line.members, " ")}};
}

}  // namespace xauth::cli
