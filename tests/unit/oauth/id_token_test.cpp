#include "oauth/id_token.h"

#include <doctest/doctest.h>

#include <functional>

#include "base/encoding.h"
#include "base/error.h"
#include "support/id_tokens.h"
#include "support/signing_keys.h"

using namespace xauth;
using namespace xauth::oauth;
using jose::Algorithm;
using test::kTokenTime;

namespace {

using Change = std::function<void(Json& claims)>;

IdToken token_with(const Change& change) {
  auto parts = test::sound_id_token();
  change(parts.claims);
  return read_id_token(test::sign_id_token(parts, test::ec_key()));
}

IdTokenExpectation expectation() {
  IdTokenExpectation expected;
  expected.provider.issuer = "https://as.example";
  expected.client_id = "client";
  expected.nonce = Secret("n");
  expected.access_token = Secret("at");
  return expected;
}

// The message that `judge` refuses with; empty when it does not.
std::string refusal_of(const std::function<void()>& judge) {
  try {
    judge();
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::bad_response);
    return error.message;
  }
}

std::string claims_refused(const Change& change,
                           const IdTokenExpectation& expected = expectation()) {
  return refusal_of([&] { check_claims(token_with(change), expected); });
}

std::string times_refused(const Change& change, Seconds later = Seconds(0)) {
  return refusal_of([&] { check_times(token_with(change), kTokenTime + later, std::nullopt); });
}

Change set(const char* name, const Json& value) {
  return [=](Json& claims) { claims.set(name, value); };
}

Change erase(const char* name) {
  return [=](Json& claims) { claims.erase(name); };
}

Json seconds(Seconds later) { return {(kTokenTime + later).time_since_epoch().count()}; }

void nothing(Json&) {}

}  // namespace

TEST_CASE("a sound ID token passes, and says who has logged in") {
  const auto token = token_with(nothing);
  check_claims(token, expectation());
  check_times(token, kTokenTime, std::nullopt);
  CHECK(token.aud == std::vector<std::string>{"client"});
  CHECK(account_of(token).name == "person-1");
  CHECK(account_of(token).id == "person-1");
  CHECK(account_of(token_with(set("email", "e@as.example"))).name == "e@as.example");
  CHECK(account_of(token_with(set("preferred_username", "me\x1b[31m"))).name.find('\x1b') ==
        std::string::npos);
}

TEST_CASE("iss, sub, aud, exp and iat are there, and of their types, ID-10") {
  for (const char* name : {"iss", "sub", "aud", "exp", "iat"}) {
    CAPTURE(name);
    CHECK(refusal_of([&] { token_with(erase(name)); }) ==
          std::string("the ID token has no ") + name);
    for (const Json& wrong : {Json(), Json(true), Json(Json::Object()), Json(Json::Array()),
                              Json(std::int64_t{-1}), Json("")}) {
      if (std::string(name) == "aud" && wrong.string() != nullptr) continue;
      CAPTURE(wrong.text());
      CHECK(refusal_of([&] { token_with(set(name, wrong)); }) ==
            std::string("the ID token has a broken ") + name);
    }
  }
  CHECK_FALSE(refusal_of([&] { token_with(set("exp", "1700003600")); }).empty());
  CHECK(refusal_of([&] { token_with(set("exp", Json(Json::Number{"1700003600.5"}))); }).empty());
  CHECK(refusal_of([&] { token_with(set("sub", std::string(255, 's'))); }).empty());
  CHECK_FALSE(refusal_of([&] { token_with(set("sub", std::string(256, 's'))); }).empty());
  CHECK_FALSE(refusal_of([&] { token_with(set("sub", "\xC3\xA9")); }).empty());
}

TEST_CASE("claims are a JSON object whose members are told once, ID-1") {
  const auto refused = [](const std::string& payload) {
    return refusal_of(
        [&] { read_id_token(Secret(test::ec_key().sign(Algorithm::ES256, Json(), payload))); });
  };
  CHECK(refused("[]") == "the ID token holds no JSON object of claims");
  CHECK(refused("") == "the ID token holds no JSON object of claims");
  CHECK(refused(R"({"iss":"a","iss":"b"})") == "the ID token holds no JSON object of claims");
  CHECK(refusal_of([] { read_id_token(Secret("a.b.c.d.e")); }) ==
        "the ID token is encrypted, which xauth does not read");
}

TEST_CASE("iss is the issuer, byte for byte, ID-8") {
  CHECK(claims_refused(set("iss", "https://as.example/")) ==
        "the ID token is of another issuer (iss: https://as.example/, not https://as.example)");
  CHECK_FALSE(claims_refused(set("iss", "https://AS.example")).empty());
  auto unknown = expectation();
  unknown.provider.issuer.clear();
  CHECK(claims_refused(set("iss", "https://other.example"), unknown).empty());
}

