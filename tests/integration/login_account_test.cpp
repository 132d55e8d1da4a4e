// Whose login it is: shown, expected, and guarded against being replaced by another's.
#include <doctest/doctest.h>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// Lets the provider say that the account is this one.
void answer_as(const Workplace& here, const std::string& body, int status = 200) {
  here.provider->server().replace("/me", [=](const IncomingRequest&) {
    return OutgoingReply{status, {{"Content-Type", "application/json"}}, body};
  });
}

}  // namespace

TEST_CASE("the account that is shown: preferred_username, email, sub") {
  const Workplace here;
  const auto shown = [&](const std::string& body) {
    answer_as(here, body);
    return here.log_in(here.login("work", kPublicClient, {"--force"})).err;
  };
  CHECK(shown(R"({"sub":"7","email":"e@x.example","preferred_username":"p"})").find(" as p.\n") !=
        std::string::npos);
  CHECK(shown(R"({"sub":"7","email":"e@x.example"})").find(" as e@x.example.\n") !=
        std::string::npos);
  CHECK(shown(R"({"sub":"7"})").find(" as 7.\n") != std::string::npos);
  CHECK(shown(R"({"sub":7})").find(" as 7.\n") != std::string::npos);
  CHECK(shown("{\"sub\":\"7\",\"preferred_username\":\"a\\u001b[2Jb\"}").find('\x1b') ==
        std::string::npos);
}

TEST_CASE("an account that cannot be looked up is a warning, and the login is kept") {
  const Workplace here;
  for (const auto& [status, body] :
       {std::pair(500, "oops"), std::pair(200, "<html>"),
        std::pair(403, R"({"error":"insufficient_scope"})"), std::pair(302, "")}) {
    CAPTURE(status);
    answer_as(here, body, status);
    const Finished login = here.log_in(here.login("work", kPublicClient));
    CHECK(login.status == 0);
    CHECK(login.err.find("warning: cannot tell whose account this is") != std::string::npos);
    CHECK(login.err.find("Logged in to the provider.\n") != std::string::npos);
    CHECK_FALSE(here.kept("tokens/work.json", "account"));
  }
}

TEST_CASE("another account than --expect-account: 3, and the new grant is revoked") {
  const Workplace here;
  const Finished login =
      here.log_in(here.login("work", kPublicClient, {"--expect-account", "someone"}));
  CHECK(login.status == 3);
  CHECK(login.err.find("xauth: this is demo, not someone\n") != std::string::npos);
  CHECK(here.provider->server().grants_alive() == 0);
  CHECK(here.files().empty());

  answer_as(here, "oops", 500);
  const Finished unknown =
      here.log_in(here.login("work", kPublicClient, {"--expect-account", "demo"}));
  CHECK(unknown.status == 3);
  CHECK(unknown.err.find("an unknown account") != std::string::npos);
  CHECK(here.provider->server().grants_alive() == 0);
}

TEST_CASE("another account_id than the profile's: 3, the old tokens stay, the new grant goes") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  const auto before = here.files();
  answer_as(here, R"({"sub":"other","preferred_username":"somebody"})");
  const Finished login = here.log_in({"login", "work", "--no-browser", "--scope", "more"});
  CHECK(login.status == 3);
  CHECK(login.err.find("work belongs to demo, and this is somebody") != std::string::npos);
  CHECK(login.err.find("--force") != std::string::npos);
  CHECK(here.files() == before);
  CHECK(here.provider->server().grants_alive() == 1);

  CHECK(here.log_in({"login", "work", "--no-browser", "--force"}).status == 0);
  CHECK(here.kept("tokens/work.json", "account_id") == "other");
  CHECK(here.provider->server().grants_alive() == 2);  // the old grant is not revoked
}

TEST_CASE("a new grant that cannot be revoked is told, and the status stays 3") {
  const Workplace here;
  here.provider->server().replace("/revoke", [](const IncomingRequest&) {
    return OutgoingReply{503, {}, ""};
  });
  const Finished login =
      here.log_in(here.login("work", kPublicClient, {"--expect-account", "someone"}));
  CHECK(login.status == 3);
  CHECK(login.err.find("warning: the new grant could not be revoked") != std::string::npos);
}

TEST_CASE("the same account under another name is the same") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  answer_as(here, R"({"sub":"2244994945","preferred_username":"renamed"})");
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
  CHECK(here.kept("tokens/work.json", "account") == "renamed");
}

TEST_CASE("another provider than the profile's: 3 unless --force, before anybody is bothered") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  const auto before = here.files();
  auto arguments = here.login("work", kPublicClient, {"--provider", "x"});
  const Finished refused = run(here.start(arguments));
  CHECK(refused.status == 3);
  CHECK(refused.err.find("work is logged in to custom") != std::string::npos);
  CHECK(refused.err.find("--force") != std::string::npos);
  CHECK(here.files() == before);
  CHECK(here.provider->server().count("/authorize") == 1);

  arguments.emplace_back("--force");
  CHECK(here.log_in(arguments).status == 0);
  CHECK(here.kept("config.json", "profiles.work.provider") == "x");
  CHECK(here.kept("tokens/work.json", "provider") == "x");
}

TEST_CASE("less scope than was asked for is told, and what was granted is kept, TR-7") {
  const Workplace here;
  here.provider->server().wrap("/token", [](const IncomingRequest& request, const auto& original) {
    OutgoingReply reply = original(request);
    auto body = *parse_json(reply.body);
    body.set("scope", Json("a"));
    reply.body = body.text();
    return reply;
  });
  const Finished login = here.log_in(here.login("work", kPublicClient, {"--scope", "a b c"}));
  CHECK(login.status == 0);
  CHECK(login.err.find("warning: not granted: b c\n") != std::string::npos);
  CHECK(here.kept("tokens/work.json", "scope") == "a");
  CHECK(here.kept("config.json", "profiles.work.scope") == "a b c");
}
