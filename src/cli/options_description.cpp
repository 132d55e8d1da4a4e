#include "cli/options_description.h"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>

#include "cli/config_key.h"
#include "oauth/client_auth.h"
#include "store/profile.h"

namespace xauth::cli {

namespace {

using Words = std::vector<std::string>;

// The parts of `text` between separators, without spaces.
Words split(const std::string& text, char separator) {
  Words words;
  std::istringstream parts(text);
  for (std::string word; std::getline(parts, word, separator);) {
    words.push_back(word.substr(word.find_first_not_of(' ')));
  }
  return words;
}

ValueDescription words(Words words) { return {ValueKind::words, {}, std::move(words)}; }

// By the name of the argument or, without its dashes, of the option.
const std::map<std::string, ValueDescription>& by_name() {
  static const std::map<std::string, ValueDescription> values = {
      {"PROFILE", {ValueKind::profile}},
      {"ID", {ValueKind::provider}},
      {"provider", {ValueKind::provider}},
      {"KEY", {ValueKind::key, {}, config_keys()}},
      {"VALUE", {ValueKind::setting}},
      {"client-auth", words(oauth::client_auth_names())},
      {"prompt", words({"login", "consent", "select_account", "none"})},
  };
  return values;
}

// By an option's placeholder.
const std::map<std::string, ValueKind>& by_placeholder() {
  static const std::map<std::string, ValueKind> kinds = {
      {"DIR", ValueKind::directory},
      {"FILE", ValueKind::file},
      {"PEM", ValueKind::file},
      {"COMMAND", ValueKind::program},
  };
  return kinds;
}

ValueDescription value_of(const std::string& name, const std::string& placeholder) {
  ValueDescription value;
  const auto named = by_name().find(name);
  const auto placed = by_placeholder().find(placeholder);
  const bool lists_words =
      placeholder.find('|') != std::string::npos || name == "output";  // json alone
  if (named != by_name().end()) {
    value = named->second;
  } else if (placed != by_placeholder().end()) {
    value.kind = placed->second;
  } else if (lists_words) {
    value = words(split(placeholder, '|'));
  }
  value.name = placeholder.empty() || lists_words ? name : placeholder;
  return value;
}

// The words of a list such as `get, store or erase`.
Words listed(std::string text) {
  const std::string last = " or ";
  if (const auto at = text.rfind(last); at != text.npos) text.replace(at, last.size(), ",");
  return split(text, ',');
}

// What an argument is; what the help says of it may tell more than its name.
ValueDescription argument_of(const CLI::App& app, const CLI::Option& option) {
  const std::string name = option.get_name(true);
  const std::string& about = option.get_description();
  auto value = value_of(name, option.get_type_name());
  const bool or_provider = app.get_option_no_throw("--provider") != nullptr ||
                           about.find("provider's ID") != std::string::npos;
  if (value.kind == ValueKind::profile && or_provider) value.kind = ValueKind::profile_or_provider;
  if (value.kind == ValueKind::text && name == "ACTION") {
    value = {ValueKind::words, name, listed(about)};
  }
  return value;
}

Words names_of(const CLI::Option& option) {
  Words names;
  for (const auto& name : option.get_snames()) names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

// The name without its dashes, the long one where there is one.
std::string plain_name(const CLI::Option& option) {
  const auto& names = option.get_lnames().empty() ? option.get_snames() : option.get_lnames();
  return names.front();
}

OptionDescription describe_option(const CLI::App& app, const CLI::Option& option) {
  OptionDescription described;
  described.names = names_of(option);
  described.about = option.get_description();
  if (option.get_items_expected_max() > 0) {
    described.value = value_of(plain_name(option), option.get_type_name());
  }
  described.repeatable = option.get_expected_max() > 1;
  described.alone = &option == app.get_help_ptr() || &option == app.get_version_ptr();
  for (const CLI::Option* other : option.get_excludes()) {
    for (const auto& name : names_of(*other)) described.excludes.push_back(name);
  }
  return described;
}

// What stands behind `--`, as the usage at the end of the command's help has it.
std::optional<ValueDescription> behind_dashes(const CLI::App& app) {
  const std::string usage = app.get_footer();
  const auto dashes = usage.find(" -- ");
  if (dashes == std::string::npos) return std::nullopt;
  const std::string what = usage.substr(dashes + 4);
  const bool is_program = what.starts_with("COMMAND");
  return ValueDescription{is_program ? ValueKind::command_line : ValueKind::arguments, what};
}

bool is_everywhere(const CLI::App& program, const CLI::Option& option) {
  const auto commands = program.get_subcommands({});
  return option.nonpositional() && !commands.empty() &&
         commands.front()->get_option_no_throw("--" + plain_name(option)) != nullptr;
}

std::vector<OptionDescription> options_everywhere(const CLI::App& program) {
  std::vector<OptionDescription> options;
  for (const CLI::Option* option : program.get_options()) {
    if (is_everywhere(program, *option)) options.push_back(describe_option(program, *option));
  }
  return options;
}

bool is_among(const std::vector<OptionDescription>& options, const OptionDescription& option) {
  return std::any_of(options.begin(), options.end(),
                     [&](const auto& one) { return one.names == option.names; });
}

// Adds `app` and what is within it; `path`: its words.
void add(CommandLineDescription& line, const CLI::App& app, const std::string& path) {
  CommandDescription command;
  command.path = path;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->nonpositional()) {
      command.arguments.push_back(argument_of(app, *option));
      continue;
    }
    auto described = describe_option(app, *option);
    if (!is_among(line.everywhere, described)) command.options.push_back(std::move(described));
  }
  if (auto behind = behind_dashes(app)) command.arguments.push_back(*std::move(behind));
  const auto within = app.get_subcommands({});
  for (const CLI::App* one : within) {
    command.commands.push_back({one->get_name(), one->get_description()});
  }
  line.commands.push_back(std::move(command));
  const std::string before = path.empty() ? "" : path + " ";
  for (const CLI::App* one : within) add(line, *one, before + one->get_name());
}

// `help COMMAND`, which is `COMMAND --help` by the time CLI11 reads it.
void add_help(CommandLineDescription& line) {
  std::vector<CommandDescription> helped;
  for (const auto& command : line.commands) {
    if (command.commands.empty()) continue;
    helped.push_back({.path = "help" + (command.path.empty() ? "" : " " + command.path),
                      .commands = command.commands});
  }
  line.commands.front().commands.push_back({"help", "Print the help of a command"});
  for (auto& command : helped) line.commands.push_back(std::move(command));
}

}  // namespace

CommandLineDescription describe(const CLI::App& program) {
  CommandLineDescription line;
  line.everywhere = options_everywhere(program);
  add(line, program, "");
  const auto is_help = [](const CLI::App* command) { return command->get_name() == "help"; };
  if (program.get_subcommands(is_help).empty()) add_help(line);
  line.members = store::member_names();
  return line;
}

}  // namespace xauth::cli