TEST_CASE("a part of the issuer is filled from a claim only where the provider says so, ID-8") {
  auto expected = expectation();
  expected.provider.issuer = "https://as.example/{tenantid}/v2.0";
  const Change tenant = [](Json& claims) {
    claims.set("iss", "https://as.example/t-1/v2.0");
    claims.set("tid", "t-1");
  };
  CHECK_FALSE(claims_refused(tenant, expected).empty());
  expected.provider.issuer_claims = {{"tenantid", "tid"}};
  CHECK(claims_refused(tenant, expected).empty());
  CHECK_FALSE(
      claims_refused([&](Json& claims) { tenant(claims), claims.set("tid", "t-2"); }, expected)
          .empty());
  CHECK_FALSE(
      claims_refused([&](Json& claims) { tenant(claims), claims.erase("tid"); }, expected).empty());
}

TEST_CASE("a claim that fills a part of the issuer leads nowhere else, ID-8") {
  auto expected = expectation();
  expected.provider.issuer = "https://as.example/{tenantid}/v2.0";
  expected.provider.issuer_claims = {{"tenantid", "tid"}};
  for (const char* tid : {"", "../x", "a/b", "x?", "{tenantid}", "."}) {
    CAPTURE(tid);
    const Change tenant = [&](Json& claims) {
      claims.set("iss", Json("https://as.example/" + std::string(tid) + "/v2.0"));
      claims.set("tid", Json(tid));
    };
    CHECK(claims_refused(tenant, expected) == "the ID token has no usable tid for its issuer");
  }
}

TEST_CASE("aud is this client alone, azp is this client, ID-9") {
  const auto list = [](const std::vector<std::string>& names) {
    Json::Array out;
    for (const auto& name : names) out.emplace_back(name);
    return Json(out);
  };
  CHECK(claims_refused(set("aud", list({"client"}))).empty());
  CHECK(claims_refused(set("aud", "other")) == "the ID token is for another client (aud: other)");
  CHECK(claims_refused(set("aud", list({"client", "other"}))) ==
        "the ID token is for another client too (aud: other)");
  CHECK(claims_refused(set("azp", "client")).empty());
  CHECK(claims_refused(set("azp", "other")) == "the ID token was issued to another client (azp)");
  CHECK_FALSE(claims_refused(set("azp", Json())).empty());
}

TEST_CASE("nonce is the one that was sent; one that was not asked for says nothing, ID-12") {
  CHECK(claims_refused(erase("nonce")) == "the ID token has no nonce");
  CHECK(claims_refused(set("nonce", "m")) == "the ID token is not of this login (nonce)");
  CHECK_FALSE(claims_refused(set("nonce", Json(std::int64_t{1}))).empty());
  auto none_sent = expectation();
  none_sent.nonce = Secret();
  CHECK(claims_refused(nothing, none_sent).empty());
}

TEST_CASE("at_hash, where there is one, is the left half of the access token's hash, ID-13") {
  const std::string digest = jose::hash(Algorithm::ES256, "at");
  CHECK(claims_refused(set("at_hash", base64url(digest.substr(0, 16)))).empty());
  CHECK(claims_refused(set("at_hash", base64url(digest))) ==
        "the ID token belongs to another access token (at_hash)");
  CHECK_FALSE(claims_refused(set("at_hash", "")).empty());
  CHECK_FALSE(claims_refused(set("at_hash", Json())).empty());
}

TEST_CASE("at_hash of Core's example, and by SHA-512 for EdDSA, ID-13") {
  auto expected = expectation();
  expected.access_token = Secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
  CHECK(claims_refused(set("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"), expected).empty());
  auto parts = test::sound_id_token();
  parts.claims.set("at_hash", Json(base64url(jose::hash(Algorithm::HS512, "at").substr(0, 32))));
  const auto token =
      read_id_token(test::sign_id_token(parts, test::make_key("ED25519"), Algorithm::EdDSA));
  CHECK(refusal_of([&] { check_claims(token, expectation()); }).empty());
}

TEST_CASE("max_age asked for: auth_time is there and recent, ID-14") {
  auto expected = expectation();
  expected.max_age = Seconds(300);
  CHECK_FALSE(claims_refused(nothing, expected).empty());
  CHECK(claims_refused(set("auth_time", seconds(-Seconds(360))), expected).empty());
  CHECK(claims_refused(set("auth_time", seconds(-Seconds(361))), expected) ==
        "the ID token is of a sign-in longer ago than --max-age (auth_time)");
  CHECK_FALSE(claims_refused(set("auth_time", "yesterday"), expected).empty());
}

