// A refresh: what is asked, what is kept of the answer, and what a failure leaves behind.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/encoding.h"
#include "support/kept_login.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;

namespace {

demo::LoggedRequest last_request(demo::Provider& provider) {
  auto requests = provider.server().requests("/token");
  REQUIRE(!requests.empty());
  return requests.back();
}

// The names and values of the form, in the order of their sending.
std::string form_of(const demo::LoggedRequest& request) {
  std::string form;
  for (const auto& [name, value] : request.parameters) {
    form += name + "=" + value.value_or("?") + "\n";
  }
  return form;
}

std::string authorization_of(const demo::LoggedRequest& request) {
  return find_header(request.request.headers, "Authorization").value_or("none");
}

constexpr const char* kNewToken = R"({"access_token":"new","token_type":"Bearer"})";

}  // namespace

TEST_CASE("a public client sends its ID and the refresh token, and no scope, RF-1") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const std::string sent = kept.token("refresh_token");
  CHECK(kept.xauth({"refresh", "work"}).status == 0);
  const auto request = last_request(*provider);
  CHECK(request.request.method == "POST");
  CHECK(form_of(request) ==
        "grant_type=refresh_token\nrefresh_token=" + sent + "\nclient_id=public-client\n");
  CHECK(authorization_of(request) == "none");
  CHECK(find_header(request.request.headers, "Content-Type") ==
        "application/x-www-form-urlencoded");
}

TEST_CASE(
    "a client secret is sent as the profile says, the environment's before the kept one, TQ") {
  const auto provider = start_provider(demo::plain());
  const std::string secret = kClientSecret;
  const std::string as_basic = "Basic " + base64("basic-client:" + secret);
  KeptLogins kept(*provider,
                  {.profile = "basic", .client_id = kBasicClient, .client_auth = "basic"});
  kept.add(*provider, {.profile = "post", .client_id = kPostClient, .client_auth = "post"});

  const Finished without = kept.xauth({"refresh", "basic"});
  CHECK(without.status == 2);
  CHECK(without.err.find("XAUTH_CLIENT_SECRET") != std::string::npos);

  kept.variables["XAUTH_CLIENT_SECRET"] = secret;
  const std::string sent_basic = kept.token("refresh_token", "basic");
  CHECK(kept.xauth({"refresh", "basic"}).status == 0);
  CHECK(form_of(last_request(*provider)) ==
        "grant_type=refresh_token\nrefresh_token=" + sent_basic + "\n");
  CHECK(authorization_of(last_request(*provider)) == as_basic);

  const std::string sent_post = kept.token("refresh_token", "post");
  CHECK(kept.xauth({"refresh", "post"}).status == 0);
  CHECK(form_of(last_request(*provider)) == "grant_type=refresh_token\nrefresh_token=" + sent_post +
                                                "\nclient_id=post-client\nclient_secret=" + secret +
                                                "\n");
  CHECK(authorization_of(last_request(*provider)) == "none");

  kept.write("secrets/basic.json", R"({"version":1,"client_secret":"old"})");
  CHECK(kept.xauth({"refresh", "basic"}).status == 0);
  CHECK(authorization_of(last_request(*provider)) == as_basic);
  kept.variables.erase("XAUTH_CLIENT_SECRET");
  const Finished with_old = kept.xauth({"refresh", "basic"});
  CHECK(with_old.status == 2);
  CHECK(authorization_of(last_request(*provider)) == "Basic " + base64("basic-client:old"));
}

TEST_CASE("XAUTH_CLIENT_SECRET is never sent for a client that needs none") {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept(*provider);
  kept.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  CHECK(kept.xauth({"refresh"}).status == 0);
  CHECK(authorization_of(last_request(*provider)) == "none");
  CHECK(form_of(last_request(*provider)).find("secret") == std::string::npos);
}

TEST_CASE("a rotated refresh token is kept, RF-2") {
  const auto provider = start_provider(demo::x());
  const KeptLogins kept(*provider, {.provider = "x"});
  const std::string before = kept.token("refresh_token");
  const Finished ended = kept.xauth({"token"});
  CHECK(ended.status == 0);
  CHECK(ended.out == kept.token("access_token") + "\n");
  CHECK(kept.token("refresh_token") != before);
  for (int round = 0; round < 3; ++round) CHECK(kept.xauth({"refresh"}).status == 0);
  CHECK(provider->server().grants_alive() == 1);
}

