// What `xauth token` prints, and when it neither asks nor reads more than it must.
#include <doctest/doctest.h>

#include <filesystem>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct TokenCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  TokenCase() { kept.set_token("access_token", Json("secret-token")); }

  int asked() const { return provider->server().count("/token") - 1; }  // but for the login
};

Json json_of(const Finished& ended) {
  CAPTURE(ended.err);
  auto json = parse_json(ended.out);
  REQUIRE_MESSAGE(json, ended.out);
  return *std::move(json);
}

std::vector<std::string> names_in(const Json& json) {
  std::vector<std::string> names;
  for (const auto& [name, value] : *json.object()) names.push_back(name);
  return names;
}

}  // namespace

TEST_CASE_FIXTURE(TokenCase, "a valid token is printed in each form, byte for byte") {
  const auto printed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"token", "work"};
    words.insert(words.end(), more.begin(), more.end());
    const Finished ended = kept.xauth(words);
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    return ended.out;
  };
  CHECK(printed({}) == "secret-token\n");
  CHECK(printed({"-o", "token"}) == "secret-token\n");
  CHECK(printed({"--no-newline"}) == "secret-token");
  CHECK(printed({"-o", "header"}) == "Authorization: Bearer secret-token\n");
  CHECK(printed({"-o", "header", "--no-newline"}) == "Authorization: Bearer secret-token");
  CHECK(printed({"--output=env"}) == "export XAUTH_TOKEN='secret-token'\n");
  CHECK(printed({"-o", "curl"}) == "header = \"Authorization: Bearer secret-token\"\n");
  CHECK(asked() == 0);
}

TEST_CASE_FIXTURE(TokenCase, "as JSON a token has what is known of it, and no refresh token") {
  const Json json = json_of(kept.xauth({"token", "work", "-o", "json"}));
  CHECK(names_in(json) == std::vector<std::string>{"profile", "provider", "account", "token_type",
                                                   "access_token", "scope", "issued_at",
                                                   "expires_at", "expires_in"});
  CHECK(*json.find("profile")->string() == "work");
  CHECK(*json.find("token_type")->string() == "Bearer");
  CHECK(*json.find("access_token")->string() == "secret-token");
  CHECK(json.find("expires_at")->text() == kept.token("expires_at"));
  const auto left = json.find("expires_in")->integer().value();
  CHECK(left <= 3600);
  CHECK(left > 3500);
}

TEST_CASE_FIXTURE(TokenCase, "what is not known of a token is left out of its JSON") {
  for (const char* name : {"account", "account_id", "scope", "issued_at", "expires_at"}) {
    kept.set_token(name, Json());
  }
  CHECK(names_in(json_of(kept.xauth({"token", "-o", "json"}))) ==
        std::vector<std::string>{"profile", "provider", "token_type", "access_token"});
}

TEST_CASE_FIXTURE(TokenCase, "the refresh token is printed only in JSON, and only when asked for") {
  const Json json = json_of(kept.xauth({"token", "-o", "json", "--with-refresh-token"}));
  CHECK(*json.find("refresh_token")->string() == kept.token("refresh_token"));
  for (const char* form : {"token", "header", "env", "curl"}) {
    const Finished ended = kept.xauth({"token", "-o", form, "--with-refresh-token"});
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
  }
}

TEST_CASE_FIXTURE(TokenCase, "a token with any character in it survives eval and curl -K") {
  const std::string odd = R"(a'b"c\d$(touch x)`e` f#%n!;&|<>*)";
  kept.set_token("access_token", Json(odd));
  const Finished shell =
      kept.shell(R"sh(eval "$("$0" token work -o env)"; printf %s "$XAUTH_TOKEN")sh");
  CHECK(shell.out == odd);
  CHECK(shell.err.empty());

  const Finished curl = kept.shell("\"$0\" token work -o curl | curl -qsS -o /dev/null -K - " +
                                   provider->account_url());
  if (curl.status == 127) return;  // no curl here
  CHECK(curl.err.empty());
  const auto asked_for = provider->server().requests("/me");
  REQUIRE(asked_for.size() == 1);
  CHECK(find_header(asked_for[0].request.headers, "Authorization") == "Bearer " + odd);
}

