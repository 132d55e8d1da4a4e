// `xauth logout`: what is asked of the provider, and what is left on this machine.
#include <doctest/doctest.h>

#include <filesystem>
#include <future>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct LogoutCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::x());
  std::unique_ptr<demo::Provider> second = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  bool has_tokens(const std::string& profile = "work") const {
    return std::filesystem::exists(kept.token_path(profile));
  }

  // The names and values of each revocation's form, one line a request.
  std::string revocations() const {
    std::string lines;
    for (const auto& request : provider->server().requests("/revoke")) {
      for (const auto& [name, value] : request.parameters) {
        lines += name + "=" + value.value_or("?") + " ";
      }
      lines += "\n";
    }
    return lines;
  }

  // `xauth logout MORE…`
  Finished log_out(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "logout");
    return kept.xauth(more);
  }
};

}  // namespace

TEST_CASE_FIXTURE(LogoutCase, "the refresh token is revoked, then the access token, RV-1, RV-2") {
  const std::string refresh_token = kept.token("refresh_token");
  const std::string access_token = kept.token("access_token");
  const Finished ended = log_out();
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK(revocations() ==
        "token=" + refresh_token + " token_type_hint=refresh_token client_id=public-client \n" +
            "token=" + access_token + " token_type_hint=access_token client_id=public-client \n");
  CHECK(provider->server().grants_alive() == 0);
  CHECK(kept.token_files().empty());
  CHECK(kept.config().find("profiles")->find("work") != nullptr);
  CHECK(kept.xauth({"token"}).status == 4);
  CHECK(log_out().status == 0);  // nothing more to do
  CHECK(provider->server().count("/revoke") == 2);
}

TEST_CASE_FIXTURE(LogoutCase,
                  "a confidential client authenticates as at the token endpoint, RV-1") {
  kept.add(*provider, {.profile = "basic", .client_id = kBasicClient, .client_auth = "basic"});
  kept.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  CHECK(log_out({"basic"}).status == 0);
  for (const auto& request : provider->server().requests("/revoke")) {
    CHECK(find_header(request.request.headers, "Authorization").value_or("").starts_with("Basic "));
    CHECK(!request.parameter("client_id"));
  }
  CHECK(has_tokens());
}

TEST_CASE_FIXTURE(LogoutCase, "without a refresh token the access token alone is revoked") {
  kept.set_token("refresh_token", Json());
  CHECK(log_out().status == 0);
  CHECK(provider->server().count("/revoke") == 1);
  CHECK(revocations().find("token_type_hint=access_token") != std::string::npos);
}

TEST_CASE_FIXTURE(LogoutCase, "the tokens are deleted whatever the provider says, RV-4") {
  struct Row {
    int status;
    int expected;
    const char* body;
    int asked;
  };
  const std::vector<Row> rows = {{503, 6, "", 3},
                                 {500, 6, "{}", 1},
                                 {400, 1, R"({"error":"unsupported_token_type"})", 2},
                                 {401, 1, R"({"error":"invalid_client"})", 2},
                                 {403, 1, "<html>no</html>", 2},
                                 {302, 7, "", 1},
                                 {200, 0, "<html>whatever</html>", 2}};
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    kept.add(*provider, {.lifetime = 3600});
    provider->server().replace("/revoke", always(row.status, row.body));
    const int before = provider->server().count("/revoke");
    const Finished ended = log_out({"work"});
    CHECK(ended.status == row.expected);
    CHECK((ended.err.find("still honours") != std::string::npos) == (row.expected != 0));
    CHECK(provider->server().count("/revoke") == before + row.asked);
    CHECK(kept.token_files().empty());
  }
}

TEST_CASE_FIXTURE(LogoutCase, "an access token that went with its grant is no failure, RV-2") {
  provider->server().replace("/revoke", [](const IncomingRequest& request) {
    const bool first = request.body.find("token_type_hint=refresh_token") != std::string::npos;
    return OutgoingReply{first ? 200 : 400, {}, first ? "" : R"({"error":"invalid_token"})"};
  });
  CHECK(log_out().status == 0);
}

TEST_CASE_FIXTURE(LogoutCase, "an unreachable provider ends with 6, the tokens are deleted, RV-4") {
  provider->stop();
  CHECK(log_out().status == 6);
  CHECK(kept.token_files().empty());
}

TEST_CASE_FIXTURE(LogoutCase, "without an endpoint nothing is revoked, which is told") {
  kept.set_setting("revoke_url", Json());
  const Finished ended = log_out();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("no revocation") != std::string::npos);
  CHECK(kept.token_files().empty());
}

TEST_CASE_FIXTURE(LogoutCase, "--no-revoke sends nothing, RV-4") {
  CHECK(log_out({"--no-revoke"}).status == 0);
  CHECK(provider->server().count("/revoke") == 0);
  CHECK(provider->server().grants_alive() == 1);
  CHECK(kept.token_files().empty());
}

TEST_CASE_FIXTURE(LogoutCase, "as JSON it is told which profile was revoked") {
  kept.add(*second, {.profile = "other"});
  kept.set_setting("revoke_url", Json(), "other");
  CHECK(log_out({"--all", "-o", "json"}).out ==
        "[{\"profile\":\"work\",\"revoked\":true},{\"profile\":\"other\",\"revoked\":false}]\n");
}

