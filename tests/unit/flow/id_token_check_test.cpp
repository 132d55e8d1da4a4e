#include "flow/id_token_check.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/id_tokens.h"
#include "support/signing_keys.h"

using namespace xauth;
using namespace xauth::flow;
using test::sound_id_token;

namespace {

// An outside that serves key sets and metadata.
struct Keyring {
  std::vector<std::string> key_sets;  // one an answer, the last one for all further
  std::string metadata = R"({"issuer":"https://as.example","jwks_uri":"https://as.example/keys",)"
                         R"("authorization_endpoint":"https://as.example/a",)"
                         R"("token_endpoint":"https://as.example/t",)"
                         R"("id_token_signing_alg_values_supported":["RS256","ES256"]})";
  bool down = false;
  int busy = 0;  // for that many requests
  std::vector<std::string> asked;
  std::string told;

  System system() {
    return {.now = [] { return test::kTokenTime; },
            .sleep = [](std::chrono::milliseconds) {},
            .fill_random = [](std::span<std::byte>) {},
            .send = [this](const HttpRequest& request) { return answer(request.url); },
            .open_browser = {},
            .say = [this](const std::string& line) { told += line + "\n"; }};
  }

  HttpResponse answer(const Url& url) {
    if (busy-- > 0) return {503, {}, ""};
    if (down) throw SendFailure(Code::unreachable, "as.example is down", {}, false);
    asked.push_back(url.path);
    if (url.path != "/keys") return {200, {}, metadata};
    const std::string keys = key_sets.front();
    if (key_sets.size() > 1) key_sets.erase(key_sets.begin());
    return {200, {}, keys};
  }
};

struct Login {
  oauth::Provider provider;
  oauth::Client client{.id = "client"};
  IdTokenAsked asked{.nonce = Secret("n")};

  Login() {
    provider.id = "https://as.example";
    provider.issuer = "https://as.example";
    provider.jwks_url = "https://as.example/keys";
    provider.id_token_algs = {jose::Algorithm::ES256};
  }

  std::optional<oauth::IdToken> check(Keyring& keyring, const Secret& token) const {
    oauth::TokenGrant grant;
    grant.access_token = Secret("at");
    grant.id_token = token;
    return check_id_token(keyring.system(), provider, client, asked, grant);
  }

  // What the check ends with; empty when it passes.
  std::string refusal(Keyring& keyring, const Secret& token) const {
    try {
      check(keyring, token);
      return {};
    } catch (const Error& error) {
      return error.message;
    }
  }
};

std::string keys_of(const std::string& kid, const jose::SigningKey& key) {
  return test::key_set_of({{kid, key}});
}

Secret sound() { return test::sign_id_token(sound_id_token(), test::ec_key()); }

}  // namespace

TEST_CASE("the signature is checked with the keys at jwks_url, ID-3") {
  Keyring keyring{.key_sets = {keys_of("k1", test::ec_key())}};
  CHECK(Login().check(keyring, sound())->sub == "person-1");
  CHECK(keyring.asked == std::vector<std::string>{"/keys"});
  auto forged = sound().reveal();
  forged[forged.size() - 5] = forged[forged.size() - 5] == 'A' ? 'B' : 'A';
  CHECK(Login().refusal(keyring, Secret(forged)) == "the signature of the ID token is wrong");
}

TEST_CASE("without a jwks_url the issuer's metadata says where the keys are, and for what, ID-3") {
  Keyring keyring{.key_sets = {keys_of("k1", test::ec_key())}};
  Login login;
  login.provider.jwks_url.clear();
  login.provider.id_token_algs.clear();
  CHECK(login.check(keyring, sound()).has_value());
  CHECK(keyring.asked == std::vector<std::string>{"/.well-known/openid-configuration", "/keys"});
  keyring.metadata.replace(keyring.metadata.find(R"("RS256","ES256")"), 15, R"("RS256")");
  CHECK(login.refusal(keyring, sound()) ==
        "the ID token is signed in another way than the provider's (alg: ES256)");
}

TEST_CASE("an unknown kid makes us fetch the keys once more, and no more, ID-6") {
  const auto old_keys = keys_of("k0", test::make_key("EC", "P-256"));
  Keyring rotated{.key_sets = {old_keys, keys_of("k1", test::ec_key())}};
  CHECK(Login().refusal(rotated, sound()).empty());
  CHECK(rotated.asked.size() == 2);
  Keyring stale{.key_sets = {old_keys}};
  CHECK(Login().refusal(stale, sound()) ==
        "the ID token is signed with a key that the provider does not have (kid: k1)");
  CHECK(stale.asked.size() == 2);
}

