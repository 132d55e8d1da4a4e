// The refresh plan of OpenID Connect's conformance suite for clients: a case a module, by its name;
// and what else an ID token of a refresh can be wrong in.
#include <doctest/doctest.h>

#include "support/kept_login.h"
#include "support/openid_place.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A place where a person is logged in, with a refresh token.
struct LoggedIn : OpenidPlace {
  LoggedIn() { REQUIRE(sign_in("openid offline_access").status == 0); }

  // Runs a refresh whose ID token must be refused: with 7 and `complaint` in the message, nothing
  // printed, and the files as they were.
  void check_refresh_refused(const std::string& complaint) const {
    CAPTURE(complaint);
    const auto before = files();
    for (const auto& arguments :
         {std::vector<std::string>{"refresh"}, {"token", "--force-refresh"}}) {
      const int asked_before = asked("/token");
      const Finished refresh = run(start(arguments));
      CHECK(refresh.status == 7);
      CHECK_MESSAGE(refresh.err.find(complaint) != std::string::npos, refresh.err);
      CHECK(refresh.out.empty());
      check_no_secret(refresh.err);
      CHECK(asked("/token") == asked_before + 1);
      CHECK(files() == before);
    }
    CHECK(asked("/me") == 1);  // at the login
  }
};

}  // namespace

TEST_CASE("oidcc-client-test-refresh-token") {
  const LoggedIn here;
  CHECK(here.last("/authorize").parameter("scope") == "openid offline_access");
  CHECK(here.last("/authorize").parameter("prompt") == "consent");
  const Json first = here.id_token_claims();
  const std::string sent = here.token("refresh_token");
  const std::string access_token = here.token("access_token");
  const std::string id_token = here.token("id_token");
  CHECK(run(here.start({"refresh"})).status == 0);

  const auto request = here.last("/token");
  CHECK(request.parameter("grant_type") == "refresh_token");
  CHECK(request.parameter("refresh_token") == sent);
  CHECK_FALSE(request.parameter("scope"));
  CHECK(header_of(request, "Authorization") == basic_credentials());
  CHECK(here.token("access_token") != access_token);
  CHECK(here.token("id_token") != id_token);
  for (const char* claim : {"iss", "sub", "aud", "auth_time"}) {
    CHECK(here.id_token_claims().find(claim)->text() == first.find(claim)->text());
  }
  const Finished who = run(here.start({"whoami"}));
  CHECK(who.out == "demo\n");
  CHECK(header_of(here.last("/me"), "Authorization") == "Bearer " + here.token("access_token"));
}

TEST_CASE("oidcc-client-test-refresh-token-invalid-issuer") {
  const LoggedIn here;
  here.set_claim("iss", Json("https://evil.example"));
  here.check_refresh_refused("another issuer (iss: https://evil.example");
}

TEST_CASE("oidcc-client-test-refresh-token-invalid-sub") {
  const LoggedIn here;
  here.set_claim("sub", Json("another"));
  here.check_refresh_refused("another person than the login's (sub)");
}

TEST_CASE("an ID token of a refresh is refused by the claim that is wrong: 7, RF-3") {
  const LoggedIn here;
  const std::tuple<const char*, Json, const char*> cases[] = {
      {"aud", Json("another"), "is for another client (aud: another)"},
      {"azp", Json("another"), "was issued to another client (azp)"},
      {"auth_time", Json(clock_now() - 7200), "another sign-in than the login's (auth_time)"},
      {"nonce", Json("another"), "of another login (nonce)"},
      {"at_hash", Json("another"), "belongs to another access token (at_hash)"},
      {"sub", Json(std::int64_t{1}), "the ID token has a broken sub"},
      {"iat", Json("now"), "the ID token has a broken iat"}};
  for (const auto& [claim, value, complaint] : cases) {
    here.set_claim(claim, value);
    here.check_refresh_refused(complaint);
  }
  for (const char* claim : {"iss", "sub", "aud", "iat", "exp"}) {
    here.erase_claim(claim);
    here.check_refresh_refused("the ID token has no " + std::string(claim));
  }
}

TEST_CASE("an ID token of a refresh that the provider has not signed is refused: 7, ID-3, RF-3") {
  const LoggedIn here;
  here.change_id_tokens([](demo::IdTokenDraft& draft) {
    draft.header = Json(Json::Object{{"alg", Json("none")}});
    draft.signature = "";
  });
  here.check_refresh_refused("is not signed, or in a way that xauth does not know (alg: none)");
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.breaks_signature = true; });
  here.check_refresh_refused("the signature of the ID token is wrong");
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.header.set("kid", "unknown"); });
  here.check_refresh_refused("with a key that the provider does not have (kid: unknown)");
  here.change_id_tokens([](demo::IdTokenDraft& draft) {
    draft.key = jose::SigningKey::from_secret(Secret(std::string(32, 's')));
    draft.algorithm = jose::Algorithm::HS256;
    draft.header.set("alg", "HS256");
  });
  here.check_refresh_refused("signed in another way than the provider's (alg: HS256)");
}

TEST_CASE("an issuer whose keys are away costs the new ID token alone, RF-3") {
  const LoggedIn here;
  const std::string access_token = here.token("access_token");
  const std::string id_token = here.token("id_token");
  here.provider->server().replace(std::string(demo::path::kKeys), always(404, ""));
  const Finished refresh = run(here.start({"refresh"}));
  CHECK(refresh.status == 0);
  CHECK(refresh.err.find("cannot be checked") != std::string::npos);
  CHECK(here.token("access_token") != access_token);
  CHECK(here.token("id_token") == id_token);
}

TEST_CASE("a token that is still valid is printed though the refresh brings a bad ID token, RF-3") {
  const LoggedIn here;
  here.provider->server().set_access_token_lifetime(Seconds(40));
  REQUIRE(run(here.start({"refresh"})).status == 0);
  here.set_claim("sub", Json("another"));
  const auto before = here.files();
  const Finished token = run(here.start({"token"}));
  CHECK(token.status == 0);
  CHECK(token.out == here.token("access_token") + "\n");
  CHECK(token.err.find("(sub)") != std::string::npos);
  CHECK(here.files() == before);
}

TEST_CASE("an ID token of a refresh that is out of its time costs nothing but itself, RF-3") {
  const LoggedIn here;
  const std::pair<const char*, std::int64_t> cases[] = {{"iat", -7 * 86'400}, {"exp", -3600}};
  for (const auto& [claim, shift] : cases) {
    CAPTURE(claim);
    const std::string id_token = here.token("id_token");
    const std::string access_token = here.token("access_token");
    here.set_claim(claim, Json(clock_now() + shift));
    const Finished refresh = run(here.start({"refresh"}));
    CHECK(refresh.status == 0);
    CHECK(refresh.err.find("(" + std::string(claim) + "); the one of before is kept") !=
          std::string::npos);
    CHECK(here.token("id_token") == id_token);
    CHECK(here.token("access_token") != access_token);
  }
}
