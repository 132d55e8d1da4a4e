#include "demo/id_tokens.h"

#include <doctest/doctest.h>

#include "jose/jws.h"
#include "jose/key_set.h"
#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

Manner fast() {
  auto manner = plain();
  manner.id_token_alg = jose::Algorithm::ES256;
  return manner;
}

OutgoingReply log_in(DemoLogin& login, const std::string& scope = "openid profile") {
  auto fields = with(DemoLogin::authorize_fields(), "scope", scope);
  fields.emplace_back("nonce", "n-0S6");
  return login.exchange(login.code(fields));
}

jose::Jws id_token(const OutgoingReply& tokens) {
  return jose::parse_jws(member(tokens, "id_token"), "the ID token");
}

jose::Verdict verdict(DemoLogin& login, const OutgoingReply& tokens) {
  return jose::parse_key_set(login.get("/jwks").body, "the key set").verify(id_token(tokens));
}

}  // namespace

TEST_CASE("a login with openid gets a signed ID token, OpenID Connect Core §2") {
  DemoLogin login(fast());
  const auto tokens = log_in(login);
  CHECK(verdict(login, tokens) == jose::Verdict::valid);
  const auto jws = id_token(tokens);
  CHECK(jws.header.text() == R"({"alg":"ES256","kid":"demo-1"})");
  const auto digest = jose::hash(jose::Algorithm::ES256, member(tokens, "access_token"));
  CHECK(jws.payload ==
        R"({"iss":"http://127.0.0.1:9000","sub":"2244994945","aud":"public","iat":1700000000,)"
        R"("exp":1700003600,"auth_time":1700000000,"nonce":"n-0S6","at_hash":")" +
            base64url(digest.substr(0, 16)) + R"(","preferred_username":"demo"})");
  CHECK(member(log_in(login, "profile"), "id_token").empty());
}

TEST_CASE("an ID token by a shared secret takes the client's") {
  auto manner = fast();
  manner.id_token_alg = jose::Algorithm::HS256;
  DemoLogin login(manner);
  const auto tokens = log_in(login);
  const auto jws = id_token(tokens);
  CHECK(jws.alg == "HS256");
  CHECK_FALSE(jws.kid);
}

TEST_CASE("a refresh brings an ID token of the same login, without nonce, where the manner does") {
  DemoLogin login(fast());
  const auto first = log_in(login);
  login.now += Seconds(100);
  const auto renewed = id_token(login.refresh(member(first, "refresh_token")));
  const auto claims = parse_json(renewed.payload);
  CHECK(claims->find("auth_time")->integer() == 1'700'000'000);
  CHECK(claims->find("iat")->integer() == 1'700'000'100);
  CHECK(claims->find("nonce") == nullptr);
  auto manner = fast();
  manner.id_token_at_refresh = false;
  DemoLogin without(manner);
  const auto token = member(log_in(without), "refresh_token");
  CHECK(member(without.refresh(token), "id_token").empty());
}

TEST_CASE("an ID token can be changed before it is signed, in its header, claims and signature") {
  DemoLogin login(fast());
  login.server.change_id_tokens([](IdTokenDraft& draft) {
    draft.header.erase("kid");
    draft.claims.set("iss", "https://other.example");
    draft.claims.erase("sub");
  });
  auto tokens = log_in(login);
  CHECK(verdict(login, tokens) == jose::Verdict::valid);
  CHECK_FALSE(id_token(tokens).kid);
  const auto claims = parse_json(id_token(tokens).payload);
  CHECK(*claims->find("iss")->string() == "https://other.example");
  CHECK(claims->find("sub") == nullptr);
  login.server.change_id_tokens([](IdTokenDraft& draft) { draft.breaks_signature = true; });
  CHECK(verdict(login, log_in(login)) == jose::Verdict::invalid);
  login.server.change_id_tokens([](IdTokenDraft& draft) {
    draft.header.set("alg", "none");
    draft.signature = "";
  });
  tokens = log_in(login);
  CHECK(id_token(tokens).alg == "none");
  CHECK(member(tokens, "id_token").ends_with('.'));
  login.server.change_id_tokens({});
  CHECK(verdict(login, log_in(login)) == jose::Verdict::valid);
}

TEST_CASE("the server rotates its keys, and adds decoys, between two logins") {
  DemoLogin login(fast());
  const auto before = log_in(login);
  login.server.rotate_keys();
  CHECK(verdict(login, before) == jose::Verdict::no_key);
  login.server.add_key(Json::Object{{"kty", "RSA"}, {"kid", "demo-2"}});
  CHECK(verdict(login, log_in(login)) == jose::Verdict::valid);
}
