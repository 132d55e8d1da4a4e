// Files that are sealed while other processes are about to save.
#include <doctest/doctest.h>

#include <list>
#include <thread>

#include "support/kept_login.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;
using namespace std::chrono_literals;

namespace {

// Waits until the settings say sealed, be the files or not.
void await_sealed_settings(const std::string& config) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (content_of(config).find(R"("storage": "sealed")") == std::string::npos) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::sleep_for(10ms);
  }
}

bool is_sealed(const std::string& text) {
  return text.find("A256GCM") != std::string::npos && text.find("demo-") == std::string::npos;
}

}  // namespace

TEST_CASE("a refresh that was under way when the settings changed leaves no plain token") {
  const auto provider = start_provider(demo::x());
  Gate gate;
  const KeptLogins kept(*provider, {.provider = "x"});
  provider->server().wrap(
      "/token", [opened = gate.opened()](const IncomingRequest& request, const demo::Answer& ask) {
        OutgoingReply reply = ask(request);
        opened.wait();
        return reply;
      });
  REQUIRE(kept.xauth({"config", "set", "sealed_by", "file:" + kept.path_of("../key")}).status == 0);
  Running token(kept.start({"token", "work"}));
  REQUIRE(provider->server().await_requests("/token", 2, 30s));
  Running sealing(kept.start({"config", "set", "storage", "sealed"}));
  await_sealed_settings(kept.path_of("config.json"));
  gate.open();
  const Finished renewed = token.wait();
  CHECK_MESSAGE(renewed.status == 0, renewed.err);
  CHECK(sealing.wait().status == 0);
  CHECK(is_sealed(kept.token_text()));
  CHECK(kept.xauth({"token", "work"}).out == renewed.out);
  CHECK(provider->server().grants_alive() == 1);
}

TEST_CASE("conversions both ways and refreshes at once lose nothing") {
  const auto provider = start_provider(demo::x());
  const KeptLogins kept(*provider, {.provider = "x"});
  REQUIRE(kept.xauth({"config", "set", "sealed_by", "file:" + kept.path_of("../key")}).status == 0);
  std::list<Running> running;
  for (int i = 0; i < 8; ++i) {
    running.emplace_back(kept.start({"config", "set", "storage", "sealed"}));
    running.emplace_back(kept.start({"config", "set", "storage", "file"}));
    running.emplace_back(kept.start({"refresh", "work"}));
  }
  for (Running& one : running) {
    const Finished ended = one.wait();
    CHECK_MESSAGE(ended.status == 0, ended.err);
  }
  CHECK(provider->server().grants_alive() == 1);
  const Finished token = kept.xauth({"token", "work"});
  CHECK(token.status == 0);
  for (const std::string form : {"sealed", "file"}) {
    CHECK(kept.xauth({"config", "set", "storage", form}).status == 0);
    CHECK(is_sealed(kept.token_text()) == (form == "sealed"));
    CHECK(kept.xauth({"token", "work"}).out == token.out);
  }
}

TEST_CASE("a login that was under way when the settings changed leaves no plain token") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient)));
  const std::string told = await_url(login);
  const auto config = [&](const std::string& key, const std::string& value) {
    const Finished ended = run(here.start({"config", "set", key, value}));
    CHECK_MESSAGE(ended.status == 0, ended.err);
  };
  config("sealed_by", "file:" + here.home.path_of("key"));
  config("storage", "sealed");
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  CHECK(is_sealed(content_of(here.path_of("tokens/work.json"))));
  CHECK(run(here.start({"token", "work"})).status == 0);
}
