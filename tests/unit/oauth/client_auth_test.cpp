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
  const auto choose = [](const std::vector<ClientAuth>& taken, const Proofs& proofs) {
    return choose_client_auth(taken, std::nullopt, proofs);
  };
  CHECK(choose_client_auth({}, ClientAuth::post, {}) == ClientAuth::post);
  CHECK(choose_client_auth({ClientAuth::basic}, ClientAuth::none, {.secret = true}) ==
        ClientAuth::none);
  CHECK(choose({}, {.secret = true}) == ClientAuth::basic);
  const std::vector<ClientAuth> taken = {ClientAuth::none, ClientAuth::client_secret_jwt,
                                         ClientAuth::post, ClientAuth::basic};
  CHECK(choose(taken, {.secret = true}) == ClientAuth::post);
  CHECK(choose({ClientAuth::private_key_jwt, ClientAuth::client_secret_jwt}, {.secret = true}) ==
        ClientAuth::client_secret_jwt);
}

TEST_CASE("a secret goes out by Basic only where nobody knows what is taken, TQ-9") {
  for (const auto method : {ClientAuth::none, ClientAuth::private_key_jwt}) {
    CHECK(choose_client_auth({method}, std::nullopt, {.secret = true}) == ClientAuth::none);
  }
}

TEST_CASE(
    "without anything to show there is no authentication, whatever the provider lists, TQ-7") {
  CHECK(choose_client_auth({ClientAuth::basic, ClientAuth::private_key_jwt}, std::nullopt, {}) ==
        ClientAuth::none);
}

TEST_CASE("a certificate, then a key, is preferred to a secret, which then stays here") {
  const std::vector<ClientAuth> taken = {ClientAuth::basic};
  CHECK(choose_client_auth(taken, std::nullopt, {.secret = true, .key = true}) ==
        ClientAuth::private_key_jwt);
  CHECK(choose_client_auth(taken, std::nullopt, {.key = true, .certificate = true}) ==
        ClientAuth::tls_client_auth);
}
