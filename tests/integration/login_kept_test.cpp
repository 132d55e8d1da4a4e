// What a login keeps for the next one, what it does not, and which profile it is about.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <set>

#include "base/encoding.h"
#include "support/certificates.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A parameter of the authorize request that a login told.
std::string asked(const std::string& told, std::string_view name) {
  for (const auto& parameter : parse_query(authorize_url_in(told).query.value_or(""))) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  return {};
}

// The scope that a login with these arguments asks for.
std::string scope_asked(const Workplace& here, const std::vector<std::string>& arguments) {
  const Finished login = here.log_in(arguments);
  CAPTURE(login.err);
  CHECK(login.status == 0);
  return asked(login.err, "scope");
}

}  // namespace

TEST_CASE("the next login needs no options, and asks for the same") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient,
                                 {"--scope", "a b", "--audience", "api", "--resource",
                                  "https://one.example/", "--resource", "https://two.example/",
                                  "--param", "theme=dark", "--token-param", "tenant=7"}))
              .status == 0);
  const Finished again = here.log_in({"login", "work", "--no-browser"});
  CHECK(again.status == 0);
  CHECK(asked(again.err, "client_id") == kPublicClient);
  CHECK(asked(again.err, "scope") == "a b");
  CHECK(asked(again.err, "audience") == "api");
  CHECK(asked(again.err, "theme") == "dark");
  CHECK(
      again.err.find("resource=https%3A%2F%2Fone.example%2F&resource=https%3A%2F%2Ftwo.example") !=
      std::string::npos);
  CHECK(here.provider->server().requests("/token").back().parameter("tenant") == "7");
}

TEST_CASE("what is about this login alone is not kept") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient,
                                 {"--prompt", "consent", "--login-hint", "me", "--max-age", "60",
                                  "--timeout", "77", "--force", "--expect-account", "demo"}))
              .status == 0);
  std::set<std::string> members;
  const Json config = here.json_of("config.json");
  for (const auto& [name, value] : *config.find("profiles")->find("work")->object()) {
    members.insert(name);
  }
  CHECK(members == std::set<std::string>{"authorize_url", "token_url", "revoke_url", "userinfo_url",
                                         "client_id", "client_auth", "redirect_uri"});
  const Finished again = here.log_in({"login", "work", "--no-browser"});
  for (const char* name : {"prompt", "login_hint", "max_age"}) {
    CAPTURE(name);
    CHECK(asked(again.err, name).empty());
  }
}

TEST_CASE("what is asked for goes out exactly as given, AZ-17") {
  const Workplace here;
  const Finished login = here.log_in(
      here.login("work", kPublicClient,
                 {"--prompt", "login consent", "--login-hint", "é+%&=", "--max-age", "0"}));
  CHECK(login.status == 0);
  CHECK(asked(login.err, "prompt") == "login consent");
  CHECK(asked(login.err, "login_hint") == "é+%&=");
  CHECK(asked(login.err, "max_age") == "0");
}

TEST_CASE("scopes may be repeated, hold commas or spaces, and never take the profile's place") {
  const Workplace here;
  CHECK(scope_asked(here, here.login("work", kPublicClient,
                                     {"--scope", "a,b", "--scope", "c d"})) == "a b c d");
  CHECK(scope_asked(here, {"login", "--no-browser", "--scope", "a", "work"}) == "a");
  CHECK(scope_asked(here, {"login", "--no-browser", "--add-scope", "e, b", "work"}) == "a e b");
  CHECK(here.kept("config.json", "profiles.work.scope") == "a e b");
  CHECK(scope_asked(here, {"login", "--no-browser", "work"}) == "a e b");
}

TEST_CASE("another application's secret and method are not taken over") {
  const Workplace here;
  const std::string file = here.home.path_of("secret");
  std::ofstream(file) << kClientSecret;
  REQUIRE(here.log_in(here.login("work", kBasicClient, {"--client-secret-file", file})).status ==
          0);
  REQUIRE(here.has("secrets/work.json"));
  CHECK(here.log_in({"login", "work", "--no-browser", "--client-id", kPublicClient}).status == 0);
  CHECK(here.kept("config.json", "profiles.work.client_auth") == "none");
  CHECK_FALSE(here.has("secrets/work.json"));
}

