#include "cli/completion_script.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "cli/completion_tables.h"
#include "cli/completion_templates.h"

namespace xauth::cli {

namespace {

std::string template_for(const std::string& name) {
  const auto& all = completion_templates();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  assert(found != all.end());
  return std::string(found->text);
}

std::string filled(std::string text, const Tables& tables) {
  for (const auto& [name, table] : tables) {
    const std::string mark = "@" + name + "@";
    const auto at = text.find(mark);
    assert(at != std::string::npos);
    text.replace(at, mark.size(), table);
  }
  return text;
}

}  // namespace

std::vector<std::string> names_with_value(const std::vector<OptionDescription>& options) {
  std::vector<std::string> names;
  for (const auto& option : options) {
    if (option.value) names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

bool is_passed_on(const ValueDescription& argument) {
  return argument.kind == ValueKind::command_line || argument.kind == ValueKind::arguments;
}

std::string escaped(const std::string& text, const std::string& special,
                    const std::string& before) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string::npos) out += before;
    out += c;
  }
  return out;
}

std::string completion_script(CompletionShell shell, const CommandLineDescription& line) {
  switch (shell) {
    case CompletionShell::bash:
      return filled(template_for("bash"), bash_tables(line));
    case CompletionShell::zsh:
      return filled(template_for("zsh"), zsh_tables(line));
    case CompletionShell::fish:
      break;
  }
  return filled(template_for("fish"), fish_tables(line));
}

}  // namespace xauth::cli
