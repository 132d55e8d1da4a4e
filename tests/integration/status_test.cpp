// `xauth status`: one row a profile, and never a token.
#include <doctest/doctest.h>

#include <filesystem>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct StatusCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  // The row of `profile` in the JSON of `status`.
  Json row(const std::string& profile) const {
    const Finished ended = kept.xauth({"status", "-o", "json"});
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    const auto rows = parse_json(ended.out);
    REQUIRE(rows);
    for (const Json& entry : *rows->array()) {
      if (*entry.find("profile")->string() == profile) return entry;
    }
    FAIL("no row of " << profile);
    return {};
  }

  std::string state(const std::string& profile) const {
    return *row(profile).find("state")->string();
  }
};

std::string names_in(const Json& json) {
  std::string names;
  for (const auto& [name, value] : *json.object()) names += name + " ";
  return names;
}

}  // namespace

TEST_CASE("without profiles there are no rows, and that is no failure") {
  const TemporaryDirectory home;
  const Start start{.arguments = {"status", "-o", "json"}, .variables = {{"HOME", home.path()}}};
  const Finished json = run(start);
  CHECK(json.status == 0);
  CHECK(json.out == "[]\n");
  CHECK(json.err.empty());
  const Finished plain = run({.arguments = {"status"}, .variables = start.variables});
  CHECK(plain.status == 0);
  CHECK(plain.out.empty());
  CHECK(std::filesystem::is_empty(home.path()));
}

TEST_CASE_FIXTURE(StatusCase, "a row has the documented members and no other, IN-22") {
  const Json valid = row("work");
  CHECK(names_in(valid) ==
        "profile default provider account scope state expires_at expires_in can_refresh storage ");
  CHECK(*valid.find("default")->boolean());
  CHECK(*valid.find("provider")->string() == "custom");
  CHECK(*valid.find("account")->string() == "demo");
  CHECK(*valid.find("state")->string() == "valid");
  CHECK(*valid.find("can_refresh")->boolean());
  CHECK(*valid.find("storage")->string() == "file");
  CHECK(valid.find("expires_in")->integer().value() > 3500);

  for (const char* name : {"account", "scope", "expires_at"}) kept.set_token(name, Json());
  CHECK(names_in(row("work")) == "profile default provider state can_refresh storage ");
}

TEST_CASE_FIXTURE(StatusCase, "the state says what the login is good for") {
  CHECK(state("work") == "valid");
  kept.set_token("expires_at", Json());
  CHECK(state("work") == "valid");
  kept.set_token("expires_at", Json(clock_now() - 1));
  CHECK(state("work") == "refreshable");
  CHECK(row("work").find("expires_in")->integer() == 0);
  kept.set_token("refused", Json("invalid_grant"));
  CHECK(state("work") == "login_needed");
  kept.set_token("refused", Json());
  kept.set_token("refresh_token", Json());
  CHECK(state("work") == "login_needed");
  CHECK(!*row("work").find("can_refresh")->boolean());
  kept.set_token("expires_at", Json(clock_now() + 99));
  CHECK(state("work") == "valid");
  kept.set_token("client_id", Json("another"));
  CHECK(state("work") == "login_needed");
  kept.write("tokens/work.json", "{damaged");
  CHECK(state("work") == "unreadable");
  std::filesystem::remove(kept.token_path());
  CHECK(state("work") == "login_needed");
}

TEST_CASE_FIXTURE(StatusCase, "with PROFILE the state is the exit status, and the row is printed") {
  const auto check = [&](int status, const std::string& state) {
    const Finished ended = kept.xauth({"status", "work", "-o", "json"});
    CHECK(ended.status == status);
    const auto rows = parse_json(ended.out);
    REQUIRE(rows);
    REQUIRE(rows->array()->size() == 1);
    CHECK(*rows->array()->front().find("state")->string() == state);
    CHECK(kept.xauth({"status", "work"}).status == status);
    CHECK(kept.xauth({"status"}).status == 0);
  };
  check(0, "valid");
  kept.set_token("expires_at", Json(clock_now() - 1));
  check(0, "refreshable");
  kept.set_token("refused", Json("invalid_grant"));
  check(4, "login_needed");
  kept.write("tokens/work.json", "");
  check(8, "unreadable");
  const Finished none = kept.xauth({"status", "wrok"});
  CHECK(none.status == 4);
  CHECK(none.err.find("work") != std::string::npos);
  CHECK(kept.xauth({"status", "-x"}).status == 2);
}

TEST_CASE_FIXTURE(StatusCase, "the table has a row a profile, and marks the default one") {
  kept.add(*provider, {.profile = "home", .lifetime = -1});
  kept.write("tokens/home.json", "{");
  const Finished ended = kept.xauth({"status"});
  CHECK(ended.status == 0);
  CHECK(ended.err.find("tokens/home.json") != std::string::npos);  // the damaged one is named
  CHECK(ended.out.find("PROFILE") != std::string::npos);
  CHECK(ended.out.find("\n* work ") != std::string::npos);
  CHECK(ended.out.find("\n  home ") != std::string::npos);
  CHECK(ended.out.find("unreadable") != std::string::npos);
  CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 3);
}

TEST_CASE_FIXTURE(StatusCase, "tokens without settings are shown: they need a login") {
  kept.write("config.json", R"({"version":1})");
  const Json lost = row("work");
  CHECK(*lost.find("state")->string() == "login_needed");
  CHECK(*lost.find("provider")->string() == "custom");
  CHECK(kept.xauth({"status", "work"}).status == 4);
  kept.write("tokens/work.json", "{");
  CHECK(state("work") == "unreadable");
}

TEST_CASE_FIXTURE(StatusCase, "what a provider calls an account cannot steer the terminal, ST-17") {
  kept.set_token("account", Json("a\x1b[31m\r\nb\xe2\x80\xae"));
  kept.set_token("scope", Json("\x1b]0;title\x07"));
  for (const auto& arguments : {std::vector<std::string>{"status"}, {"status", "-o", "json"}}) {
    const Finished ended = kept.xauth(arguments);
    CHECK(ended.status == 0);
    for (const char* bad : {"\x1b", "\r", "\x07", "\xe2\x80\xae"}) {
      CHECK(ended.out.find(bad) == std::string::npos);
    }
  }
}

TEST_CASE_FIXTURE(StatusCase, "status asks nobody and changes nothing") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  const std::string before = kept.token_text();
  CHECK(kept.xauth({"status", "work"}).status == 0);
  CHECK(kept.token_text() == before);
  CHECK(provider->server().count("/token") == 1);
}
