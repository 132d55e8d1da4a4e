#include "oauth/revocation.h"

#include <doctest/doctest.h>

#include "oauth/preset.h"
#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("the revocation request is authenticated as at the token endpoint, RV-1") {
  const auto request = make_revocation_request(pending_at().provider,
                                               {.id = "c", .auth = ClientAuth::none, .secret = {}},
                                               Secret(std::string("rt")), "refresh_token", {});
  CHECK(request.url.text() == "https://as.example/revoke");
  CHECK(encode_form(*request.form).matches("token=rt&token_type_hint=refresh_token&client_id=c"));
}

TEST_CASE("200 means gone, whatever the body; else the refusal is kept, RV-3") {
  const HttpRequest request;
  CHECK_FALSE(check_revocation_response({}, request, {200, {}, "anything"}).has_value());
  const auto refused =
      check_revocation_response({}, request, {400, {}, R"({"error":"unsupported_token_type"})"});
  REQUIRE(refused);
  CHECK(refused->error == "unsupported_token_type");
  CHECK(check_revocation_response({}, request, {404, {}, "<html>"})->error == "status 404");
  CHECK_THROWS_AS(check_revocation_response({}, request, {503, {}, ""}), Error);
  CHECK_THROWS_AS(check_revocation_response({}, request, {302, {}, ""}), Error);
}

TEST_CASE("a preset revokes in its own manner: as the bearer, or with a JSON body") {
  const Client client{.id = "c/1", .auth = ClientAuth::basic, .secret = Secret(std::string("s"))};
  const Secret token(std::string("at"));
  const auto bearer =
      parse_preset("test", R"({"revoke_url":"https://as.example/revoke","revoke_style":"bearer"})");
  const auto by_token = make_revocation_request(bearer, client, token, "access_token", {});
  CHECK(by_token.authorization.matches("Bearer at"));
  CHECK_FALSE(by_token.form.has_value());
  CHECK(can_revoke(bearer, "access_token"));
  CHECK_FALSE(can_revoke(bearer, "refresh_token"));

  const auto json = parse_preset("test", R"({"revoke_style":"json","revoke_method":"DELETE",
      "revoke_url":"https://as.example/apps/{client_id}/token",
      "revoke_token_parameter":"access_token","revoke_only":"access_token"})");
  const auto by_client = make_revocation_request(json, client, token, "access_token", {});
  CHECK(by_client.url.text() == "https://as.example/apps/c%2F1/token");
  CHECK(by_client.method == "DELETE");
  CHECK(by_client.format == BodyFormat::json);
  CHECK(encode_json(*by_client.form)
            .matches(R"({"access_token":"at","token_type_hint":"access_token"})"));
  CHECK(can_revoke(json, "access_token"));
  CHECK_FALSE(can_revoke(json, "refresh_token"));
  CHECK_FALSE(check_revocation_response(json, by_client, {204, {}, ""}));
}

TEST_CASE("a provider that hides its no in a 200 is understood when it revokes in its own manner") {
  const auto preset = parse_preset("test", R"({"revoke_style":"bearer",
      "success":{"field":"ok","value":true},"errors":[
      {"grant":"revoke","error":"token_revoked","means":"invalid_token"},
      {"error":"fatal_error","means":"server_error"}]})");
  const auto answer = [&](const char* body) {
    return check_revocation_response(preset, {}, {200, {}, body});
  };
  CHECK_FALSE(answer(R"({"ok":true,"revoked":true})"));
  CHECK_FALSE(answer(R"({"ok":false,"error":"token_revoked"})"));
  REQUIRE(answer(R"({"ok":false,"error":"fatal_error"})"));
  CHECK(answer(R"({"ok":false,"error":"fatal_error"})")->meaning == "server_error");
}
