// `xauth doctor`: a line a check, and what to do.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support/kept_login.h"
#include "support/workplace.h"
#include "system/listening_socket.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct DoctorCase {
  DoctorCase() {
    kept.set_setting("userinfo_url", Json(provider->account_url()));
    set_redirect_port(free_port());
  }

  void set_redirect_port(int port) const {
    kept.set_setting("redirect_uri",
                     Json(Json::Array{"http://127.0.0.1:" + std::to_string(port) + "/callback"}));
  }

  // Runs the doctor; its checks.
  Json::Array checks(int status, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"doctor", "-o", "json"};
    for (auto& word : more) arguments.push_back(std::move(word));
    const Finished ended = kept.xauth(arguments);
    CAPTURE(ended.out);
    CAPTURE(ended.err);
    CHECK(ended.status == status);
    CHECK(ended.err.empty() == (status == 0));
    const auto json = parse_json(ended.out);
    REQUIRE(json);
    return *json->find("checks")->array();
  }

  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};
};

const Json& named(const Json::Array& checks, const std::string& name) {
  for (const Json& check : checks) {
    if (*check.find("name")->string() == name) return check;
  }
  FAIL("no check is named " << name);
  return checks.front();
}

std::string status_of(const Json::Array& checks, const std::string& name) {
  return *named(checks, name).find("status")->string();
}

std::string text_of(const Json::Array& checks, const std::string& name, const char* member) {
  const Json* text = named(checks, name).find(member);
  return text == nullptr ? std::string() : *text->string();
}

}  // namespace

TEST_CASE_FIXTURE(DoctorCase, "a login that is well passes every check") {
  const auto all = checks(0);
  for (const char* name : {"config_directory", "settings", "locks", "client", "redirect_uri",
                           "port", "proxy", "ca_file", "connection", "clock", "tokens"}) {
    CAPTURE(name);
    CHECK(status_of(all, name) == "ok");
  }
  CHECK(text_of(all, "tokens", "detail").find("work as demo: ") == 0);
  for (const Json& check : all) {
    const auto names = *check.object();
    CHECK(names.size() == (check.find("fix") != nullptr ? 4 : 3));
  }
}

TEST_CASE_FIXTURE(DoctorCase, "nothing secret is sent, and no token is spent") {
  const std::string before = kept.token_text();
  checks(0);
  CHECK(kept.token_text() == before);
  CHECK(provider->server().count("/token") == 1);  // the login's own
  CHECK(provider->server().count("/me") == 0);
  for (const auto& request : provider->server().requests("/robots.txt")) {
    CHECK_FALSE(find_header(request.request.headers, "Authorization"));
  }
}

TEST_CASE_FIXTURE(DoctorCase, "as text: a line a check, and a try below it") {
  kept.set_setting("scope", Json("read"));
  const Finished ended = kept.xauth({"doctor", "work"});
  CHECK(ended.status == 0);
  CHECK(ended.out.find("ok       config directory: ") == 0);
  CHECK(ended.out.find("\n         try: ") != std::string::npos);
  CHECK(ended.out.find('\033') == std::string::npos);
}

TEST_CASE_FIXTURE(DoctorCase, "a busy port: 1, and the program that has it is named") {
  const int port = free_port();
  const int socket = listen_on("127.0.0.1", port);
  set_redirect_port(port);
  const auto all = checks(1);
  CHECK(status_of(all, "port") == "failure");
  const std::string detail = text_of(all, "port", "detail");
  CHECK(detail.starts_with("port " + std::to_string(port) + " on 127.0.0.1 is in use by "));
  CHECK(detail.ends_with("(process " + std::to_string(getpid()) + ")"));
  CHECK(text_of(all, "port", "fix").find("end that program") == 0);
  ::close(socket);
  CHECK(status_of(checks(0), "port") == "ok");
}

TEST_CASE_FIXTURE(DoctorCase, "a dead login, a lost provider and a wrong clock are failures") {
  kept.set_token("refused", Json("invalid_grant"));
  kept.set_token("expires_at", Json(clock_now() - 1));
  CHECK(text_of(checks(1), "tokens", "fix") == "xauth login work");
  kept.set_token("refused", {});
  kept.set_setting("userinfo_url", Json("http://127.0.0.1:1/me"));
  const auto lost = checks(1);
  CHECK(text_of(lost, "connection", "detail") ==
        "127.0.0.1:" + std::to_string(provider->port()) + " can be reached");
  bool refused = false;
  for (const Json& check : lost) {
    refused |= check.find("detail")->string()->find("connection refused") != std::string::npos;
  }
  CHECK(refused);
}

