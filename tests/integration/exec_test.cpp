// `xauth exec`: what the command finds around it, and how it ends.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support/command_lines.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct ExecCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  ExecCase() { kept.set_token("access_token", Json("canary-token")); }

  int asked() const { return provider->server().count("/token") - 1; }  // but for the login

  Finished exec(const std::vector<std::string>& words) const {
    std::vector<std::string> arguments = {"exec"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return run(kept.start(arguments));
  }
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(ExecCase,
                  "the command has the token in its environment, and none of our secrets") {
  kept.variables["XAUTH_CLIENT_SECRET"] = "not-for-children-1";
  kept.variables["XAUTH_PASSPHRASE"] = "not-for-children-2";
  kept.variables["XAUTH_TOKEN"] = "inherited";
  kept.variables["KEPT"] = "yes";
  const Finished usual = exec({"work", "--", "env"});
  CHECK(usual.status == 0);
  CHECK(usual.err.empty());
  CHECK(holds(usual.out, "XAUTH_TOKEN=canary-token\n"));
  CHECK(holds(usual.out, "KEPT=yes\n"));
  CHECK_FALSE(holds(usual.out, "not-for-children"));
  CHECK_FALSE(holds(usual.out, "inherited"));

  const Finished named = exec({"--env", "API_TOKEN", "--", "env"});
  CHECK(holds(named.out, "API_TOKEN=canary-token\n"));
  CHECK_FALSE(holds(named.out, "XAUTH_TOKEN"));
  CHECK_FALSE(holds(named.out, "not-for-children"));
}

TEST_CASE_FIXTURE(ExecCase, "the command's words, input, output and status are its own") {
  Start start = kept.start({"exec", "--", "sh", "-c", R"(cat; printf '<%s>' "$@"; exit 7)", "sh",
                            "--", "-o", "json", "a b", ""});
  start.input = "through";
  const Finished ended = run(start);
  CHECK(ended.status == 7);
  CHECK(ended.out == "through<--><-o><json><a b><>");
  CHECK(ended.err.empty());
  CHECK(exec({"--", "sh", "-c", "kill -TERM $$"}).status == 143);
}

TEST_CASE_FIXTURE(ExecCase, "the command has default signals, none blocked, and no file of ours") {
  const Finished status = exec({"--", "cat", "/proc/self/status"});
  CHECK(holds(status.out, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000"));
  const Finished files = exec({"--", "ls", "/proc/self/fd"});
  const Finished without_us = run({.arguments = {"/proc/self/fd"}, .program = "/bin/ls"});
  CHECK(files.out == without_us.out);
}

TEST_CASE_FIXTURE(ExecCase, "a token that is about to expire is refreshed first") {
  kept.set_token("expires_at", Json(clock_now() + 40));
  const Finished short_will_do = exec({"--min-ttl", "10", "--", "printenv", "XAUTH_TOKEN"});
  CHECK(short_will_do.out == "canary-token\n");
  CHECK(asked() == 0);
  const Finished refreshed = exec({"--", "printenv", "XAUTH_TOKEN"});
  CHECK(refreshed.status == 0);
  CHECK(refreshed.out == kept.token("access_token") + "\n");
  CHECK(refreshed.out != "canary-token\n");
  CHECK(asked() == 1);
}

TEST_CASE_FIXTURE(ExecCase, "a valid token costs no look at the settings when PROFILE is given") {
  kept.write("config.json", "damaged");
  CHECK(exec({"work", "--", "printenv", "XAUTH_TOKEN"}).out == "canary-token\n");
  CHECK(exec({"--", "true"}).status == 8);
}

TEST_CASE_FIXTURE(ExecCase, "without a token the command is not run, and nobody is asked, AZ-20") {
  kept.set_token("expires_at", Json(clock_now() - 10));
  kept.set_token("refresh_token", Json());
  kept.variables["XAUTH_BROWSER"] = "touch " + kept.path_of("browser-ran");
  kept.variables["XAUTH_TOKEN"] = "not-meant-for-exec";
  const Finished ended = exec({"--", "touch", kept.path_of("ran")});
  CHECK(ended.status == 4);
  CHECK(ended.out.empty());
  CHECK(holds(ended.err, "try: xauth login work"));
  CHECK_FALSE(std::filesystem::exists(kept.path_of("ran")));
  CHECK_FALSE(std::filesystem::exists(kept.path_of("browser-ran")));
}

TEST_CASE_FIXTURE(ExecCase, "a command that cannot be run is 126, one that is not there 127") {
  kept.set_token("expires_at", Json(clock_now() - 10));
  kept.write("plain", "text");
  CHECK(exec({"--", "no-such-command"}).status == 127);
  CHECK(exec({"--", kept.path_of("absent")}).status == 127);
  kept.variables["PATH"] = kept.path_of("");
  CHECK(exec({"--", "plain"}).status == 126);
  CHECK(asked() == 0);  // a token is not renewed for nothing
  const Finished ended = exec({"--", kept.path_of("plain")});
  CHECK(ended.status == 126);
  CHECK(holds(ended.err, "Permission denied"));
}

TEST_CASE_FIXTURE(ExecCase, "wrong usage of exec is 2, before anything is run") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {"work"},
                                             {"--"},
                                             {"sh", "-c", "true"},
                                             {"work", "touch", "x"},
                                             {"--env", "", "--", "true"},
                                             {"--env", "A=B", "--", "true"},
                                             {"--env", "1A", "--", "true"},
                                             {"--env", "XAUTH_CLIENT_SECRET", "--", "true"},
                                             {"../work", "--", "true"}}) {
    CAPTURE(words);
    const Finished ended = exec(words);
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
  }
}

TEST_CASE_FIXTURE(ExecCase, "the token is in no command line while the command runs, ST-12") {
  const std::string hold = kept.path_of("hold");
  REQUIRE(mkfifo(hold.c_str(), 0600) == 0);
  Running running(kept.start({"exec", "--", "sh", "-c", "echo runs; read line <\"$0\"", hold}));
  running.await_output("runs\n");
  CHECK(in_a_command_line(hold));  // so it would be seen
  CHECK_FALSE(in_a_command_line("canary-token"));
  std::ofstream(hold) << "go on\n";
  CHECK(running.wait().status == 0);
}
