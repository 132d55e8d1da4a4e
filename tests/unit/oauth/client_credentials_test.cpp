#include "oauth/client_credentials.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

const Client kClient = {.id = "c",
                        .auth = ClientAuth::post,
                        .secret = Secret(std::string("s")),
                        .key = {},
                        .certificate = {}};

std::string form_of(const ClientCredentialsOptions& options, const Client& client = kClient) {
  const auto request =
      make_client_credentials_request(pending_at().provider, client, options, Moment());
  CHECK(request.method == "POST");
  CHECK(request.url.text() == "https://as.example/token");
  return encode_form(*request.form).reveal();
}

}  // namespace

TEST_CASE("an application asks with its own authentication and nothing of a person, AD-11") {
  CHECK(form_of({}) == "grant_type=client_credentials&client_id=c&client_secret=s");
  CHECK(form_of({.scope = {"a", "b"},
                 .audience = "api",
                 .resource = {"https://one.example/", "https://two.example/"},
                 .token_params = {{"tenant", "7"}}}) ==
        "grant_type=client_credentials&scope=a+b&audience=api&resource=https%3A%2F%2Fone.example%2F"
        "&resource=https%3A%2F%2Ftwo.example%2F&tenant=7&client_id=c&client_secret=s");
}

TEST_CASE("an application without authentication, and a resource that is none, are refused") {
  CHECK_THROWS_AS(form_of({}, {.id = "c"}), Error);
  CHECK_THROWS_AS(
      form_of({.scope = {}, .audience = {}, .resource = {"no-uri"}, .token_params = {}}), Error);
}
