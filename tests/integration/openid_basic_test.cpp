// The basic plan of OpenID Connect's conformance suite for clients: a case a module, by its name.
#include <doctest/doctest.h>

#include "support/kept_login.h"
#include "support/openid_place.h"
#include "support/signing_keys.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A parameter of the last authorize request.
std::string asked_for(const OpenidPlace& here, std::string_view name) {
  return here.last("/authorize").parameter(name).value_or("");
}

// The public part of a fresh key as a key set shows it.
Json stranger(const std::string& type, const std::string& detail) {
  Json jwk = make_key(type, detail).public_jwk();
  jwk.set("use", Json("sig"));
  return jwk;
}

}  // namespace

TEST_CASE("oidcc-client-test") {
  const OpenidPlace here;
  here.check_accepted();
  CHECK(asked_for(here, "response_type") == "code");
  CHECK(asked_for(here, "client_id") == kBasicClient);
  CHECK(asked_for(here, "scope") == "openid");
  CHECK(asked_for(here, "state").size() == 43);
  CHECK(asked_for(here, "nonce") == *here.id_token_claims().find("nonce")->string());
  CHECK(asked_for(here, "code_challenge_method") == "S256");

  const auto exchange = here.last("/token");
  CHECK(exchange.parameter("grant_type") == "authorization_code");
  CHECK(exchange.parameter("redirect_uri") == asked_for(here, "redirect_uri"));
  CHECK(exchange.parameter("code_verifier").value_or("").size() == 43);

  const auto who = here.last("/me").request;
  CHECK(who.method == "GET");
  CHECK(who.target == "/me");
  CHECK(find_header(who.headers, "Authorization") == "Bearer " + here.token("access_token"));
  CHECK(here.token("account") == "demo");
  for (const char* path : {"/authorize", "/token", "/jwks", "/me"}) CHECK(here.asked(path) == 1);
}

TEST_CASE("oidcc-client-test-invalid-iss") {
  const OpenidPlace here;
  for (const std::string& iss : {here.provider->url() + "/", std::string("https://evil.example")}) {
    here.set_claim("iss", Json(iss));
    here.check_refused("another issuer (iss: " + iss);
  }
  CHECK(here.asked("/jwks") == 0);
}

TEST_CASE("oidcc-client-test-missing-sub") {
  const OpenidPlace here;
  here.erase_claim("sub");
  here.check_refused("the ID token has no sub");
}

TEST_CASE("oidcc-client-test-invalid-aud") {
  const OpenidPlace here;
  here.set_claim("aud", Json("another-client"));
  here.check_refused("the ID token is for another client (aud: another-client)");
  here.set_claim("aud", Json(Json::Array{Json(kBasicClient), Json("another-client")}));
  here.check_refused("the ID token is for another client too (aud: another-client)");
}

TEST_CASE("oidcc-client-test-missing-iat") {
  const OpenidPlace here;
  here.erase_claim("iat");
  here.check_refused("the ID token has no iat");
}

TEST_CASE("oidcc-client-test-kid-absent-single-jwks") {
  const OpenidPlace here;
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.header.erase("kid"); });
  here.check_accepted();
  CHECK(here.id_token_header().find("kid") == nullptr);
  CHECK(here.asked("/jwks") == 1);
}

// Every key that may have signed is tried.
TEST_CASE("oidcc-client-test-kid-absent-multiple-jwks") {
  const OpenidPlace here;
  here.provider->server().add_key(stranger("RSA", "2048"));
  here.provider->server().add_key(stranger("EC", "P-256"));
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.header.erase("kid"); });
  here.check_accepted();
  CHECK(here.id_token_header().find("kid") == nullptr);
}

TEST_CASE("oidcc-client-test-idtoken-sig-rs256") {
  const OpenidPlace here;
  here.check_accepted();
  CHECK(*here.id_token_header().find("alg")->string() == "RS256");
  const Finished shown = run(here.start({"inspect", "work", "-o", "json"}));
  CHECK(*parse_json(shown.out).value().find("id_token")->find("signature")->string() == "valid");
}

// In the plans for the basic profile and for the configuration alike; the suite lets a client
// accept it as well, as it comes from the token endpoint itself.
TEST_CASE("oidcc-client-test-idtoken-sig-none") {
  OpenidPlace here;
  here.tell("id_token_signing_alg_values_supported", Json(Json::Array{Json("none")}));
  here.change_id_tokens([](demo::IdTokenDraft& draft) {
    draft.header = Json(Json::Object{{"alg", Json("none")}});
    draft.signature = "";
  });
  here.check_refused("is not signed, or in a way that xauth does not know (alg: none)");
}