TEST_CASE("a provider that is busy is asked again for its keys, TQ-16, ID-3") {
  Keyring keyring{.key_sets = {keys_of("k1", test::ec_key())}};
  keyring.busy = 2;
  CHECK(Login().refusal(keyring, sound()).empty());
  keyring.busy = 3;
  CHECK(Login().refusal(keyring, sound()).find("503") != std::string::npos);
}

TEST_CASE("an issuer that was asked for by name must give its keys, ID-3") {
  Keyring keyring{.key_sets = {"{}"}};
  CHECK(Login().refusal(keyring, sound()) ==
        "the key set of as.example is no JSON object with an array of keys");
  keyring.down = true;
  CHECK(Login().refusal(keyring, sound()) == "as.example is down");
}

TEST_CASE(
    "an ID token whose issuer is not known is taken, and that it is unchecked is told, ID-8") {
  Keyring keyring;
  Login login;
  login.provider.id = "custom";
  login.provider.issuer.clear();
  login.provider.jwks_url.clear();
  CHECK(login.check(keyring, sound()).has_value());
  CHECK(keyring.told.starts_with("warning: who made the ID token is not checked"));
  login.provider.id_token_required = false;  // a preset's, which knows that
  keyring.told.clear();
  CHECK(login.check(keyring, sound()).has_value());
  CHECK(keyring.told.empty());
}

TEST_CASE("a preset's issuer that gives no keys is a warning; the claims are checked, ID-3") {
  Login login;
  login.provider.id = "preset";
  Keyring keyring{.down = true};
  CHECK(login.check(keyring, sound()).has_value());
  CHECK(keyring.told ==
        "warning: the signature of the ID token is not checked: as.example is down\n");
  auto parts = sound_id_token();
  parts.claims.set("aud", "other");
  CHECK(login.refusal(keyring, test::sign_id_token(parts, test::ec_key())) ==
        "the ID token is for another client (aud: other)");
  CHECK(login.refusal(keyring, test::unsigned_id_token(sound_id_token())) ==
        "the ID token is not signed, or in a way that xauth does not know (alg: none)");
}

TEST_CASE("without an issuer the claims are checked and nobody is asked") {
  Login login;
  login.provider = {.id = "custom"};
  Keyring keyring;
  CHECK(login.check(keyring, sound()).has_value());
  auto parts = sound_id_token();
  parts.claims.set("nonce", "m");
  CHECK(login.refusal(keyring, test::sign_id_token(parts, test::ec_key())) ==
        "the ID token is not of this login (nonce)");
  CHECK(keyring.asked.empty());
}

TEST_CASE("an ID token that is missing is refused, unless the provider need not send one, ID-1") {
  Keyring keyring;
  Login login;
  CHECK(login.refusal(keyring, Secret()) ==
        "the provider sent no ID token (id_token), though openid was asked for");
  CHECK(login.refusal(keyring, Secret("h.p.s")).starts_with("the ID token has a header"));
  login.provider.id_token_required = false;
  CHECK_FALSE(login.check(keyring, Secret()).has_value());
  CHECK_FALSE(login.check(keyring, Secret("h.p.s")).has_value());
  CHECK(keyring.told.starts_with("warning: the ID token has a header"));
}

TEST_CASE("nothing is fetched for an ID token whose claims are wrong, ID-8") {
  Keyring keyring{.key_sets = {keys_of("k1", test::ec_key())}};
  auto parts = sound_id_token();
  parts.claims.set("iss", "https://other.example");
  CHECK_FALSE(Login().refusal(keyring, test::sign_id_token(parts, test::ec_key())).empty());
  CHECK(keyring.asked.empty());
}

TEST_CASE("a signature by the client's secret is checked without any keys, ID-2, ID-3") {
  const std::string secret(40, 's');
  const auto by = [](const std::string& key) {
    return test::sign_id_token(sound_id_token(), jose::SigningKey::from_secret(Secret(key)),
                               jose::Algorithm::HS256);
  };
  const std::string forged = "the signature of the ID token is wrong";
  Login login;
  login.client.secret = Secret(secret);
  login.provider.id = "preset";
  login.provider.id_token_algs = {jose::Algorithm::HS256};
  Keyring keyring{.down = true};
  CHECK(login.refusal(keyring, by(secret)).empty());
  CHECK(login.refusal(keyring, by(secret + "x")) == forged);
  login.provider.issuer.clear();
  login.provider.jwks_url.clear();
  CHECK(login.refusal(keyring, by(secret)).empty());
  CHECK(login.refusal(keyring, by(secret + "x")) == forged);
  CHECK(keyring.told.find("signature") == std::string::npos);
  CHECK(keyring.asked.empty());
}