TEST_CASE_FIXTURE(LogoutCase, "temporary and damaged files go as well, ST-20") {
  const std::string text = kept.token_text();
  for (const char* name :
       {".work.json.abcdefghijklmnop", "work.json.corrupt-1700000000", "work2.json"}) {
    kept.write("tokens/" + std::string(name), text);
  }
  CHECK(log_out().status == 0);
  CHECK(kept.token_files() == std::vector<std::string>{"work2.json"});
  // Also when there is no token file any more.
  kept.write("tokens/.work.json.abcdefghijklmnop", text);
  CHECK(log_out().status == 0);
  CHECK(kept.token_files() == std::vector<std::string>{"work2.json"});
}

TEST_CASE_FIXTURE(LogoutCase, "damaged files do not keep the tokens from being deleted") {
  kept.write("tokens/work.json", "{damaged");
  CHECK(log_out().status == 8);
  CHECK(kept.token_files().empty());
  kept.add(*provider, {});
  kept.write("config.json", "{damaged");
  CHECK(log_out({"work"}).status == 8);
  CHECK(kept.token_files().empty());
}

TEST_CASE_FIXTURE(LogoutCase, "settings with a member of the wrong type can be forgotten") {
  Json settings = kept.config();
  settings.find("profiles")->set("broken", *parse_json(R"({"client_id":7})"));
  kept.write("config.json", settings.pretty());
  CHECK(kept.xauth({"doctor", "broken"}).out.find("try: mend it there, or: xauth logout broken") !=
        std::string::npos);
  CHECK(kept.xauth({"logout", "broken", "--forget"}).status == 0);
  CHECK(kept.xauth({"doctor"}).out.find("broken") == std::string::npos);
}

TEST_CASE_FIXTURE(LogoutCase, "tokens of another provider or client are revoked nowhere") {
  kept.set_token("provider", Json("github"));
  const Finished ended = log_out();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("nothing is revoked") != std::string::npos);
  CHECK(provider->server().count("/revoke") == 0);
  CHECK(kept.token_files().empty());
}

TEST_CASE_FIXTURE(LogoutCase, "--all goes on after a failure and ends with the first one") {
  const auto refuses = start_provider(demo::plain());
  const auto gone = start_provider(demo::plain());
  kept.add(*gone, {.profile = "gone"});
  kept.add(*refuses, {.profile = "refuses"});
  kept.add(*second, {.profile = "fine"});
  gone->stop();
  refuses->server().replace("/revoke", always(400, R"({"error":"unsupported_token_type"})"));
  const Finished ended = log_out({"--all"});
  CHECK(ended.status == 6);
  CHECK(ended.err.find("refuses: ") != std::string::npos);
  CHECK(ended.err.find("gone: ") != std::string::npos);
  CHECK(kept.token_files().empty());
  CHECK(log_out({"--all", "work"}).status == 2);
}

TEST_CASE_FIXTURE(LogoutCase, "--forget removes settings and secret, and unsets the default") {
  kept.add(*second, {.profile = "other"});
  kept.write("secrets/work.json", R"({"version":1,"client_secret":"old"})");
  kept.write("secrets/other.json", R"({"version":1,"client_secret":"old"})");
  kept.write("secrets/.work.json.abcdefghijklmnop", R"({"version":1,"client_secret":"old"})");
  kept.write(".config.json.abcdefghijklmnop", "{}");
  CHECK(log_out({"other"}).status == 0);
  CHECK(std::filesystem::exists(kept.path_of("secrets/other.json")));  // kept for the next login
  CHECK(log_out({"--forget"}).status == 0);
  for (const char* gone : {"secrets/work.json", "secrets/.work.json.abcdefghijklmnop",
                           ".config.json.abcdefghijklmnop"}) {
    CHECK(!std::filesystem::exists(kept.path_of(gone)));
  }
  CHECK(std::filesystem::exists(kept.path_of("secrets/other.json")));
  const Json config = kept.config();
  CHECK(config.find("default") == nullptr);
  CHECK(config.find("profiles")->find("work") == nullptr);
  CHECK(config.find("profiles")->find("other") != nullptr);
  CHECK(log_out({"work"}).status == 4);
  CHECK(log_out({"--forget", "other"}).status == 0);  // it has no tokens any more
  CHECK(kept.config().find("profiles")->object()->empty());
}

TEST_CASE_FIXTURE(LogoutCase, "another profile than the default can be forgotten") {
  kept.add(*second, {.profile = "other"});
  second->stop();
  CHECK(log_out({"--forget", "other"}).status == 6);
  CHECK(kept.config().find("profiles")->find("other") == nullptr);
  CHECK(*kept.config().find("default")->string() == "work");
  CHECK(has_tokens("work"));
}

TEST_CASE("a logout beside a refresh leaves no grant alive") {
  const auto provider = start_provider(demo::x());
  const KeptLogins kept(*provider, {.lifetime = -1});
  std::promise<void> release;
  const auto released = release.get_future().share();
  provider->server().wrap("/token", [released](const IncomingRequest& request, const auto& own) {
    released.wait();
    return own(request);
  });
  const int before = provider->server().count("/token");
  Running refresh(kept.start({"refresh", "work"}));
  REQUIRE(provider->server().await_requests("/token", before + 1, std::chrono::seconds(20)));
  Running logout(kept.start({"logout", "work"}));
  release.set_value();
  const Finished refreshed = refresh.wait();
  CHECK_MESSAGE(refreshed.status == 0, refreshed.err);
  CHECK(logout.wait().status == 0);
  CHECK(provider->server().grants_alive() == 0);
}