TEST_CASE("XAUTH_CLIENT_ID stands before the profile's and behind the option") {
  Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  here.variables["XAUTH_CLIENT_ID"] = "from-environment";
  Running from_environment(here.start({"login", "work", "--no-browser"}));
  CHECK(asked(await_url(from_environment), "client_id") == "from-environment");
  Running from_option(here.start({"login", "work", "--no-browser", "--client-id", "option"}));
  CHECK(asked(await_url(from_option), "client_id") == "option");
}

TEST_CASE("the first profile becomes the default, a second one does not") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  REQUIRE(here.log_in(here.login("home", kPublicClient)).status == 0);
  CHECK(here.kept("config.json", "default") == "work");
  CHECK(here.log_in({"login", "--no-browser"}).err.find("xauth token work") != std::string::npos);
}

TEST_CASE("without PROFILE it is XAUTH_PROFILE before the default") {
  Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  REQUIRE(here.log_in(here.login("home", kPublicClient)).status == 0);
  here.variables["XAUTH_PROFILE"] = "home";
  CHECK(here.log_in({"login", "--no-browser"}).err.find("xauth token home") != std::string::npos);
}

TEST_CASE("members of config.json that nobody knows survive a login") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  Json config = here.json_of("config.json");
  config.set("from_the_future", Json("kept"));
  config.find("profiles")->find("work")->set("colour", Json("green"));
  std::ofstream(here.path_of("config.json")) << config.text();
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
  CHECK(here.kept("config.json", "from_the_future") == "kept");
  CHECK(here.kept("config.json", "profiles.work.colour") == "green");
}

TEST_CASE("a damaged token file is kept aside by the next login") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  std::ofstream(here.path_of("tokens/work.json")) << "{\"version\":1,\"access_tok";
  const Finished login = here.log_in({"login", "work", "--no-browser"});
  CHECK(login.status == 0);
  CHECK(login.err.find("warning: ") != std::string::npos);
  CHECK(here.kept("tokens/work.json", "access_token"));
  int aside = 0;
  for (const auto& [name, content] : here.files()) {
    if (name.find("work.json.corrupt-") != std::string::npos) ++aside;
  }
  CHECK(aside == 1);
}

TEST_CASE("logins of two profiles at once are both kept") {
  const Workplace here;
  Running one(here.start(here.login("one", kPublicClient)));
  Running two(here.start(here.login("two", kPublicClient)));
  const auto first = authorize_url_in(await_url(one));
  const auto second = authorize_url_in(await_url(two));
  const auto page = std::async(std::launch::async, [&] { return decide(first); });
  decide(second);
  CHECK(one.wait().status == 0);
  CHECK(two.wait().status == 0);
  CHECK(here.kept("config.json", "profiles.one.client_id") == kPublicClient);
  CHECK(here.kept("config.json", "profiles.two.client_id") == kPublicClient);
}

TEST_CASE(
    "two logins of one profile at once: neither spoils the other, the last one counts, IN-16") {
  const Workplace here;
  Running one(here.start(here.login("work", kPublicClient)));
  Running two(here.start(here.login("work", kPublicClient)));
  const auto first = authorize_url_in(await_url(one));
  const auto second = authorize_url_in(await_url(two));
  decide(second);
  CHECK(two.wait().status == 0);
  const auto earlier = here.kept("tokens/work.json", "access_token");
  decide(first);
  CHECK(one.wait().status == 0);
  CHECK(here.kept("tokens/work.json", "access_token") != earlier);
  CHECK(here.files().size() == 2);  // settings and tokens: nothing is left of either
}

TEST_CASE("a CA file is kept as an absolute path") {
  const Workplace here;
  const std::string file = here.home.path_of("ca.pem");
  std::ofstream(file) << make_authority().pem();
  const auto relative = std::filesystem::relative(file).string();
  const Finished login = here.log_in(here.login("work", kPublicClient, {"--ca-file", relative}));
  CHECK(login.status == 0);
  CHECK(here.kept("config.json", "profiles.work.ca_file") == file);
}