TEST_CASE("oidcc-client-test-invalid-sig-rs256") {
  const OpenidPlace here;
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.breaks_signature = true; });
  here.check_refused("the signature of the ID token is wrong");
  here.change_id_tokens([](demo::IdTokenDraft& draft) { draft.key = rsa_key(); });
  here.check_refused("the signature of the ID token is wrong");
}

// Nothing of such an answer is used: the ID token says who has logged in.
TEST_CASE("oidcc-client-test-userinfo-invalid-sub") {
  const OpenidPlace here;
  here.provider->server().replace("/me",
                                  always(200, R"({"sub":"another","preferred_username":"eve"})"));
  const Finished login = here.sign_in();
  CHECK(login.status == 0);
  CHECK(login.err.find("warning: cannot tell whose account this is") != std::string::npos);
  CHECK(login.err.find("another person than the ID token does (sub)") != std::string::npos);
  CHECK(here.token("account") == demo::kSubject);
  CHECK(here.token("account_id") == demo::kSubject);
  for (const auto& [name, content] : here.files()) {
    CHECK(content.find("eve") == std::string::npos);
    CHECK(content.find("another") == std::string::npos);
  }
  const Finished who = run(here.start({"whoami", "-o", "json"}));
  CHECK(who.status == 7);
  CHECK(who.out.empty());
}

TEST_CASE("whoami believes no answer that does not repeat the ID token's sub, ID-15") {
  const OpenidPlace here;
  REQUIRE(here.sign_in().status == 0);
  for (const char* answer : {R"({"preferred_username":"eve"})", R"({"sub":"another"})"}) {
    CAPTURE(answer);
    here.provider->server().replace("/me", always(200, answer));
    const Finished who = run(here.start({"whoami", "-o", "json"}));
    CHECK(who.status == 7);
    CHECK(who.out.empty());
    CHECK(who.err.find("another person than the ID token does (sub)") != std::string::npos);
  }
}

TEST_CASE("oidcc-client-test-nonce-invalid") {
  const OpenidPlace here;
  here.set_claim("nonce", Json("of-another-login"));
  here.check_refused("the ID token is not of this login (nonce)");
  here.erase_claim("nonce");
  here.check_refused("the ID token has no nonce");
}

// Of the comprehensive plan: the code flow may go without, but a nonce is always sent.
TEST_CASE("oidcc-client-test-nonce-unless-code-flow") {
  const OpenidPlace here;
  here.check_accepted();
  const std::string first = asked_for(here, "nonce");
  here.check_accepted();
  CHECK(first.size() == 43);
  CHECK(asked_for(here, "nonce").size() == 43);
  CHECK(asked_for(here, "nonce") != first);
  CHECK(asked_for(here, "nonce") == *here.id_token_claims().find("nonce")->string());
}

TEST_CASE("oidcc-client-test-scope-userinfo-claims") {
  demo::Manner manner = demo::plain();
  manner.account.set("email", Json("person@as.example"));
  manner.account.set("phone_number", Json("+1 555 0100"));
  manner.account.set("address", Json(Json::Object{{"country", Json("NZ")}}));
  const OpenidPlace here(manner);
  const std::string scope = "openid profile email phone address";
  REQUIRE(here.sign_in(scope).status == 0);
  CHECK(asked_for(here, "scope") == scope);
  CHECK(asked_for(here, "claims").empty());
  CHECK(here.token("scope") == scope);
  const Json who = parse_json(run(here.start({"whoami", "-o", "json"})).out).value();
  CHECK(who.find("claims")->text() == manner.account.text());
}

TEST_CASE("oidcc-client-test-client-secret-basic") {
  const OpenidPlace here;
  const auto check_proof = [&](const std::string& path) {
    CAPTURE(path);
    const auto request = here.last(path);
    CHECK(header_of(request, "Authorization") == basic_credentials());
    for (const char* name : {"client_id", "client_secret", "client_assertion"}) {
      CHECK_FALSE(request.parameter(name));
    }
    check_no_secret(request.request.target);
  };
  here.check_accepted();
  CHECK(here.kept("config.json", "profiles.work.client_auth") == "basic");
  check_proof("/token");
  REQUIRE(run(here.start({"refresh"})).status == 0);
  CHECK(here.last("/token").parameter("grant_type") == "refresh_token");
  check_proof("/token");
  REQUIRE(run(here.start({"logout"})).status == 0);
  check_proof("/revoke");
}
