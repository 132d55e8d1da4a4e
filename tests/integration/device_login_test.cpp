// Logging in with another device: what is told, how each answer of the person ends it, and what is
// kept.
#include <doctest/doctest.h>

#include <csignal>
#include <regex>

#include "support/terminal_program.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

demo::Manner quick() {
  demo::Manner manner = demo::plain();
  manner.device = demo::DeviceManner{.interval = Seconds(1)};
  return manner;
}

std::string device_url(const Workplace& here) {
  return here.provider->url() + "/device_authorization";
}

// `login work --device` at this provider, as a client without a browser, and `more`.
std::vector<std::string> device_login(const Workplace& here,
                                      const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"login",
                                    "work",
                                    "--device",
                                    "--device-url",
                                    device_url(here),
                                    "--token-url",
                                    here.provider->token_url(),
                                    "--client-id",
                                    kPublicClient};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string user_code_in(const std::string& told) {
  std::smatch found;
  const bool there = std::regex_search(told, found, std::regex("[A-Z]{4}-[A-Z]{4}"));
  REQUIRE_MESSAGE(there, told);
  return found.str();
}

// Waits until the code has been told, and returns it.
std::string await_code(Running& login) { return user_code_in(login.await_error("Waiting for")); }

}  // namespace

TEST_CASE("a device login tells address and code, and ends when the person has approved, DV-2") {
  const Workplace here(quick());
  Running login(here.start(device_login(here, {"--scope", "a b"})));
  const auto code = await_code(login);
  REQUIRE(here.provider->server().approve(code));
  const Finished ended = login.wait();
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK(ended.err.find("\n" + here.provider->url() + "/device\n") != std::string::npos);
  CHECK(ended.err.find("\n  " + code + "\n") != std::string::npos);
  CHECK(ended.err.find("Logged in to") != std::string::npos);
  CHECK(here.kept("tokens/work.json", "scope") == "a b");
  CHECK(here.kept("config.json", "profiles.work.device_url") == device_url(here));
  CHECK_FALSE(here.kept("config.json", "profiles.work.redirect_uri"));
  const auto asked = here.provider->server().requests("/device_authorization").front();
  CHECK(asked.parameter("client_id") == kPublicClient);
  CHECK(asked.parameter("scope") == "a b");
}

TEST_CASE("the person is told whose code it is, and what never to do with one, DV-3, IN-20") {
  const Workplace here(quick());
  Running login(here.start(device_login(here)));
  const auto told = login.await_error("Waiting for");
  for (const char* rule :
       {"this command on this machine", "same one", "to nobody", "somebody sent you"}) {
    CAPTURE(rule);
    CHECK(told.find(rule) != std::string::npos);
  }
  CHECK(told.find('\033') == std::string::npos);
  CHECK(told.find('\r') == std::string::npos);
}

TEST_CASE("a profile that has logged in so needs no URL the next time") {
  const Workplace here(quick());
  for (const auto& arguments : {device_login(here), {"login", "work", "--device"}}) {
    Running login(here.start(arguments));
    here.provider->server().approve(await_code(login));
    CHECK(login.wait().status == 0);
  }
  CHECK(here.provider->server().count("/device_authorization") == 2);
}

TEST_CASE("the person says no: 3, and what was kept stays, DV-5") {
  const Workplace here(quick());
  Running login(here.start(device_login(here)));
  REQUIRE(here.provider->server().deny(await_code(login)));
  const Finished ended = login.wait();
  CHECK(ended.status == 3);
  CHECK(ended.err.find("access_denied") != std::string::npos);
  CHECK(here.files().empty());
}

TEST_CASE("nobody answers: 5, by the code's own end or by --timeout, DV-7") {
  demo::Manner manner = quick();
  manner.device->code_lifetime = Seconds(1);
  const Workplace short_lived(manner);
  const Finished expired = run(short_lived.start(device_login(short_lived)));
  CHECK(expired.status == 5);
  CHECK(expired.err.find("expired") != std::string::npos);

  const Workplace here(quick());
  const Finished ended = run(here.start(device_login(here, {"--timeout", "1"})));
  CHECK(ended.status == 5);
  CHECK(ended.err.find("Waiting for 1 second.") != std::string::npos);
  CHECK(ended.err.find("--timeout") != std::string::npos);
}