TEST_CASE("what the answer does not name stays, also what we do not know, RF-2") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  kept.set_token("id_token", Json("kept.id.token"));
  kept.set_token(
      "from_the_future",
      Json(Json::Array{Json("a"), Json(Json::Number{"123456789012345678901234567890"})}));
  Json config = kept.config();
  config.set("from_the_future", Json(true));
  kept.write("config.json", config.text());
  const std::string config_text = content_of(kept.path_of("config.json"));
  const Json before = kept.tokens();

  provider->server().replace("/token", always(200, kNewToken));
  CHECK(kept.xauth({"token"}).out == "new\n");
  Json expected = before;
  expected.set("access_token", Json("new"));
  expected.erase("expires_at");
  const Json after = kept.tokens();
  for (const auto& [name, value] : *expected.object()) {
    CAPTURE(name);
    REQUIRE(after.find(name) != nullptr);
    if (name != "issued_at") CHECK(after.find(name)->text() == value.text());
  }
  CHECK(after.object()->size() == expected.object()->size());
  CHECK(clock_now() - after.find("issued_at")->integer().value() <= 40);
  CHECK(content_of(kept.path_of("config.json")) == config_text);
}

TEST_CASE("a new scope and an expiry as text are taken over, and what was lost is told, TR-7") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  provider->server().replace("/token", always(200, R"({"access_token":"new","expires_in":"7200",)"
                                                   R"("scope":"less","token_type":"bearer"})"));
  const Finished ended = kept.xauth({"token"});
  CHECK(ended.out == "new\n");
  CHECK(ended.err ==
        "xauth: warning: not granted any more: tweet.read users.read offline.access\n");
  CHECK(kept.token("scope") == "less");
  CHECK(kept.xauth({"token", "--force-refresh"}).err.empty());  // nothing more is lost
  CHECK(kept.tokens().find("expires_at")->integer().value() - clock_now() > 7100);
}

TEST_CASE("a token that comes shorter than --min-ttl is printed") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  provider->server().set_access_token_lifetime(Seconds(300));
  const Finished ended = kept.xauth({"token", "--min-ttl", "9999"});
  CHECK(ended.status == 0);
  CHECK(ended.out == kept.token("access_token") + "\n");
}

TEST_CASE("refresh prints nothing, as JSON the profile and its end") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const Finished plain = kept.xauth({"refresh"});
  CHECK(plain.status == 0);
  CHECK(plain.out.empty());
  const Finished json = kept.xauth({"refresh", "-o", "json"});
  CHECK(json.out == "{\"profile\":\"work\",\"expires_at\":" + kept.token("expires_at") + "}\n");
  CHECK(json.err.empty());
}

TEST_CASE("tokens of another provider or client than the profile's are never sent anywhere") {
  const auto provider = start_provider(demo::plain());
  for (const char* member : {"provider", "client_id"}) {
    const KeptLogins kept(*provider);
    const int before = provider->server().count("/token");
    kept.set_token(member, Json("another"));
    for (const char* command : {"token", "refresh"}) {
      const Finished ended = kept.xauth({command});
      CHECK(ended.status == 4);
      CHECK(ended.out.empty());
    }
    CHECK(provider->server().count("/token") == before);
  }
}

TEST_CASE("a refresh token is not sent to the other host that its preset has moved to, DI-6") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider, {.provider = "mine"});
  std::filesystem::create_directory(kept.path_of("providers"));
  std::filesystem::permissions(kept.path_of("providers"), std::filesystem::perms::owner_all);
  kept.write("providers/mine.json",
             R"({"parameters":[{"name":"base","about":"its URL","kind":"url"}],)"
             R"("authorize_url":"{base}/authorize","token_url":"{base}/token"})");
  for (const char* url : {"authorize_url", "token_url", "revoke_url"}) kept.set_setting(url, {});
  kept.set_setting("provider_param", Json(Json::Array{Json("base=" + provider->url())}));
  kept.set_token("token_url", Json(provider->token_url()));
  REQUIRE(kept.xauth({"refresh"}).status == 0);
  const int asked = provider->server().count("/token");

  const std::string elsewhere = "base=http://localhost:" + std::to_string(provider->port());
  REQUIRE(kept.xauth({"config", "set", "profile.work.provider_param", elsewhere}).status == 0);
  const Finished refresh = kept.xauth({"refresh"});
  CHECK(refresh.status == 4);
  CHECK(refresh.err.find("the settings have changed since the login") != std::string::npos);
  CHECK(kept.xauth({"status", "work"}).status == 4);
  CHECK(kept.xauth({"logout"}).status == 0);
  CHECK(provider->server().count("/token") == asked);
  CHECK(provider->server().count("/revoke") == 0);
}

TEST_CASE("without a refresh token a login is needed once the token has expired") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  kept.set_token("refresh_token", Json());
  for (const char* command : {"token", "refresh"}) {
    const Finished ended = kept.xauth({command, "work"});
    CHECK(ended.status == 4);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("try: xauth login work") != std::string::npos);
  }
  kept.set_token("expires_at", Json(clock_now() + 40));
  const Finished still_valid = kept.xauth({"token"});
  CHECK(still_valid.status == 0);
  CHECK(still_valid.out == kept.token("access_token") + "\n");
  CHECK(still_valid.err.find("warning") != std::string::npos);
  CHECK(kept.xauth({"token", "--min-ttl", "50"}).status == 4);
  CHECK(kept.xauth({"token", "--force-refresh"}).status == 4);
  CHECK(provider->server().count("/token") == 1);
}
