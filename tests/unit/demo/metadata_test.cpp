#include "demo/metadata.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

const Addresses kHere = {"http://127.0.0.1:9000", "http://127.0.0.1:9000"};

std::string text_of(const Json& told, std::string_view name) {
  const auto* value = told.find(name);
  return value != nullptr ? value->text() : "";
}

}  // namespace

TEST_CASE("the metadata tells the issuer and every endpoint that is offered") {
  const Json told = metadata(plain(), kHere);
  CHECK(text_of(told, "issuer") == R"("http://127.0.0.1:9000")");
  CHECK(text_of(told, "authorization_endpoint") == R"("http://127.0.0.1:9000/authorize")");
  CHECK(text_of(told, "token_endpoint") == R"("http://127.0.0.1:9000/token")");
  CHECK(text_of(told, "revocation_endpoint") == R"("http://127.0.0.1:9000/revoke")");
  CHECK(text_of(told, "userinfo_endpoint") == R"("http://127.0.0.1:9000/me")");
  CHECK(text_of(told, "code_challenge_methods_supported") == R"(["S256"])");
  CHECK(text_of(told, "authorization_response_iss_parameter_supported").empty());
}

TEST_CASE("a manner announces `iss`, and changes or leaves out members of the metadata") {
  auto manner = plain();
  manner.iss_in_answers = true;
  manner.metadata = {{"token_endpoint", "javascript:alert(1)"}, {"revocation_endpoint", Json()}};
  const Json told = metadata(manner, kHere);
  CHECK(text_of(told, "authorization_response_iss_parameter_supported") == "true");
  CHECK(text_of(told, "token_endpoint") == "\"javascript:alert(1)\"");
  CHECK(told.find("revocation_endpoint") == nullptr);
}

TEST_CASE("the metadata is at both well-known addresses, where the manner speaks OpenID") {
  DemoLogin in_plain(plain());
  const auto openid = in_plain.get("/.well-known/openid-configuration");
  CHECK(openid.status == 200);
  CHECK(header(openid, "Content-Type") == "application/json");
  CHECK(member(openid, "issuer") == "http://127.0.0.1:9000");
  CHECK(in_plain.get("/.well-known/oauth-authorization-server").body == openid.body);
  auto manner = plain();
  manner.speaks_openid = false;
  manner.issuer = "http://127.0.0.1:9000/tenant";
  DemoLogin without(manner);
  CHECK(without.get("/.well-known/openid-configuration").status == 404);
  const auto told = without.get("/.well-known/oauth-authorization-server");
  CHECK(member(told, "issuer") == "http://127.0.0.1:9000/tenant");
  CHECK(member(told, "userinfo_endpoint").empty());
  CHECK(DemoLogin().get("/.well-known/oauth-authorization-server").status == 404);
}