TEST_CASE("Ctrl-C ends the wait at once: 130, LI-18") {
  demo::Manner manner = quick();
  manner.device->interval = Seconds(60);
  const Workplace here(manner);
  Running login(here.start(device_login(here)));
  await_code(login);
  login.signal(SIGINT);
  CHECK(login.wait().status == 130);
  CHECK(here.provider->server().count("/token") == 0);
}

TEST_CASE("-o json tells the code as an event, and no prose") {
  const Workplace here(quick());
  Running login(here.start(device_login(here, {"-o", "json"})));
  const auto told = login.await_output("\"waiting\"");
  const auto code = user_code_in(told);
  here.provider->server().approve(code);
  const Finished ended = login.wait();
  CHECK(ended.status == 0);
  CHECK(ended.err.empty());
  CHECK(ended.out.starts_with(R"({"event":"device_code","user_code":")" + code +
                              R"(","verification_uri":")" + here.provider->url() +
                              R"(/device","expires_in":600})"
                              "\n"
                              R"({"event":"waiting","expires_in":600})"
                              "\n"
                              R"({"event":"done","profile":"work",)"));
}

TEST_CASE("-q tells the address and the code, and nothing more") {
  const Workplace here(quick());
  Running login(here.start(device_login(here, {"-q"})));
  const auto code = user_code_in(login.await_error("-"));
  here.provider->server().approve(code);
  CHECK(login.wait().err == here.provider->url() + "/device\n  " + code + "\n");
}

TEST_CASE("a client with a secret proves itself at both endpoints") {
  const Workplace here(quick());
  const TemporaryFile secret(kClientSecret);
  auto arguments = device_login(here, {"--client-secret-file", secret.path()});
  *std::find(arguments.begin(), arguments.end(), kPublicClient) = kBasicClient;
  Running login(here.start(arguments));
  here.provider->server().approve(await_code(login));
  CHECK(login.wait().status == 0);
}

TEST_CASE(
    "text of the provider cannot steer the terminal, and its addresses are checked, DV-8, IN-13") {
  const auto with = [](const Workplace& here, const std::string& code, const std::string& uri) {
    here.provider->server().replace("/device_authorization", [=](const IncomingRequest&) {
      return OutgoingReply{200,
                           {{"Content-Type", "application/json"}},
                           R"({"device_code":"d","expires_in":1,"interval":5,"user_code":")" +
                               code + R"(","verification_uri":")" + uri + "\"}"};
    });
    return run(here.start(device_login(here)));
  };
  const Workplace here(quick());
  const Finished steered = with(here, R"(A\u001b]0;x\u0007\u202eB)", "https://as.example/d");
  CHECK(steered.status == 5);
  CHECK(steered.err.find("  A\uFFFD]0;x\uFFFD\uFFFDB\n") != std::string::npos);
  for (const char* uri : {"http://as.example/d", "javascript:alert(1)", "file:///etc/passwd",
                          "https://me@as.example/", "https://as.example/`id`"}) {
    CAPTURE(uri);
    const Finished refused = with(here, "A", uri);
    CHECK(refused.status == 7);
    CHECK(refused.err.find("verification_uri") != std::string::npos);
  }
  CHECK(here.provider->server().count("/token") == 0);
}

TEST_CASE("a provider without device login, and two ways at once: 2") {
  const Workplace here;
  const Finished none = run(here.start(here.login("work", kPublicClient, {"--device"})));
  CHECK(none.status == 2);
  CHECK(none.err.find("device") != std::string::npos);
  CHECK(none.err.find("--device-url") != std::string::npos);
  CHECK(run(here.start(device_login(here, {"--paste"}))).status == 2);
  CHECK(here.files().empty());
}

TEST_CASE("in a terminal the waiting line is rewritten, and taken away at the end") {
  const Workplace here(quick());
  auto start = here.start(device_login(here));
  start.variables["TERM"] = "xterm-256color";
  start.variables["VTE_VERSION"] = "6800";
  TerminalProgram login(start);
  const auto told = login.await("left");
  const std::string page = here.provider->url() + "/device";
  const auto code = user_code_in(told);
  CHECK(told.find("\033]8;;" + page + "?user_code=" + code + "\033\\" + page + "\033]8;;\033\\") !=
        std::string::npos);
  CHECK(told.find("Waiting, 10:00 left") != std::string::npos);
  here.provider->server().approve(code);
  const Finished ended = login.wait();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("left \033[KLogged in") != std::string::npos);
}
