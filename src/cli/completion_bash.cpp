#include "cli/completion_tables.h"

#include "base/joined.h"

namespace xauth::cli {

namespace {

std::string value_word(const ValueDescription& value) {
  switch (value.kind) {
    case ValueKind::words:
      return joined(value.words, "|");
    case ValueKind::file:
      return "FILE";
    case ValueKind::directory:
      return "DIRECTORY";
    case ValueKind::program:
      return "PROGRAM";
    case ValueKind::profile:
      return "PROFILE";
    case ValueKind::provider:
      return "PROVIDER";
    case ValueKind::profile_or_provider:
      return "PROFILE_OR_PROVIDER";
    case ValueKind::key:
      return joined(value.words, "|") + "|PROFILE_KEY";
    case ValueKind::setting:
      return "SETTING";
    case ValueKind::command_line:
      return "COMMAND_LINE";
    case ValueKind::arguments:
      return "ARGUMENTS";
    case ValueKind::text:
      break;
  }
  return "TEXT";
}

// One option a line, each of its names by itself.
std::string option_lines(const std::vector<OptionDescription>& options) {
  std::string lines;
  for (const auto& option : options) {
    const std::string value = option.value ? "=" + value_word(*option.value) : "";
    for (const auto& name : option.names) lines += "\n        " + name + value;
  }
  return lines;
}

std::string command_case(const CommandDescription& command) {
  std::string text = "    '" + command.path + "')\n";
  std::vector<std::string> names;
  for (const auto& one : command.commands) names.push_back(one.name);
  if (!names.empty()) text += "      commands='" + joined(names, " ") + "'\n";
  if (!command.options.empty()) text += "      options='" + option_lines(command.options) + "'\n";
  std::vector<std::string> arguments;
  for (const auto& argument : command.arguments) arguments.push_back(value_word(argument));
  if (!arguments.empty()) text += "      arguments='" + joined(arguments, " ") + "'\n";
  return text + "      ;;";
}

}  // namespace

Tables bash_tables(const CommandLineDescription& line) {
  std::vector<std::string> cases;
  for (const auto& command : line.commands) cases.push_back(command_case(command));
  return {{"everywhere", option_lines(line.everywhere)},
          {"commands", joined(cases, "\n")},
          {"members", joined(line.members, " ")}};
}

}  // namespace xauth::cli
