// Logins whose answer the person pastes, from a pipe and at a terminal.
#include <doctest/doctest.h>

#include <csignal>
#include <future>

#include "base/encoding.h"
#include "support/paster.h"
#include "support/terminal_program.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::string code_of(const Workplace& here) {
  return here.provider->server().requests("/token").back().parameter("code").value_or("");
}

}  // namespace

TEST_CASE("--paste takes the whole URL from a pipe, and needs no port") {
  const Workplace here;
  Paster paster(here, here.login("work", kPublicClient, {"--paste"}));
  CHECK(paster.told.find("Waiting at") == std::string::npos);
  paster.paste(redirected_url(authorize_url_in(paster.told)));
  CHECK(paster.login->wait().status == 0);
  CHECK(here.has("tokens/work.json"));
}

TEST_CASE("--paste takes the bare query, and more of it than a terminal's line") {
  const Workplace here;
  Paster paster(here, here.login("work", kPublicClient, {"--paste"}));
  const auto url = redirected_url(authorize_url_in(paster.told));
  paster.paste("  " + url.substr(url.find('?') + 1) + "&more=" + std::string(30'000, 'a') + " ");
  CHECK(paster.login->wait().status == 0);
}

TEST_CASE("a redirect URI that is not on this machine works with --paste") {
  const Workplace here;
  const std::string uri = "https://app.example/callback";
  auto arguments = here.login("work", kPublicClient, {"--paste"});
  for (auto& word : arguments) {
    if (word == "http://127.0.0.1:0/callback") word = uri;
  }
  Paster paster(here, arguments);
  CHECK(redirect_uri_in(paster.told) == uri);
  paster.paste(uri + "?error=access_denied&state=" + state_in(paster.told));
  CHECK(paster.login->wait().status == 3);
}

TEST_CASE("a wrong line is told, and the right one is still taken, CB-13") {
  const Workplace here;
  Paster paster(here, here.login("work", kPublicClient, {"--paste"}));
  const auto url = redirected_url(authorize_url_in(paster.told));
  paster.paste("");
  paster.paste("http://127.0.0.1/callback?code=x&state=wrong");
  paster.paste("just-a-code");
  paster.paste(url);
  const Finished login = paster.login->wait();
  CHECK(login.status == 0);
  CHECK(login.err.find("its state is not the one of this login") != std::string::npos);
  CHECK(login.err.find("it has no state") != std::string::npos);
  CHECK(login.err.find(code_of(here)) == std::string::npos);
}

TEST_CASE("a pipe that ends without a URL: 2; one without a line end is taken") {
  const Workplace here;
  const Finished empty = run(here.start(here.login("work", kPublicClient, {"--paste"})));
  CHECK(empty.status == 2);
  CHECK(empty.err.find("xauth: the input ended without the redirected URL\n") != std::string::npos);
  const Finished wrong =
      run(here.start(here.login("work", kPublicClient, {"--paste"}), "state=wrong&code=x"));
  CHECK(wrong.status == 2);
  CHECK(here.files().empty());
}

TEST_CASE("without --paste a pipe is not read, and its end does not end the wait, LI-18") {
  const Workplace here;
  CHECK(here.log_in(here.login("work", kPublicClient)).status == 0);
}

TEST_CASE("at a terminal the listener and a paste race: the paste wins, the mode is restored") {
  const Workplace here;
  TerminalProgram login(here.start(here.login("work", kPublicClient)));
  const auto told = login.await("into this terminal, and nowhere else.");
  login.await_raw_mode();
  login.type("wrong\n");
  login.await("that is not the answer to this login");
  login.type(redirected_url(authorize_url_in(told)) + "&more=" + std::string(5000, 'a') + "\n");
  CHECK(login.wait().status == 0);
  CHECK(login.is_restored());
  CHECK(here.has("tokens/work.json"));
}

TEST_CASE("at a terminal the listener wins, the end of the input does not, LI-18") {
  const Workplace here;
  TerminalProgram login(here.start(here.login("work", kPublicClient)));
  const auto told = login.await("into this terminal, and nowhere else.");
  login.await_raw_mode();
  login.type("half a line\x04\x04");
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  CHECK(login.is_restored());
}

TEST_CASE("half a line that was typed stands before nothing that is told") {
  const Workplace here;
  TerminalProgram login(here.start(here.login("work", kPublicClient)));
  login.await("into this terminal, and nowhere else.");
  login.await_raw_mode();
  login.type("half a line");
  login.await("half a line");
  login.signal(SIGINT);
  const Finished ended = login.wait();
  CHECK(ended.status == 130);
  CHECK(ended.err.find("half a line\n") != std::string::npos);
}

TEST_CASE("a terminal is restored after a timeout and after each signal, LI-18") {
  const Workplace here;
  TerminalProgram late(here.start(here.login("work", kPublicClient, {"--timeout", "1"})));
  CHECK(late.wait().status == 5);
  CHECK(late.is_restored());
  for (const auto& [number, status] :
       {std::pair(SIGINT, 130), std::pair(SIGTERM, 143), std::pair(SIGHUP, 129)}) {
    CAPTURE(number);
    TerminalProgram login(here.start(here.login("work", kPublicClient)));
    login.await_raw_mode();
    login.signal(number);
    CHECK(login.wait().status == status);
    CHECK(login.is_restored());
  }
  TerminalProgram keyboard(here.start(here.login("work", kPublicClient)));
  keyboard.await_raw_mode();
  keyboard.type("\x03");
  const Finished ended = keyboard.wait();
  CHECK(ended.status == 130);
  CHECK(ended.err.find("xauth: interrupted\n") != std::string::npos);
  CHECK(keyboard.is_restored());
  CHECK(here.files().empty());
}

TEST_CASE("a signal ends a login that waits for the provider: 130, and nothing is stored") {
  const Workplace here;
  std::promise<void> go_on;
  const auto released = go_on.get_future().share();
  here.provider->server().replace("/token", [=](const IncomingRequest&) {
    released.wait();
    return OutgoingReply{500, {}, ""};
  });
  Running login(here.start(here.login("work", kPublicClient)));
  const auto url = authorize_url_in(await_url(login));
  const auto page = std::async(std::launch::async, [&] { return decide(url); });
  REQUIRE(here.provider->server().await_requests("/token", 1, std::chrono::seconds(20)));
  login.signal(SIGINT);
  CHECK(login.wait(std::chrono::seconds(10)).status == 130);
  go_on.set_value();
  CHECK(here.files().empty());
}

TEST_CASE("on a terminal the client ID is asked for, after saying what to register") {
  const Workplace here;
  auto arguments = here.login("work", "", {});
  TerminalProgram login(here.start(arguments));
  const auto told = login.await("Its client ID: ");
  CHECK(told.find("  redirect URI  http://127.0.0.1/callback (any port)\n") != std::string::npos);
  login.type(std::string(kPublicClient) + "\n");
  decide(authorize_url_in(login.await("into this terminal, and nowhere else.")));
  CHECK(login.wait().status == 0);
  CHECK(here.kept("config.json", "profiles.work.client_id") == kPublicClient);
}
