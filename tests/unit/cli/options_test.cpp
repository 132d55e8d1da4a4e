#include "cli/options.h"

#include <doctest/doctest.h>

#include <sstream>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

using Words = std::vector<std::string>;

template <class Options>
Options parsed(const Words& words) {
  return std::get<Options>(parse_command_line(words).command);
}

Error failure(const Words& words) {
  return error_of([&] { parse_command_line(words); });
}

}  // namespace

TEST_CASE("a login's options become values") {
  const auto login = parsed<LoginOptions>(
      {"login", "work", "--provider", "x", "--client-id=id", "--client-auth", "post", "--scope",
       "a b", "--scope", "c", "--port", "0", "--timeout", "5", "--param", "k=v", "--force"});
  CHECK(login.profile == "work");
  CHECK(login.provider == "x");
  CHECK(login.client_id == "id");
  CHECK(login.client_auth == oauth::ClientAuth::post);
  CHECK(login.scope == Words{"a b", "c"});
  CHECK(login.port == 0);
  CHECK(login.timeout == Seconds(5));
  CHECK(login.param == Words{"k=v"});
  CHECK(login.force);
  CHECK_FALSE(login.paste);
}

TEST_CASE("an application logs in without a person: 2 with an option that says how one does") {
  for (const auto& more :
       {Words{"--device"}, Words{"--paste"}, Words{"--no-browser"}, Words{"--browser", "w3m"}}) {
    CAPTURE(more.front());
    Words words = {"login", "ci", "--client-credentials"};
    words.insert(words.end(), more.begin(), more.end());
    const auto error = failure(words);
    CHECK(error.code == Code::usage);
    CHECK(error.message.find(more.front()) != std::string::npos);
  }
}

TEST_CASE("what is not given is as it was") {
  const auto login = parsed<LoginOptions>({"login"});
  CHECK(login.profile.empty());
  CHECK_FALSE(login.client_auth);
  CHECK_FALSE(login.port);
  CHECK_FALSE(login.timeout);
  const auto token = parsed<TokenOptions>({"token"});
  CHECK(token.format == store::TokenFormat::token);
  CHECK_FALSE(token.min_ttl);
}

TEST_CASE("a repeatable option takes one word, so that the profile is not swallowed") {
  const auto login = parsed<LoginOptions>({"login", "--scope", "a", "work"});
  CHECK(login.scope == Words{"a"});
  CHECK(login.profile == "work");
}

TEST_CASE("the token's formats") {
  const std::pair<const char*, store::TokenFormat> cases[] = {
      {"token", store::TokenFormat::token},
      {"header", store::TokenFormat::header},
      {"json", store::TokenFormat::json},
      {"env", store::TokenFormat::env},
      {"curl", store::TokenFormat::curl}};
  for (const auto& [name, format] : cases) {
    CHECK(parsed<TokenOptions>({"token", "-o", name, "x"}).format == format);
  }
  CHECK(parsed<TokenOptions>({"token", "--min-ttl", "0"}).min_ttl == Seconds(0));
  CHECK_FALSE(parsed<TokenOptions>({"token"}).shell);
  for (const char* shell : {"sh", "bash", "zsh"}) {
    CHECK(parsed<TokenOptions>({"token", "--shell", shell}).shell == store::Quoting::posix);
  }
  CHECK(parsed<TokenOptions>({"token", "--shell=fish"}).shell == store::Quoting::fish);
}

TEST_CASE("global options stand before the command or behind it") {
  for (const Words& words : {Words{"-q", "--config-dir", "/c", "--color", "never", "status"},
                             Words{"status", "-q", "--config-dir", "/c", "--color", "never"}}) {
    const auto global = parse_command_line(words).global;
    CHECK(global.quiet);
    CHECK(global.config_dir == "/c");
    CHECK(global.color == Color::never);
    CHECK_FALSE(global.json);
  }
  CHECK(parse_command_line({"status", "-o", "json"}).global.json);
}

