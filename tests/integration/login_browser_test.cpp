// The browser that a login starts: which one, with what, and what when there is none.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "support/terminal_program.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// An opener that writes its arguments, one a line, and its environment, then chats and ends.
class Opener {
 public:
  explicit Opener(const Workplace& here, const std::string& name = "opener")
      : path(here.home.path_of(name)), record_(path + ".record") {
    std::ofstream(path) << "#!/bin/sh\n"
                        << "env > '" << path << ".environment'\n"
                        << "printf '%s\\n' \"$@\" > '" << record_ << ".new'\n"
                        << "mv '" << record_ << ".new' '" << record_ << "'\n"
                        << "echo opener-chatter; echo opener-chatter >&2\n";
    std::filesystem::permissions(path, std::filesystem::perms(0700));
  }

  bool was_started() const { return std::filesystem::exists(record_); }
  std::string arguments() const { return content_of(record_); }
  std::string environment() const { return content_of(path + ".environment"); }

  const std::string path;

 private:
  std::string record_;
};

// The login's arguments without --no-browser.
std::vector<std::string> login_with_browser(const Workplace& here,
                                            const std::vector<std::string>& more = {}) {
  auto arguments = here.login("work", kPublicClient, more);
  std::erase(arguments, "--no-browser");
  return arguments;
}

}  // namespace

TEST_CASE("--browser is started with the URL as one argument, AZ-14, AZ-16") {
  Workplace here;
  const Opener opener(here);
  here.variables["XAUTH_TOKEN"] = "token-canary";
  here.variables["XAUTH_CLIENT_SECRET"] = "secret-canary";
  here.variables["XAUTH_PASSPHRASE"] = "passphrase-canary";
  here.variables["BROWSER"] = "/nowhere";
  const Finished login = here.log_in(login_with_browser(
      here, {"--client-auth", "none", "--browser", opener.path + " --new %s --last"}));
  CHECK(login.status == 0);
  CHECK(login.out.empty());
  CHECK(login.err.find("opener-chatter") == std::string::npos);
  CHECK(opener.arguments() == "--new\n" + authorize_url_in(login.err).text() + "\n--last\n");
  CHECK(opener.environment().find("canary") == std::string::npos);
  CHECK(opener.environment().find("HOME=") != std::string::npos);
}

TEST_CASE("XAUTH_BROWSER stands before BROWSER, and the first that starts wins, AZ-15") {
  Workplace here;
  const Opener first(here, "first");
  const Opener second(here, "second");
  here.variables["BROWSER"] = "/nowhere:" + first.path + ":" + second.path;
  const Finished by_browser = here.log_in(login_with_browser(here));
  CHECK(first.arguments() == authorize_url_in(by_browser.err).text() + "\n");
  CHECK_FALSE(second.was_started());
  here.variables["XAUTH_BROWSER"] = second.path;
  const Finished by_ours = here.log_in(login_with_browser(here));
  CHECK(second.arguments() == authorize_url_in(by_ours.err).text() + "\n");
}

TEST_CASE("no shell sees the URL, AZ-14, IN-2") {
  const Workplace here;
  const Opener opener(here);
  const std::string payload = "$(touch " + here.home.path_of("owned") + ");`id`&'\"|--flag";
  const Finished login =
      here.log_in(login_with_browser(here, {"--login-hint", payload, "--browser", opener.path}));
  CHECK(login.status == 0);
  CHECK(opener.arguments() == authorize_url_in(login.err).text() + "\n");
  CHECK_FALSE(std::filesystem::exists(here.home.path_of("owned")));
}

TEST_CASE("--no-browser starts none") {
  Workplace here;
  const Opener opener(here);
  here.variables["BROWSER"] = opener.path;
  CHECK(here.log_in(here.login("work", kPublicClient)).status == 0);
  CHECK_FALSE(opener.was_started());
}

TEST_CASE("the URL is told before the browser is started") {
  const Workplace here;
  const Opener opener(here);
  const std::string snapshot = here.home.path_of("told");
  std::ofstream(opener.path) << "#!/bin/sh\ncp '" << here.home.path_of("stderr") << "' '"
                             << snapshot << ".new'\nmv '" << snapshot << ".new' '" << snapshot
                             << "'\n";
  Start start = here.start(login_with_browser(here, {"--browser", opener.path}));
  start.variables["PROGRAM"] = start.program;
  start.variables["TOLD"] = here.home.path_of("stderr");
  start.program = "/bin/sh";
  std::vector<std::string> words = {"-c", "exec \"$PROGRAM\" \"$@\" 2>\"$TOLD\"", "sh"};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  words.insert(words.end(), {"--timeout", "3"});
  start.arguments = words;
  CHECK(run(start).status == 5);
  CHECK(authorize_url_in(content_of(snapshot)).scheme == "http");
}

TEST_CASE("a browser that cannot be started is no failure, and it is said how to go on") {
  Workplace here;
  here.variables["BROWSER"] = "/nowhere/browser";
  Running login(here.start(login_with_browser(here)));
  const auto told = login.await_error("no browser could be started");
  CHECK(login.await_error("open the address above").find("/nowhere/browser") != std::string::npos);
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
}

TEST_CASE("at a terminal the person is told to open the address where no browser starts") {
  Workplace here;
  here.variables["BROWSER"] = "/nowhere/browser";
  TerminalProgram login(here.start(login_with_browser(here)));
  CHECK(login.await("; open the address above yourself").find("/nowhere/browser") !=
        std::string::npos);
  login.type("\x03");
  CHECK(login.wait().status == 130);
}

TEST_CASE("no command but login opens a browser, AZ-20, IN-20") {
  Workplace here;
  const Opener opener(here);
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  here.variables["XAUTH_BROWSER"] = opener.path;
  here.provider->server().expire_access_tokens();
  Json tokens = here.json_of("tokens/work.json");
  tokens.set("expires_at", Json(std::int64_t{1}));
  tokens.erase("refresh_token");
  std::ofstream(here.path_of("tokens/work.json")) << tokens.text();
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"token"}, {"refresh"}, {"whoami"}, {"curl", "--", here.provider->url()}}) {
    CAPTURE(words.front());
    CHECK(run(here.start(words)).status == 4);
  }
  CHECK_FALSE(opener.was_started());
}
