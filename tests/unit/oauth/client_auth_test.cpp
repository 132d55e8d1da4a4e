#include "oauth/client_auth.h"

#include <doctest/doctest.h>

using namespace xauth::oauth;

TEST_CASE("every method has a name of ours, and the registry's name means the same") {
  for (const char* name :
       {"none", "basic", "post", "client_secret_jwt", "private_key_jwt", "tls_client_auth"}) {
    CAPTURE(name);
    REQUIRE(client_auth_from(name));
    CHECK(name_of(*client_auth_from(name)) == name);
  }
  CHECK(client_auth_from("client_secret_basic") == ClientAuth::basic);
  CHECK(client_auth_from("client_secret_post") == ClientAuth::post);
  CHECK(client_auth_from("self_signed_tls_client_auth") == ClientAuth::tls_client_auth);
  CHECK_FALSE(client_auth_from("magic"));
  CHECK_FALSE(client_auth_from(""));
}

TEST_CASE("the method is the configured one, else by the secret and what is taken, TQ-9") {
  CHECK(choose_client_auth({}, ClientAuth::post, false) == ClientAuth::post);
  CHECK(choose_client_auth({}, std::nullopt, true) == ClientAuth::basic);
  const std::vector<ClientAuth> taken = {ClientAuth::none, ClientAuth::post};
  CHECK(choose_client_auth(taken, std::nullopt, true) == ClientAuth::post);
  CHECK(choose_client_auth(taken, std::nullopt, false) == ClientAuth::none);
}