TEST_CASE_FIXTURE(TokenCase, "a token is refreshed when it has less than 60 s or --min-ttl left") {
  struct Row {
    int left;
    std::vector<std::string> options;
    bool asks;
  };
  const std::vector<Row> rows = {{90, {}, false},
                                 {40, {}, true},
                                 {40, {"--min-ttl", "10"}, false},
                                 {5, {"--min-ttl", "0"}, false},
                                 {90, {"--min-ttl", "600"}, true},
                                 {40, {"--no-refresh"}, false},
                                 {3600, {"--force-refresh"}, true}};
  for (const Row& row : rows) {
    CAPTURE(row.left);
    CAPTURE(row.options);
    kept.set_token("access_token", Json("secret-token"));
    kept.set_token("expires_at", Json(clock_now() + row.left));
    const int before = asked();
    std::vector<std::string> words = {"token"};
    words.insert(words.end(), row.options.begin(), row.options.end());
    const Finished ended = kept.xauth(words);
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(asked() - before == (row.asks ? 1 : 0));
    CHECK((ended.out == "secret-token\n") == !row.asks);
    CHECK(ended.out == kept.token("access_token") + "\n");
  }
}

TEST_CASE_FIXTURE(TokenCase, "a token of unknown expiry counts as valid") {
  kept.set_token("expires_at", Json());
  for (const char* option : {"--min-ttl=99999", "--no-refresh", "--quiet"}) {
    CHECK(kept.xauth({"token", option}).out == "secret-token\n");
  }
  CHECK(asked() == 0);
}

TEST_CASE_FIXTURE(TokenCase, "--no-refresh never asks, and an expired token needs more than that") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  const Finished ended = kept.xauth({"token", "--no-refresh"});
  CHECK(ended.status == 4);
  CHECK(ended.out.empty());
  CHECK(asked() == 0);
  CHECK(kept.xauth({"token", "--no-refresh", "--force-refresh"}).status == 2);
}

TEST_CASE_FIXTURE(TokenCase, "a valid token of a named profile does not depend on config.json") {
  kept.write("config.json", "{damaged");
  CHECK(kept.xauth({"token", "work"}).out == "secret-token\n");
  kept.variables["XAUTH_PROFILE"] = "work";
  CHECK(kept.xauth({"token"}).out == "secret-token\n");
  kept.variables.erase("XAUTH_PROFILE");
  std::filesystem::remove(kept.path_of("config.json"));
  std::filesystem::create_symlink("nowhere", kept.path_of("config.json"));
  CHECK(kept.xauth({"token", "work"}).out == "secret-token\n");

  const Finished by_default = kept.xauth({"token"});
  CHECK(by_default.status == 8);
  CHECK(by_default.err.find("config.json") != std::string::npos);
}

TEST_CASE_FIXTURE(TokenCase, "XAUTH_PROFILE is meant when no PROFILE is given") {
  kept.add(*provider, {.profile = "home", .lifetime = 3600});
  kept.set_token("access_token", Json("home-token"), "home");
  CHECK(kept.xauth({"token"}).out == "secret-token\n");
  CHECK(kept.xauth({"token", "home"}).out == "home-token\n");
  kept.variables["XAUTH_PROFILE"] = "home";
  CHECK(kept.xauth({"token"}).out == "home-token\n");
  CHECK(kept.xauth({"token", "work"}).out == "secret-token\n");
  kept.variables["XAUTH_PROFILE"] = "../work";
  CHECK(kept.xauth({"token"}).status == 2);
}

TEST_CASE_FIXTURE(TokenCase, "XAUTH_TOKEN is printed as it is, unless a profile is named") {
  kept.variables["XAUTH_TOKEN"] = "given-token";
  CHECK(kept.xauth({"token"}).out == "given-token\n");
  CHECK(kept.xauth({"token", "--force-refresh"}).out == "given-token\n");
  CHECK(kept.xauth({"token", "-o", "header"}).out == "Authorization: Bearer given-token\n");
  CHECK(kept.xauth({"token", "-o", "json"}).out ==
        "{\"token_type\":\"Bearer\",\"access_token\":\"given-token\"}\n");
  CHECK(kept.xauth({"token", "work"}).out == "secret-token\n");
  kept.variables["XAUTH_PROFILE"] = "work";
  CHECK(kept.xauth({"token"}).out == "secret-token\n");
  kept.variables.erase("XAUTH_PROFILE");
  kept.variables["XAUTH_TOKEN"] = "";
  CHECK(kept.xauth({"token"}).out == "secret-token\n");
  CHECK(asked() == 0);
}