TEST_CASE_FIXTURE(DoctorCase, "files that others could read are told, and private then") {
  REQUIRE(chmod(kept.token_path().c_str(), 0644) == 0);
  const auto all = checks(0);
  CHECK(status_of(all, "modes") == "warning");
  CHECK(text_of(all, "modes", "detail").find("work.json") != std::string::npos);
  struct stat found {};
  REQUIRE(stat(kept.token_path().c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE_FIXTURE(DoctorCase, "damaged settings do not stop it") {
  kept.write("config.json", "{");
  const auto all = checks(1);
  CHECK(status_of(all, "settings") == "failure");
  CHECK(status_of(all, "port") != "");
}

TEST_CASE_FIXTURE(DoctorCase,
                  "a profile with a member of the wrong type is a failure of any profile") {
  Json settings = kept.config();
  settings.find("profiles")->set("broken", *parse_json(R"({"client_id":7})"));
  kept.write("config.json", settings.pretty());
  for (const char* subject : {"broken", "work"}) {
    const auto all = checks(1, {subject});
    CHECK(
        text_of(all, "profile", "detail").ends_with("profile broken: client_id must be a string"));
    CHECK(text_of(all, "profile", "fix").ends_with("xauth logout broken --forget"));
  }
}

TEST_CASE_FIXTURE(DoctorCase, "each fault is told once, with what to do") {
  const auto failures = [&] {
    int count = 0;
    for (const Json& check : checks(1)) {
      if (*check.find("status")->string() != "failure") continue;
      CAPTURE(*check.find("detail")->string());
      CHECK(check.find("fix") != nullptr);
      ++count;
    }
    return count;
  };
  kept.set_setting("ca_file", Json("/nonexistent/ca.pem"));
  kept.set_setting("userinfo_url", Json("https://127.0.0.1:1/me"));
  CHECK(failures() == 1);
  kept.set_setting("ca_file", {});
  kept.set_setting("userinfo_url", Json("https://provider.invalid/me"));
  kept.variables["HTTPS_PROXY"] = "ftp://proxy.example";
  CHECK(failures() == 1);
  kept.variables.erase("HTTPS_PROXY");
  kept.set_setting("userinfo_url", {});
  kept.write("tokens/work.json", "{");
  CHECK(failures() == 1);
}

TEST_CASE("without any login this machine alone is looked at, and nothing is made") {
  const TemporaryDirectory home;
  const Finished ended = run({.arguments = {"doctor", "-o", "json"},
                              .variables = {{"HOME", home.path()}, {"XAUTH_BROWSER", "true"}}});
  CAPTURE(ended.out);
  const auto json = parse_json(ended.out);
  REQUIRE(json);
  const auto all = *json->find("checks")->array();
  CHECK(text_of(all, "profile", "detail") == "nobody is logged in yet");
  CHECK(status_of(all, "browser") == "ok");
  CHECK(named(all, "port").find("detail")->string()->find("port 8000") == 0);
  for (const Json& check : all) CHECK(*check.find("name")->string() != "connection");
  CHECK(std::filesystem::is_empty(home.path()));
}

TEST_CASE("a preset's own advice, for one who never came in") {
  const TemporaryDirectory home;
  std::filesystem::create_directories(home.path_of("c/providers"));
  std::filesystem::permissions(home.path_of("c"), std::filesystem::perms::owner_all);
  std::ofstream(home.path_of("c/providers/mine.json"))
      << R"({"name":"Mine","authorize_url":"http://127.0.0.1:1/a","token_url":"http://127.0.0.1:1/t",)"
         R"("redirect_note":"only this one","advice":[{"about":"It has three causes.","fix":"look"}]})";
  const Finished ended =
      run({.arguments = {"doctor", "mine"},
           .variables = {{"HOME", home.path()}, {"XAUTH_CONFIG_DIR", home.path_of("c")}}});
  CHECK(ended.status == 1);
  CHECK(ended.out.find("warning  client: no client ID is known yet\n") != std::string::npos);
  CHECK(ended.out.find("ok       advice: It has three causes.\n         try: look\n") !=
        std::string::npos);
  CHECK(ended.out.find("; Mine takes only this one") != std::string::npos);
  CHECK(ended.out.find("failure  connection: cannot reach 127.0.0.1:1: connection refused\n") !=
        std::string::npos);
  CHECK(ended.err.ends_with(" failed\n"));
}

TEST_CASE_FIXTURE(DoctorCase, "a profile that is none is 4, with the nearest name") {
  const Finished ended = kept.xauth({"doctor", "wrok"});
  CHECK(ended.status == 4);
  CHECK(ended.out.empty());
  CHECK(ended.err.find("is it work?") != std::string::npos);
}

TEST_CASE_FIXTURE(DoctorCase, "X11's program is called through ours") {
  const TemporaryDirectory bin;
  std::ofstream(bin.path_of("xauth")) << "#!/bin/sh\n[ \"$1\" = version ] && exit 3\nexit 0\n";
  REQUIRE(chmod(bin.path_of("xauth").c_str(), 0700) == 0);
  kept.variables["PATH"] = bin.path() + ":/usr/bin:/bin";
  const auto broken = checks(1);
  CHECK(status_of(broken, "x11_xauth") == "failure");
  CHECK(text_of(broken, "x11_xauth", "detail").find("status 3") != std::string::npos);
  std::ofstream(bin.path_of("xauth")) << "#!/bin/sh\nexit 0\n";
  CHECK(text_of(checks(0), "x11_xauth", "detail") ==
        "calls of X11's program reach " + bin.path_of("xauth"));
}