TEST_CASE("a provider that has keys signs with no secret, unless its preset says so, ID-2") {
  Login login;
  login.client.secret = Secret(std::string(40, 's'));
  login.provider.id = "preset";
  login.provider.id_token_algs.clear();
  Keyring keyring{.down = true};
  const auto token = test::sign_id_token(
      sound_id_token(), jose::SigningKey::from_secret(login.client.secret), jose::Algorithm::HS256);
  CHECK(login.refusal(keyring, token) ==
        "the ID token is signed in another way than the provider's (alg: HS256)");
}

namespace {

// A refresh at an issuer whose algorithms, as always, are not kept with the profile.
struct Refresh : Login {
  Keyring keyring{.key_sets = {keys_of("k1", test::ec_key())}};
  Secret first = sound();

  Refresh() { provider.id_token_algs.clear(); }

  // The ID token that the refresh leaves in the grant, or what it is refused with.
  std::string renewed(const Secret& token) {
    oauth::TokenGrant grant;
    grant.access_token = Secret("at2");
    grant.id_token = token;
    try {
      const auto before = before_refresh(keyring.system(), provider, first);
      check_renewed_id_token(keyring.system(), provider, client, before, grant);
      return grant.id_token.reveal();
    } catch (const Error& error) {
      CHECK(error.code == Code::bad_response);
      return error.message;
    }
  }
};

}  // namespace

TEST_CASE_FIXTURE(Refresh, "an ID token of a refresh is of the same login, RF-3") {
  auto parts = sound_id_token();
  CHECK(renewed(Secret()).empty());
  parts.claims.erase("nonce");
  const Secret good = test::sign_id_token(parts, test::ec_key());
  CHECK(renewed(good) == good.reveal());
  first = Secret();
  CHECK(renewed(good) == good.reveal());
  parts.claims.set("aud", "other");
  CHECK(renewed(test::sign_id_token(parts, test::ec_key())) ==
        "the ID token is for another client (aud: other)");
  first = sound();
  parts = sound_id_token();
  parts.claims.set("sub", "person-2");
  CHECK(renewed(test::sign_id_token(parts, test::ec_key())) ==
        "the ID token of the refresh is of another person than the login's (sub)");
}

TEST_CASE_FIXTURE(Refresh, "an ID token of a refresh is signed by the provider, ID-2, ID-3, RF-3") {
  CHECK(renewed(test::unsigned_id_token(sound_id_token())) ==
        "the ID token is not signed, or in a way that xauth does not know (alg: none)");
  CHECK(renewed(test::sign_id_token(sound_id_token(), test::make_key("EC", "P-256"))) ==
        "the signature of the ID token is wrong");
  auto parts = sound_id_token();
  parts.header.set("kid", "k2");
  CHECK(renewed(test::sign_id_token(parts, test::ec_key())) ==
        "the ID token is signed with a key that the provider does not have (kid: k2)");
  client.secret = Secret(std::string(40, 's'));
  CHECK(renewed(test::sign_id_token(sound_id_token(), jose::SigningKey::from_secret(client.secret),
                                    jose::Algorithm::HS256)) ==
        "the ID token is signed in another way than the provider's (alg: HS256)");
  CHECK(keyring.told.empty());
}

TEST_CASE_FIXTURE(Refresh, "the provider's keys are fetched before the refresh, not behind it") {
  const auto before = before_refresh(keyring.system(), provider, first);
  CHECK(keyring.asked == std::vector<std::string>{"/keys"});
  oauth::TokenGrant grant;
  grant.id_token = sound();
  check_renewed_id_token(keyring.system(), provider, client, before, grant);
  CHECK(keyring.asked.size() == 1);
  CHECK_FALSE(before_refresh(keyring.system(), provider, Secret()).keys);
  CHECK_FALSE(before_refresh(keyring.system(), {.id = "custom"}, first).keys);
  CHECK(keyring.asked.size() == 1);
}

TEST_CASE_FIXTURE(Refresh,
                  "keys that cannot be had cost the new ID token, no refresh token, RF-3") {
  keyring.down = true;
  CHECK(renewed(sound()).empty());
  CHECK(keyring.told ==
        "warning: the signature of the new ID token cannot be checked: as.example is down; the one "
        "of before is kept\n");
  CHECK(renewed(test::unsigned_id_token(sound_id_token())).starts_with("the ID token is not sign"));
}

TEST_CASE_FIXTURE(Refresh, "a renewed ID token that has expired by our clock is left out, RF-3") {
  auto parts = sound_id_token();
  parts.claims.set("exp", Json(std::int64_t{1'600'000'000}));
  CHECK(renewed(test::sign_id_token(parts, test::ec_key())).empty());
  CHECK(keyring.told == "warning: the ID token has expired (exp); the one of before is kept\n");
}
