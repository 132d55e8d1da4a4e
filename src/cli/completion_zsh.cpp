#include "cli/completion_tables.h"

#include "base/joined.h"

namespace xauth::cli {

namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// What completes a value, as an action of _arguments.
std::string action_of(const ValueDescription& value) {
  switch (value.kind) {
    case ValueKind::words:
      return "(" + joined(value.words, " ") + ")";
    case ValueKind::file:
      return "_files";
    case ValueKind::directory:
      return "_files -/";
    case ValueKind::program:
      return "_command_names -e";
    case ValueKind::profile:
      return "_xauth_profiles";
    case ValueKind::provider:
      return "_xauth_providers";
    case ValueKind::profile_or_provider:
      return "_xauth_profiles_and_providers";
    case ValueKind::key:
      return " _xauth_keys " +  // the space: with no more arguments than these
             joined(value.words, " ");
    case ValueKind::setting:
      return "_xauth_setting_values";
    case ValueKind::command_line:
    case ValueKind::arguments:
    case ValueKind::text:
      break;
  }
  return "";
}

// `:MESSAGE:ACTION`, as it stands behind an option or the number of an argument.
std::string value_spec(const ValueDescription& value) {
  return ":" + escaped(value.name, ":", "\\") + ":" + action_of(value);
}

// What may not stand beside the option, `*` before one that may be repeated.
std::string option_prefix(const OptionDescription& option) {
  if (option.alone) return "(- *)";
  if (option.repeatable) return "*";
  auto excluded = option.excludes;
  if (option.names.size() > 1 || !excluded.empty()) {
    excluded.insert(excluded.begin(), option.names.begin(), option.names.end());
  }
  return excluded.empty() ? "" : "(" + joined(excluded, " ") + ")";
}

// With a value, `-o` takes it in the same word or the next, `--output` behind `=` or in the next.
std::string spec_name(const std::string& name, bool takes_value) {
  if (!takes_value) return name;
  return name + (name.starts_with("--") ? "=" : "+");
}

std::string option_spec(const OptionDescription& option) {
  std::vector<std::string> names;
  for (const auto& name : option.names) {
    names.push_back(spec_name(name, option.value.has_value()));
  }
  const std::string about = "[" + escaped(option.about, "[]:\\", "\\") + "]" +
                            (option.value ? value_spec(*option.value) : "");
  const std::string prefix = option_prefix(option);
  if (names.size() == 1) return quoted(prefix + names.front() + about);
  return (prefix.empty() ? "" : quoted(prefix)) + "{" + joined(names, ",") + "}" + quoted(about);
}

std::vector<std::string> specs_of(const CommandDescription& command) {
  std::vector<std::string> specs;
  for (const auto& option : command.options) specs.push_back(option_spec(option));
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const auto& argument = command.arguments[i];
    if (!is_passed_on(argument)) {
      specs.push_back(quoted(std::to_string(i + 1) + value_spec(argument)));
    }
  }
  return specs;
}

std::string passes_on(const CommandDescription& command) {
  for (const auto& argument : command.arguments) {
    if (argument.kind == ValueKind::command_line) return "      passes_on=-\n";
    if (argument.kind == ValueKind::arguments) return "      passes_on=" + command.path + "\n";
  }
  return "";
}

// The array `name` of `items`, one a line; nothing when there are none.
std::string array(const std::string& name, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  return "      " + name + "=(\n        " + joined(items, "\n        ") + "\n      )\n";
}

std::string command_case(const CommandDescription& command) {
  std::vector<std::string> commands;
  for (const auto& one : command.commands) commands.push_back(quoted(one.name + ":" + one.about));
  return "    (" + quoted(command.path) + ")\n" + array("subcommands", commands) +
         array("specs", specs_of(command)) + passes_on(command) + "      ;;";
}

}  // namespace

Tables zsh_tables(const CommandLineDescription& line) {
  std::vector<std::string> everywhere;
  for (const auto& option : line.everywhere) everywhere.push_back("    " + option_spec(option));
  std::vector<std::string> cases;
  for (const auto& command : line.commands) cases.push_back(command_case(command));
  return {{"everywhere", joined(everywhere, "\n")},
          {"everywhere_with_value", joined(names_with_value(line.everywhere), "|")},
          {"commands", joined(cases, "\n")},
          {"members", joined(line.members, " ")}};
}

}  // namespace xauth::cli
