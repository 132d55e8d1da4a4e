// What a login tells, where, and what it never tells.
#include <doctest/doctest.h>

#include <sstream>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto value = parse_json(line);
    REQUIRE_MESSAGE(value, line);
    values.push_back(*std::move(value));
  }
  return values;
}

std::string event_of(const Json& value) { return *value.find("event")->string(); }

// What only the program, the browser and the provider may know of a login.
std::vector<std::string> secrets_of_login(const Workplace& here) {
  const auto request = here.provider->server().requests("/token").back();
  std::vector<std::string> secrets = {kClientSecret, *here.kept("tokens/work.json", "access_token"),
                                      *here.kept("tokens/work.json", "refresh_token")};
  for (const char* name : {"code", "code_verifier"}) secrets.push_back(*request.parameter(name));
  return secrets;
}

}  // namespace

TEST_CASE("-o json: one event an object, an object a line, and nothing else") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient, {"-o", "json", "--scope", "a"})));
  const auto told = lines_of(login.await_output("\"expires_in\":300}\n"));
  decide(*parse_url(*told.front().find("url")->string()));
  const Finished ended = login.wait();
  CHECK(ended.status == 0);
  CHECK(ended.err.empty());
  const auto events = lines_of(ended.out);
  REQUIRE(events.size() == 3);
  CHECK(event_of(events[0]) == "authorize_url");
  CHECK(event_of(events[1]) == "waiting");
  CHECK(events[1].find("redirect_uri")->string()->starts_with("http://127.0.0.1:"));
  CHECK(*events[1].find("expires_in")->integer() == 300);
  CHECK(event_of(events[2]) == "done");
  CHECK(*events[2].find("profile")->string() == "work");
  CHECK(*events[2].find("provider")->string() == "custom");
  CHECK(*events[2].find("account")->string() == "demo");
  CHECK(*events[2].find("scope")->string() == "a");
  CHECK(events[2].find("expires_at")->text() == here.kept("tokens/work.json", "expires_at"));
}

TEST_CASE("-q tells the URL, alone on its line, and nothing more") {
  const Workplace here;
  const Finished login = here.log_in(here.login("work", kPublicClient, {"-q"}));
  CHECK(login.status == 0);
  CHECK(login.out.empty());
  CHECK(login.err == authorize_url_in(login.err).text() + "\n");
}

TEST_CASE("the URL is alone on its line, unindented and unwrapped; nothing is coloured") {
  const Workplace here;
  const Finished login =
      here.log_in(here.login("work", kPublicClient, {"--scope", std::string(2000, 'a')}));
  CHECK(login.status == 0);
  CHECK(login.err.find("\n" + authorize_url_in(login.err).text() + "\n") != std::string::npos);
  CHECK(login.err.find('\x1b') == std::string::npos);
}

TEST_CASE("no secret is told by any run, not even with -v, ST-12, IN-22") {
  Workplace here;
  here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  for (const char* more : {"-v", "-q", "--no-browser"}) {
    CAPTURE(more);
    auto arguments = here.login("work", kBasicClient);
    if (std::string(more) != "--no-browser") arguments.emplace_back(more);
    Running login(here.start(arguments));
    const auto page = decide(authorize_url_in(await_url(login)));
    const Finished ended = login.wait();
    CHECK(ended.status == 0);
    for (const auto& secret : secrets_of_login(here)) {
      CAPTURE(secret);
      CHECK(ended.out.find(secret) == std::string::npos);
      CHECK(ended.err.find(secret) == std::string::npos);
      CHECK(page.body.find(secret) == std::string::npos);
    }
    CHECK(page.body.find(state_in(ended.err)) == std::string::npos);
  }
}

TEST_CASE("secrets that the provider echoes are not told either, ST-12") {
  Workplace here;
  here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  here.provider->server().replace("/token", [](const IncomingRequest& request) {
    Json body;
    body.set("error", Json("invalid_grant"));
    body.set(
        "error_description",
        Json(request.body + " " + find_header(request.headers, "Authorization").value_or("none")));
    return OutgoingReply{400, {{"Content-Type", "application/json"}}, body.text()};
  });
  for (const char* client : {kBasicClient, kPostClient}) {
    CAPTURE(client);
    const Finished login = here.log_in(here.login(
        "work", client, {"-v", "--client-auth", client == kPostClient ? "post" : "basic"}));
    CHECK(login.status == 3);
    const auto request = here.provider->server().requests("/token").back();
    const auto header =
        find_header(request.request.headers, "Authorization").value_or("Basic none");
    for (const std::string& secret : {std::string(kClientSecret), *request.parameter("code"),
                                      *request.parameter("code_verifier"), header.substr(6)}) {
      CAPTURE(secret);
      if (secret != "none") CHECK(login.err.find(secret) == std::string::npos);
    }
  }
}

TEST_CASE("what a provider says cannot steer the terminal, CB-12, IN-13") {
  const Workplace here;
  here.provider->server().replace("/token", [](const IncomingRequest&) {
    return OutgoingReply{
        400,
        {{"Content-Type", "application/json"}},
        R"({"error":"invalid_grant","error_description":"a\u001b[2Jb\nxauth: c"})"};
  });
  const Finished login = here.log_in(here.login("work", kPublicClient));
  CHECK(login.status == 3);
  CHECK(login.err.find('\x1b') == std::string::npos);
  CHECK(login.err.find("\nxauth: c") == std::string::npos);
}

TEST_CASE("over SSH the line for the tunnel is told") {
  Workplace here;
  here.variables["SSH_CONNECTION"] = "192.0.2.7 50000 192.0.2.1 22";
  here.variables["USER"] = "me";
  const int port = free_port();
  auto arguments = here.login("work", kPublicClient);
  for (auto& word : arguments) {
    if (word == "http://127.0.0.1:0/callback") {
      word = "http://localhost:" + std::to_string(port) + "/callback";
    }
  }
  const std::string number = std::to_string(port);
  Running login(here.start(arguments));
  login.await_error("  ssh -L " + number + ":127.0.0.1:" + number + " me@192.0.2.1\n");
}
