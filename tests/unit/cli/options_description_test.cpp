#include "cli/options_description.h"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>

using namespace xauth::cli;

namespace {

using Words = std::vector<std::string>;

// A program with one option everywhere, and one command; where its values go does not matter.
struct Program {
  Program() {
    app.set_version_flag("--version", "1");
    app.add_flag("-q,--quiet", flag, "Be quiet");
    command.add_flag("-q,--quiet", flag, "Be quiet");
  }

  CommandDescription described(const std::string& path = "do") const {
    const auto line = describe(app);
    const auto found = std::find_if(line.commands.begin(), line.commands.end(),
                                    [&](const auto& one) { return one.path == path; });
    REQUIRE(found != line.commands.end());
    return *found;
  }

  // The value of the command's option or argument that `name` declares.
  ValueDescription value(const std::string& name, const std::string& placeholder) {
    const auto before = described();
    command.add_option(name, text)->type_name(placeholder);
    const auto after = described();
    if (after.arguments.size() > before.arguments.size()) return after.arguments.back();
    return after.options.back().value.value();
  }

  CLI::App app;
  CLI::App& command = *app.add_subcommand("do", "Do it");
  bool flag = false;
  std::string text;
  Words texts;
};

Words paths_of(const CommandLineDescription& line) {
  Words paths;
  for (const auto& command : line.commands) paths.push_back(command.path);
  return paths;
}

}  // namespace

TEST_CASE("options that every command has are told once, the version before any command") {
  const Program program;
  const auto line = describe(program.app);
  REQUIRE(line.everywhere.size() == 2);
  CHECK(line.everywhere[0].names == Words{"-h", "--help"});
  CHECK(line.everywhere[0].alone);
  CHECK(line.everywhere[1].names == Words{"-q", "--quiet"});
  CHECK(line.everywhere[1].about == "Be quiet");
  CHECK_FALSE(line.everywhere[1].value);
  CHECK_FALSE(line.everywhere[1].alone);
  CHECK(program.described().options.empty());
  REQUIRE(program.described("").options.size() == 1);
  CHECK(program.described("").options[0].names == Words{"--version"});
  CHECK(program.described("").options[0].alone);
}

TEST_CASE("commands within others have a path, and help is one of ours") {
  Program program;
  program.command.add_subcommand("more", "Do more");
  const auto line = describe(program.app);
  CHECK(paths_of(line) == Words{"", "do", "do more", "help", "help do"});
  CHECK(line.commands[0].commands[0].name == "do");
  CHECK(line.commands[0].commands[1].name == "help");
  CHECK(line.commands[1].commands[0].about == "Do more");
  REQUIRE(line.commands[3].commands.size() == 1);  // not help's own help
  CHECK(line.commands[3].commands[0].name == "do");
  CHECK(line.commands[4].commands[0].name == "more");
}

TEST_CASE("a program that has a help command of its own gets no second one") {
  Program program;
  program.app.add_subcommand("help", "Help");
  CHECK(paths_of(describe(program.app)) == Words{"", "do", "help"});
}

TEST_CASE("the kind of a value follows from its name or its placeholder") {
  const std::tuple<const char*, const char*, ValueKind> cases[] = {
      {"--config-dir", "DIR", ValueKind::directory},
      {"--key", "FILE", ValueKind::file},
      {"--ca-file", "PEM", ValueKind::file},
      {"--browser", "COMMAND", ValueKind::program},
      {"--provider", "ID", ValueKind::provider},
      {"--client-id", "ID", ValueKind::text},
      {"--port", "N", ValueKind::text},
      {"PROFILE", "", ValueKind::profile},
      {"ID", "", ValueKind::provider},
      {"KEY", "", ValueKind::key},
      {"VALUE", "", ValueKind::setting},
  };
  for (const auto& [name, placeholder, kind] : cases) {
    CAPTURE(name);
    CHECK(Program().value(name, placeholder).kind == kind);
  }
  CHECK(Program().value("--port", "N").name == "N");
  CHECK(Program().value("PROFILE", "").name == "PROFILE");
}

TEST_CASE("what stands behind two dashes is another program's") {
  const std::pair<const char*, ValueKind> cases[] = {
      {"Usage: xauth do [PROFILE] -- COMMAND [ARGUMENT...]", ValueKind::command_line},
      {"Usage: xauth do [PROFILE] -- ARGUMENT...", ValueKind::arguments},
  };
  for (const auto& [usage, kind] : cases) {
    Program program;
    program.command.add_option("PROFILE", program.text);
    program.command.footer(usage);
    const auto arguments = program.described().arguments;
    REQUIRE(arguments.size() == 2);
    CHECK(arguments[1].kind == kind);
  }
}

TEST_CASE("words to choose from are those that the help has between bars, or one format alone") {
  const auto color = Program().value("--color", "auto|always|never");
  CHECK(color.kind == ValueKind::words);
  CHECK(color.words == Words{"auto", "always", "never"});
  CHECK(color.name == "color");
  const auto output = Program().value("-o,--output", "json");
  CHECK(output.words == Words{"json"});
  CHECK(output.name == "output");
}

TEST_CASE("words that the help has no room for are known too") {
  const auto methods = Program().value("--client-auth", "METHOD").words;
  CHECK(std::count(methods.begin(), methods.end(), "private_key_jwt") == 1);
  const auto keys = Program().value("KEY", "").words;
  CHECK(std::count(keys.begin(), keys.end(), "default") == 1);
  CHECK(std::count(keys.begin(), keys.end(), "browser") == 1);
}

TEST_CASE("a profile's key ends in one of its members") {
  const auto members = describe(Program().app).members;
  CHECK(std::count(members.begin(), members.end(), "scope") == 1);
  CHECK(std::count(members.begin(), members.end(), "redirect_uri") == 1);
}

TEST_CASE("a profile may be a provider's ID where the help says so, or where a provider is given") {
  const auto kind_of = [](Program& program, const char* about) {
    program.command.add_option("PROFILE", program.text, about);
    return program.described().arguments.back().kind;
  };
  Program plain, told, given;
  CHECK(kind_of(plain, "Which login") == ValueKind::profile);
  CHECK(kind_of(told, "Which login, or a provider's ID") == ValueKind::profile_or_provider);
  given.command.add_option("--provider", given.text);
  CHECK(kind_of(given, "Which login") == ValueKind::profile_or_provider);
}

TEST_CASE("an action is one of those that the help lists") {
  Program program;
  program.command.add_option("ACTION", program.text, "get, store or erase")->type_name("");
  const auto action = program.described().arguments.back();
  CHECK(action.kind == ValueKind::words);
  CHECK(action.words == Words{"get", "store", "erase"});
  CHECK(action.name == "ACTION");
}

TEST_CASE("what may be repeated, and what excludes what") {
  Program program;
  program.command.add_option("--scope", program.texts)->allow_extra_args(false);
  auto* one = program.command.add_flag("--one", program.flag);
  program.command.add_flag("--other", program.flag)->excludes(one);
  const auto options = program.described().options;
  REQUIRE(options.size() == 3);
  CHECK(options[0].repeatable);
  CHECK_FALSE(options[1].repeatable);
  CHECK(options[1].excludes == Words{"--other"});
  CHECK(options[2].excludes == Words{"--one"});
}
