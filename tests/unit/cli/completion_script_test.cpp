#include "cli/completion_script.h"

#include <doctest/doctest.h>

#include "cli/completion_tables.h"

using namespace xauth::cli;

namespace {

// One command of each kind of thing that a table has to say.
CommandLineDescription command_line() {
  const ValueDescription profile{ValueKind::profile, "PROFILE"};
  CommandLineDescription line;
  line.everywhere = {{.names = {"-h", "--help"}, .about = "Help", .alone = true},
                     {.names = {"--config-dir"},
                      .about = "Where",
                      .value = ValueDescription{ValueKind::directory, "DIR"}}};
  line.commands = {
      {.path = "", .commands = {{"show", "Show it: all"}, {"run", "Run a program"}}},
      {.path = "show",
       .options = {{.names = {"-o", "--output"},
                    .about = "It's how",
                    .value = ValueDescription{ValueKind::words, "output", {"json", "text"}}},
                   {.names = {"--scope"},
                    .about = "A [scope]",
                    .value = ValueDescription{ValueKind::text, "A:B"},
                    .repeatable = true},
                   {.names = {"--one"}, .about = "One", .excludes = {"--other"}}},
       .arguments = {profile}},
      {.path = "enter", .arguments = {{ValueKind::profile_or_provider, "PROFILE"}}},
      {.path = "config", .arguments = {{ValueKind::key, "KEY", {"browser", "storage"}}}},
      {.path = "run", .arguments = {profile, {ValueKind::command_line, "CMD"}}},
      {.path = "curl", .arguments = {profile, {ValueKind::arguments, "ARGS"}}}};
  line.members = {"scope", "host"};
  return line;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("bash's table has the names, and what each value is") {
  const auto tables = bash_tables(command_line());
  CHECK(tables.at("everywhere") == "\n        -h\n        --help\n        --config-dir=DIRECTORY");
  const std::string& commands = tables.at("commands");
  CHECK(holds(commands, "    '')\n      commands='show run'\n      ;;\n"));
  CHECK(holds(commands,
              "    'show')\n      options='\n        -o=json|text\n"
              "        --output=json|text\n        --scope=TEXT\n        --one'\n"
              "      arguments='PROFILE'\n      ;;\n"));
  CHECK(holds(commands, "arguments='PROFILE_OR_PROVIDER'"));
  CHECK(holds(commands, "arguments='browser|storage|PROFILE_KEY'"));
  CHECK(holds(commands, "arguments='PROFILE COMMAND_LINE'"));
  CHECK(holds(commands, "arguments='PROFILE ARGUMENTS'"));
}

TEST_CASE("zsh's table is what _describe and _arguments want, quoted") {
  const auto tables = zsh_tables(command_line());
  CHECK(tables.at("everywhere_with_value") == "--config-dir");
  CHECK(holds(tables.at("everywhere"), "'(- *)'{-h,--help}'[Help]'"));
  CHECK(holds(tables.at("everywhere"), "'--config-dir=[Where]:DIR:_files -/'"));
  const std::string& commands = tables.at("commands");
  CHECK(holds(commands, "'show:Show it: all'"));
  CHECK(holds(commands, "'(-o --output)'{-o+,--output=}'[It'\\''s how]:output:(json text)'"));
  CHECK(holds(commands, "'*--scope=[A \\[scope\\]]:A\\:B:'"));
  CHECK(holds(commands, "'(--one --other)--one[One]'"));
  CHECK(holds(commands, "'1:PROFILE:_xauth_profiles'"));
  CHECK(holds(commands, "'1:PROFILE:_xauth_profiles_and_providers'"));
  CHECK(holds(commands, "'1:KEY: _xauth_keys browser storage'"));
  CHECK(holds(commands, "passes_on=-\n"));
  CHECK(holds(commands, "passes_on=curl\n"));
}

TEST_CASE("fish's table is a line for each thing that can be typed") {
  const auto tables = fish_tables(command_line());
  CHECK(tables.at("with_value") ==
        "--config-dir \\\n        --output \\\n        --scope \\\n        -o");
  CHECK(holds(tables.at("everywhere"), "complete -c xauth -s h -l help -d 'Help'"));
  const std::string& commands = tables.at("commands");
  CHECK(holds(commands, "complete -c xauth -n '__xauth_at 1' -a show -d 'Show it: all'"));
  CHECK(holds(commands, "-n '__xauth_in show' -s o -l output -x -a 'json text' -d 'It\\'s how'"));
  CHECK(holds(commands, "-n '__xauth_at 1 show' -a '(__xauth_profiles)'"));
  CHECK(holds(commands, "-n '__xauth_at 1 enter' -a '(__xauth_profiles; __xauth_providers)'"));
  CHECK(holds(commands, "-n '__xauth_at 1 config' -a 'browser storage (__xauth_profile_keys)'"));
  CHECK(holds(commands, "-n '__xauth_at 1 run; and not __xauth_behind_dashes' -a"));
  CHECK(holds(commands,
              "-n '__xauth_in curl; and __xauth_behind_dashes' -a '(__xauth_pass_on curl)'"));
}

TEST_CASE("each shell's template is filled to the last mark") {
  for (const CompletionShell shell :
       {CompletionShell::bash, CompletionShell::zsh, CompletionShell::fish}) {
    const std::string script = completion_script(shell, command_line());
    CHECK(holds(script, "--config-dir"));
    CHECK(holds(script, "scope host"));
    for (const char* mark : {"@everywhere@", "@commands@", "@with_value@", "@members@"}) {
      CHECK_FALSE(holds(script, mark));
    }
  }
}