TEST_CASE("wrong usage is 2, and the hint is what to type") {
  const std::tuple<Words, const char*, const char*> cases[] = {
      {{"lgoin"}, "no command is named 'lgoin'", "xauth login"},
      {{"hlep"}, "no command is named 'hlep'", "xauth help"},
      {{"provider", "lsit"}, "no command is named 'lsit'", "xauth provider list"},
      {{"help", "lgoin"}, "no command is named 'lgoin'", "xauth login"},
      {{"help", "provider", "lsit"}, "no command is named 'lsit'", "xauth provider list"},
      {{"credential", "gitt", "-h"}, "no command is named 'gitt'", "xauth credential git"},
      {{"help", "--verison"}, "unknown option --verison", "xauth --version"},
      {{"status", "--chek"}, "unknown option --chek", "xauth status --check"},
      {{"frobnicate"}, "no command is named 'frobnicate'", "xauth --help"},
      {{"login", "--scpoe", "a"}, "unknown option --scpoe", "xauth login --scope"},
      {{"login", "--client-secret=canary"},
       "unknown option --client-secret",
       "xauth login --client-secret-file"},
      {{"token", "a", "b"}, "unexpected argument 'b'", "xauth token --help"},
      {{"login", "--port", "65536"},
       "--port: '65536' is no number from 0 to 65535",
       "xauth login --help"},
      {{"login", "--port", "-1"}, "--port: '-1' is no number", "xauth login --help"},
      {{"login", "--port", "08080"}, "--port: '08080' is no number", "xauth login --help"},
      {{"token", "--min-ttl", "010"}, "--min-ttl: '010' is no number", "xauth token --help"},
      {{"login", "--timeout", "0"}, "--timeout: '0' is no number from 1", "xauth login --help"},
      {{"login", "--timeout", "5s"}, "--timeout: '5s' is no number", "xauth login --help"},
      {{"login", "--max-age", "-1"}, "--max-age: '-1' is no number", "xauth login --help"},
      {{"token", "--min-ttl", "x"}, "--min-ttl: 'x' is no number from 0", "xauth token --help"},
      {{"login", "--client-auth", "jwt"}, "", "xauth login --help"},
      {{"login", "--client-auth", "psot"},
       "--client-auth: 'psot' is none of none, basic, post",
       "xauth login --client-auth post"},
      {{"credential", "gitt"}, "no command is named 'gitt'", "xauth credential git"},
      {{"credential", "docker", "gte"},
       "ACTION: 'gte' is none of get, store, erase, list",
       "xauth credential docker get"},
      {{"config", "gte"}, "ACTION: 'gte' is none of list, get", "xauth config get"},
      {{"completion", "fis"}, "SHELL: 'fis' is none of bash, zsh, fish", "xauth completion fish"},
      {{"token", "-o", "jsn"}, "--output: 'jsn' is none of token", "xauth token --output json"},
      {{"--color", "alway", "status"}, "--color: 'alway' is none of auto", "xauth --color always"},
      {{"config"}, "config needs one of list|get|set|unset|path", "xauth config --help"},
      {{"provider"}, "provider needs one of list, show, discover", "xauth provider --help"},
      {{"provider", "show"}, "show needs ID", "xauth provider show --help"},
      {{"use"}, "use needs PROFILE", "xauth use --help"},
      {{"-q"}, "no command is given", "xauth --help"},
      {{"login", "--client-id"}, "--client-id needs ID", "xauth login --help"},
      {{"token", "-o"}, "--output needs token|header|json|env|curl", "xauth token --help"},
      {{"token", "-o", "xml"}, "", "xauth token --help"},
      {{"token", "--no-refresh", "--force-refresh"}, "", "xauth token --help"},
      {{"use"}, "", "xauth use --help"},
      {{"status", "-o", "header"}, "", "xauth status --help"},
      {{"--frobnicate"}, "", ""},
      {{}, "", "xauth --help"},
  };
  for (const auto& one : cases) {
    const auto& words = std::get<0>(one);
    CAPTURE((words.empty() ? std::string() : words.back()));
    const auto error = failure(words);
    CAPTURE(error.message);
    CAPTURE(error.hint);
    CHECK(error.code == Code::usage);
    CHECK(error.message.find(std::get<1>(one)) != std::string::npos);
    CHECK(error.message.find("canary") == std::string::npos);
    CHECK(error.message.find('\n') == std::string::npos);
    CHECK(error.hint.starts_with(std::get<2>(one)));
  }
}