TEST_CASE("exp, nbf and iat with 60 s of leeway, iat not over 10 minutes ago, ID-11") {
  CHECK(times_refused(set("exp", seconds(-Seconds(59)))).empty());
  CHECK(times_refused(set("exp", seconds(-Seconds(60)))) == "the ID token has expired (exp)");
  CHECK(times_refused(set("nbf", seconds(Seconds(60)))).empty());
  CHECK(times_refused(set("nbf", seconds(Seconds(61)))) == "the ID token is not valid yet (nbf)");
  CHECK_FALSE(times_refused(set("nbf", "now")).empty());
  CHECK(times_refused(set("iat", seconds(Seconds(60)))).empty());
  CHECK(times_refused(set("iat", seconds(Seconds(61)))) ==
        "the ID token was issued in the future (iat)");
  CHECK(times_refused(nothing, Seconds(600)).empty());
  CHECK(times_refused(nothing, Seconds(601)) ==
        "the ID token was issued more than 10 minutes ago (iat)");
}

TEST_CASE("a clock that is wrong by the provider's appears in the hint, ID-11") {
  const auto hint = [](std::optional<Time> provider_time) {
    try {
      check_times(token_with(nothing), kTokenTime + Seconds(7200), provider_time);
    } catch (const Error& error) {
      return error.hint;
    }
    return std::string("no refusal");
  };
  CHECK(hint(kTokenTime) == "set this machine's clock: it is 7200 s ahead of the provider's");
  CHECK(hint(kTokenTime + Seconds(7200)).empty());
  CHECK(hint(std::nullopt) == "compare this machine's clock: xauth doctor");
}

TEST_CASE("check_algorithm: only permitted ones, never none, HMAC with a long secret, ID-2") {
  const auto refused = [](const IdToken& token, const std::vector<Algorithm>& permitted,
                          const std::string& secret = {}) {
    return refusal_of([&] { check_algorithm(token, permitted, {.secret = Secret(secret)}); });
  };
  const auto es256 = token_with(nothing);
  CHECK(refused(es256, {}).empty());
  CHECK(refused(es256, {Algorithm::RS256, Algorithm::ES256}).empty());
  CHECK(refused(es256, {Algorithm::RS256}) ==
        "the ID token is signed in another way than the provider's (alg: ES256)");
  const auto none = read_id_token(test::unsigned_id_token(test::sound_id_token()));
  CHECK(refused(none, {}) ==
        "the ID token is not signed, or in a way that xauth does not know (alg: none)");
  const std::string secret(32, 's');
  const auto hs256 = read_id_token(test::sign_id_token(
      test::sound_id_token(), jose::SigningKey::from_secret(Secret(secret)), Algorithm::HS256));
  CHECK(refused(hs256, {Algorithm::HS256}, secret).empty());
  CHECK_FALSE(refused(hs256, {Algorithm::HS256}, secret.substr(1)).empty());
  CHECK_FALSE(refused(hs256, {}).empty());
  CHECK(check_signature(hs256, {.secret = Secret(secret)}, {}) == jose::Verdict::valid);
  CHECK(check_signature(hs256, {.secret = Secret(secret + "x")}, {}) == jose::Verdict::invalid);
}

TEST_CASE("signing_algorithms: what metadata lists and we know, HMAC and none left out, ID-2") {
  CHECK(signing_algorithms({"none", "RS256", "HS256", "ES256K", "EdDSA"}) ==
        std::vector{Algorithm::RS256, Algorithm::EdDSA});
  CHECK(signing_algorithms({}).empty());
}

TEST_CASE("check_same_login: iss, sub, aud, auth_time and nonce stay at a refresh, RF-3") {
  const Change first = set("auth_time", seconds(-Seconds(5)));
  const auto refused = [&](const Change& change) {
    return refusal_of([&] {
      check_same_login(token_with(first),
                       token_with([&](Json& claims) { first(claims), change(claims); }));
    });
  };
  CHECK(refused(nothing).empty());
  CHECK(refused(erase("nonce")).empty());
  CHECK(refused(erase("auth_time")).empty());
  CHECK(refused(set("iat", seconds(Seconds(3600)))).empty());
  CHECK(refused(set("aud", Json(Json::Array{Json("client")}))).empty());
  CHECK(refused(set("iss", "https://other.example")) ==
        "the ID token of the refresh is of another issuer than the login's (iss)");
  CHECK(refused(set("sub", "person-2")) ==
        "the ID token of the refresh is of another person than the login's (sub)");
  CHECK_FALSE(refused(set("aud", "other")).empty());
  CHECK_FALSE(refused(set("auth_time", seconds(Seconds(0)))).empty());
  CHECK_FALSE(refused(set("nonce", "m")).empty());
}
