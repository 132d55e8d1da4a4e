// `xauth credential git`: whom it answers, and what it does when the answer was refused.
#include <doctest/doctest.h>

#include "support/command_lines.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

const std::string kRequest = "protocol=https\nhost=git.example\n\n";

struct GitCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  GitCase() {
    kept.set_token("access_token", Json("canary-token"));
    Json::Array hosts = {Json("git.example"), Json("git.example:8443")};
    kept.set_setting("host", Json(std::move(hosts)));
  }

  int asked() const { return provider->server().count("/token") - 1; }  // but for the login

  Finished git(const std::string& action, const std::string& input,
               const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"credential", "git"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back(action);
    Start start = kept.start(arguments);
    start.input = input;
    return run(start);
  }

  std::string expected(const std::string& user = "oauth2") const {
    return "username=" + user + "\npassword=" + kept.token("access_token") +
           "\npassword_expiry_utc=" + kept.token("expires_at") + "\n";
  }

  void check_silent(const Finished& ended) const {
    CHECK(ended.status == 0);
    CHECK(ended.out.empty());
    CHECK(ended.err.empty());
    CHECK(asked() == 0);
  }
};

}  // namespace

TEST_CASE_FIXTURE(GitCase, "git gets the token for a host of the profile, byte for byte") {
  for (const std::string& input :
       {kRequest, std::string("protocol=https\nhost=git.example:8443\npath=a/b.git\n"),
        std::string("capability[]=authtype\nurl=https://git.example/a/b.git\n\n")}) {
    CAPTURE(input);
    const Finished ended = git("get", input);
    CHECK(ended.status == 0);
    CHECK(ended.out == expected());
    CHECK(ended.err.empty());
  }
  CHECK(git("get", "protocol=https\nhost=git.example\nusername=me\n").out == expected("me"));
  CHECK(git("get", kRequest, {"work"}).out == expected());
  kept.set_token("expires_at", Json());
  CHECK(git("get", kRequest).out == "username=oauth2\npassword=canary-token\n");
  CHECK(asked() == 0);
}

TEST_CASE_FIXTURE(GitCase, "every other host, and http, gets silence, ST-18, IN-6") {
  for (const char* input :
       {"protocol=http\nhost=git.example\n", "protocol=https\nhost=other.example\n",
        "protocol=https\nhost=git.example:443\n", "protocol=https\nhost=GIT.example\n",
        "protocol=HTTPS\nhost=git.example\n", "host=git.example\n", "protocol=https\n", "",
        "url=http://git.example/\n", "url=https://git.example@other.example/\n",
        "protocol=https\nhost=other.example\n\nhost=git.example\n"}) {
    CAPTURE(input);
    check_silent(git("get", input));
  }
  kept.variables["XAUTH_TOKEN"] = "from-the-environment";
  check_silent(git("get", "protocol=https\nhost=other.example\n"));
}

TEST_CASE_FIXTURE(GitCase, "without a profile, and to what it does not know, it is silent too") {
  check_silent(git("get", kRequest, {"absent"}));
  check_silent(git("store", kRequest + "username=a\npassword=b\n"));
  check_silent(git("capability", ""));
  kept.set_setting("host", Json());
  check_silent(git("get", kRequest));
  kept.variables["XAUTH_CONFIG_DIR"] = kept.path_of("nowhere");
  check_silent(git("get", kRequest));
}

TEST_CASE_FIXTURE(GitCase, "a request with another line end than git's is refused, ST-18, IN-6") {
  using namespace std::string_literals;
  for (const std::string& input :
       {"protocol=https\r\nhost=git.example\r\n"s, "protocol=https\nhost=git.example\rx=y\n"s,
        "protocol=https\nhost=git.example\0\n"s, "protocol=https\nhost\n"s,
        "url=https://a%0ahost=git.example@b/\n"s,
        kRequest.substr(0, 33) + std::string(70'000, 'x')}) {
    const Finished ended = git("get", input);
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
  }
}

TEST_CASE_FIXTURE(GitCase, "a token that has expired is refreshed for git, and nobody is asked") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  const Finished ended = git("get", kRequest);
  CHECK(ended.out == expected());
  CHECK(kept.token("access_token") != "canary-token");
  CHECK(asked() == 1);

  kept.set_token("expires_at", Json(clock_now() - 1));
  kept.set_token("refresh_token", Json());
  const Finished dead = git("get", kRequest);
  CHECK(dead.status == 4);
  CHECK(dead.out.empty());
}

TEST_CASE_FIXTURE(GitCase, "a token that the server did not take is renewed at once, no other") {
  for (const char* password : {"password=another\n", "password=\n", ""}) {
    check_silent(git("erase", "protocol=https\nhost=git.example\n" + std::string(password)));
  }
  check_silent(git("erase", "protocol=https\nhost=other.example\npassword=canary-token\n"));
  const std::string refused = "protocol=https\nhost=git.example\npassword=canary-token\n";
  const Finished ended = git("erase", refused);
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK(asked() == 1);
  CHECK(kept.token("access_token") != "canary-token");
  CHECK(git("get", kRequest).out == expected());
  CHECK(git("erase", refused).status == 0);  // it is not that one any more
  CHECK(asked() == 1);
}

TEST_CASE_FIXTURE(GitCase, "a refused token that cannot be renewed is kept, and the person told") {
  kept.set_token("refresh_token", Json());
  const std::string before = kept.token_text();
  const Finished ended = git("erase", "protocol=https\nhost=git.example\npassword=canary-token\n");
  CHECK(ended.status == 4);
  CHECK(ended.err.find("git.example does not take the token") != std::string::npos);
  CHECK(ended.err.find("xauth login work") != std::string::npos);
  CHECK(kept.token_text() == before);
}

TEST_CASE_FIXTURE(GitCase, "a helper without an action is wrong usage") {
  Start start = kept.start({"credential", "git"});
  CHECK(run(start).status == 2);
  CHECK(run(kept.start({"credential"})).status == 2);
  CHECK(run(kept.start({"credential", "subversion", "get"})).status == 2);
}

TEST_CASE_FIXTURE(GitCase, "no token is in a command line while one is renewed for git, ST-12") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  const std::string old_refresh = kept.token("refresh_token");
  Gate gate;
  provider->server().wrap("/token", [&](const IncomingRequest& request, const auto& original) {
    gate.wait();
    return original(request);
  });
  Start start = kept.start({"credential", "git", "get"});
  start.input = kRequest;
  Running running(start);
  REQUIRE(provider->server().await_requests("/token", 2, std::chrono::seconds(20)));
  CHECK_FALSE(in_a_command_line("canary-token"));
  CHECK_FALSE(in_a_command_line(old_refresh));
  gate.open();
  const Finished ended = running.wait();
  CHECK(ended.out == expected());
}