TEST_CASE("what was typed does not steer the terminal, ST-17") {
  for (const Words& words : {Words{"\x1b[2J"}, Words{"login", "--\x1b[2J"}, Words{"use", "a", "\n"},
                             Words{"login", "--port", "\x1b[2J"}}) {
    CHECK(failure(words).message.find_first_of("\x1b\n") == std::string::npos);
  }
}

TEST_CASE("-o before the command means the same behind it") {
  CHECK(parse_command_line({"-o", "json", "status"}).global.json);
  CHECK(parse_command_line({"-q", "-ojson", "--config-dir", "/c", "status", "work"}).global.json);
  CHECK(parsed<TokenOptions>({"--output=curl", "token", "work"}).format ==
        store::TokenFormat::curl);
  CHECK(failure({"-o", "json", "exec", "--", "true"}).message.find("unknown option -o") == 0);
  CHECK(asks_for_json({"status", "-qojson"}));
  CHECK_FALSE(asks_for_json({"status", "-qjson"}));
}

TEST_CASE("an unknown option without a command is named, with the nearest") {
  CHECK(failure({"--verison"}).message == "unknown option --verison");
  CHECK(failure({"--verison"}).hint == "xauth --version");
  CHECK(failure({"-z"}).message == "unknown option -z");
  CHECK(failure({"help", "--foo"}).code == Code::usage);
}

TEST_CASE("help of a command runs nothing that stands behind --") {
  for (const Words& words : {Words{"help", "exec", "work", "--", "echo", "x"},
                             Words{"help", "curl", "--", "--version"}}) {
    CHECK(parsed<Information>(words).text.find("--min-ttl") != std::string::npos);
  }
}

TEST_CASE("help and version are results") {
  const auto text = [](const Words& words) { return parsed<Information>(words).text; };
  CHECK(text({"--version"}).starts_with("xauth "));
  CHECK(text({"--help"}) == help_text());
  CHECK(text({"help"}) == help_text());
  CHECK(text({"help", "token"}) == text({"token", "--help"}));
  CHECK(text({"--config-dir", "/c", "--color=never", "help", "token"}) == text({"help", "token"}));
  CHECK(text({"help", "help"}) == help_text());
  CHECK(text({"help", "provider", "show"}) == text({"provider", "show", "--help"}));
  CHECK(text({"token", "-h"}).find("--min-ttl") != std::string::npos);
}