TEST_CASE("XAUTH_TOKEN needs no profile, and holds no control characters") {
  KeptLogins kept;
  kept.variables["XAUTH_TOKEN"] = "given-token";
  CHECK(kept.xauth({"token"}).out == "given-token\n");
  for (const char* bad : {"a\nb", "a\rb", "a\tb", "\x7f", "\x1b[31m"}) {
    kept.variables["XAUTH_TOKEN"] = bad;
    const Finished ended = kept.xauth({"token"});
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err.find(bad) == std::string::npos);
  }
}

TEST_CASE("a given token in JSON is JSON whatever its bytes are") {
  KeptLogins kept;
  for (const char* odd : {"a\"b\\c", "caf\xc3\xa9", "\xff\xfe"}) {
    CAPTURE(odd);
    kept.variables["XAUTH_TOKEN"] = odd;
    CHECK(kept.xauth({"token"}).out == std::string(odd) + "\n");
    const Finished ended = kept.xauth({"token", "-o", "json"});
    CHECK((ended.status == 2 || parse_json(ended.out)));
  }
}

TEST_CASE("without a login, or with a mistyped name, a login is needed") {
  const TemporaryDirectory home;
  const Finished nobody = run({.arguments = {"token"}, .variables = {{"HOME", home.path()}}});
  CHECK(nobody.status == 4);
  CHECK(nobody.out.empty());
  CHECK(nobody.err == "xauth: nobody is logged in yet\n  try: xauth login\n");
  CHECK(std::filesystem::is_empty(home.path()));

  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider, {.profile = "my-company"});
  const Finished mistyped = kept.xauth({"token", "my-compny"});
  CHECK(mistyped.status == 4);
  CHECK(mistyped.err.find("my-company") != std::string::npos);
  const Json json = parse_json(kept.xauth({"token", "my-compny", "-o", "json"}).err).value();
  CHECK(*json.find("error")->find("code")->string() == "login_needed");
  CHECK(kept.xauth({"token", "../work"}).status == 2);
}

TEST_CASE_FIXTURE(TokenCase, "profiles without a default one say how to choose it") {
  Json config = kept.config();
  config.erase("default");
  kept.write("config.json", config.text());
  const Finished ended = kept.xauth({"token"});
  CHECK(ended.status == 4);
  CHECK(ended.err == "xauth: no profile is the default one\n  try: xauth use work\n");
}

TEST_CASE_FIXTURE(TokenCase, "a token that could not be printed is a failure") {
  for (const char* sink : {">/dev/full", ">&-"}) {
    const Finished ended = kept.shell("exec \"$0\" token work " + std::string(sink));
    CHECK(ended.status == 1);
    CHECK(ended.err.find("standard output") != std::string::npos);
    CHECK(ended.err.find("secret-token") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(TokenCase, "what stands inside an access token decides nothing, TR-11") {
  // {"alg":"none"} . {"exp":1,"nbf":99999999999,"iss":"https://elsewhere.example"}
  const std::string token =
      "eyJhbGciOiJub25lIn0."
      "eyJleHAiOjEsIm5iZiI6OTk5OTk5OTk5OTksImlzcyI6Imh0dHBzOi8vZWxzZXdoZXJlLmV4YW1wbGUifQ.";
  kept.set_token("access_token", Json(token));
  const Finished printed = kept.xauth({"token", "work"});
  CHECK(printed.status == 0);
  CHECK(printed.out == token + "\n");
  CHECK(printed.err.empty());
  CHECK(asked() == 0);
  const Finished shown = kept.xauth({"inspect", "work"});
  CHECK(shown.out.find("elsewhere.example") != std::string::npos);
}
