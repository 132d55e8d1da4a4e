// A pending authorization whose secrets are known, for tests.
#pragma once

#include "oauth/authorization.h"

namespace xauth::oauth {

inline PendingAuthorization pending_at(const std::string& issuer = {}) {
  Provider provider;
  provider.id = "test";
  provider.issuer = issuer;
  provider.authorize_url = "https://as.example/authorize?tenant=a";
  provider.token_url = "https://as.example/token";
  provider.revoke_url = "https://as.example/revoke";
  Entropy for_state{};
  Entropy for_verifier{};
  for_verifier.fill(std::byte{1});
  return make_authorization_request(provider, Client{.id = "client 1"},
                                    "http://127.0.0.1:8000/callback", {.scope = {"a", "b"}},
                                    for_state, for_verifier, Entropy{});
}

}  // namespace xauth::oauth