namespace {

Words commands_in(const std::string& help) {
  const std::string title = "\nCommands:\n";
  const auto begin = help.find(title);
  if (begin == std::string::npos) return {};
  std::istringstream lines(help.substr(begin + title.size()));
  Words names;
  for (std::string line; std::getline(lines, line) && line.starts_with("  ");) {
    names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

void check_help_of(const Words& command) {
  Words words = command;
  words.insert(words.begin(), "help");
  const std::string help = parsed<Information>(words).text;
  CAPTURE(help);
  CHECK_FALSE(help.ends_with("\n\n"));
  CHECK(help.find("Usage: ") == help.rfind("Usage: "));
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  for (const auto& name : commands_in(help)) {
    Words within = command;
    within.push_back(name);
    check_help_of(within);
  }
}

}  // namespace

TEST_CASE("each command's help fits 80 columns and says once how it is called") {
  CHECK(commands_in(help_text()).size() > 10);
  check_help_of({});
  CHECK(parsed<Information>({"help", "exec"})
            .text.find("\nUsage: xauth exec [OPTION...] [PROFILE] -- COMMAND [ARGUMENT...]\n") !=
        std::string::npos);
}

TEST_CASE("JSON is asked for even where the rest is wrong") {
  const std::pair<Words, bool> cases[] = {
      {{"-o", "json"}, true},
      {{"x", "--output", "json", "--bad"}, true},
      {{"--output=json"}, true},
      {{"-ojson"}, true},
      {{"-o"}, false},
      {{"-o", "header"}, false},
      {{"json"}, false},
      {{"exec", "--", "-o", "json"}, false},
      {{}, false},
  };
  for (const auto& [words, asked] : cases) CHECK(asks_for_json(words) == asked);
}

TEST_CASE("config takes an action, a key and the words of a value") {
  const auto config = parsed<ConfigOptions>({"config", "set", "profile.w.host", "a", "b"});
  CHECK(config.action == ConfigAction::set);
  CHECK(config.key == "profile.w.host");
  CHECK(config.value == Words{"a", "b"});
  CHECK(parsed<ConfigOptions>({"config", "path"}).action == ConfigAction::path);
  CHECK(failure({"config"}).code == Code::usage);
  CHECK(failure({"config", "erase"}).message.find("list, get, set, unset, path") !=
        std::string::npos);
}

TEST_CASE("what stands behind the first -- of exec and curl is another program's") {
  const auto exec =
      parsed<ExecOptions>({"exec", "work", "--env", "API", "--", "sh", "-c", "x", "--", "--help"});
  CHECK(exec.profile == "work");
  CHECK(exec.variable == "API");
  CHECK(exec.command == Words{"sh", "-c", "x", "--", "--help"});
  const auto least = parsed<ExecOptions>({"--color", "never", "exec", "--", "env"});
  CHECK(least.profile.empty());
  CHECK(least.variable == "XAUTH_TOKEN");
  CHECK(least.command == Words{"env"});
  const auto curl = parsed<CurlOptions>({"curl", "--min-ttl", "5", "--", "-o", "json", "work"});
  CHECK(curl.profile.empty());
  CHECK(curl.min_ttl == Seconds(5));
  CHECK(curl.arguments == Words{"-o", "json", "work"});
  CHECK(parsed<Information>({"exec", "--help", "--", "--version"}).text.find("--env") !=
        std::string::npos);
}

TEST_CASE("exec and curl without -- are told how they are called, whatever else is there") {
  for (const Words& words :
       {Words{"exec"}, Words{"exec", "--"}, Words{"exec", "sh", "-c", "x"}, Words{"curl", "-sS"},
        Words{"curl", "--"}, Words{"--config-dir", "/c", "curl", "work", "https://example.com"}}) {
    CAPTURE(words);
    const Error error = failure(words);
    CHECK(error.code == Code::usage);
    CHECK(error.message.find("needs `--`") != std::string::npos);
    CHECK(error.hint.find("[PROFILE] -- ") != std::string::npos);
  }
}

TEST_CASE("-- means to other commands that no option follows") {
  CHECK(parsed<UseOptions>({"use", "--", "exec"}).profile == "exec");
  CHECK(parsed<TokenOptions>({"--config-dir", "exec", "token", "--", "work"}).profile == "work");
}

TEST_CASE("a credential helper's last word is the action, one alone as well") {
  const auto git = parsed<CredentialGitOptions>({"credential", "git", "work", "get"});
  CHECK(git.profile == "work");
  CHECK(git.action == "get");
  const auto later = parsed<CredentialGitOptions>({"credential", "git", "capability"});
  CHECK(later.profile.empty());
  CHECK(later.action == "capability");
  CHECK(failure({"credential", "git"}).code == Code::usage);
  CHECK(failure({"credential", "git", "a", "b", "get"}).code == Code::usage);

  const std::pair<const char*, DockerAction> actions[] = {{"get", DockerAction::get},
                                                          {"store", DockerAction::store},
                                                          {"erase", DockerAction::erase},
                                                          {"list", DockerAction::list}};
  for (const auto& [word, action] : actions) {
    CHECK(parsed<CredentialDockerOptions>({"credential", "docker", word}).action == action);
  }
  CHECK(failure({"credential", "docker", "work"}).message.find("get, store, erase, list") !=
        std::string::npos);
  CHECK(parsed<CredentialKubernetesOptions>({"credential", "kubernetes", "work", "--id-token"})
            .id_token);
  CHECK(failure({"credential"}).code == Code::usage);
}

TEST_CASE("a profile may be called help") {
  CHECK(parsed<StatusOptions>({"status", "help"}).profile == "help");
}

TEST_CASE("--trace is of every command") {
  for (const char* command : {"login", "token", "refresh", "status", "logout", "demo"}) {
    CHECK(parse_command_line({command, "--trace"}).global.trace);
    CHECK(parse_command_line({"--trace", command}).global.trace);
  }
}
