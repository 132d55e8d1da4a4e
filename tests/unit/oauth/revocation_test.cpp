#include "oauth/revocation.h"

#include <doctest/doctest.h>

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
  CHECK_FALSE(check_revocation_response(request, {200, {}, "anything"}).has_value());
  const auto refused =
      check_revocation_response(request, {400, {}, R"({"error":"unsupported_token_type"})"});
  REQUIRE(refused);
  CHECK(refused->error == "unsupported_token_type");
  CHECK(check_revocation_response(request, {404, {}, "<html>"})->error == "status 404");
  CHECK_THROWS_AS(check_revocation_response(request, {503, {}, ""}), Error);
  CHECK_THROWS_AS(check_revocation_response(request, {302, {}, ""}), Error);
}
