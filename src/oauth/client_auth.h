// How a client shows the token endpoint who it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xauth::oauth {

// RFC 6749 §2.3, RFC 7523 §2.2, RFC 8705 §2
enum class ClientAuth {
  none,
  basic,
  post,
  client_secret_jwt,
  private_key_jwt,
  tls_client_auth,
};

// The method of that name: ours (`none`, `basic`, `post`, …) or the registry's (such as
// `client_secret_basic`); nothing for another word. OpenID Connect Core §9, RFC 8705 §2
std::optional<ClientAuth> client_auth_from(std::string_view name);

// Our own name of the method.
std::string_view name_of(ClientAuth method);

// Whether the method sends a client secret, or signs with it.
bool uses_secret(ClientAuth method);

// What a client has to show.
struct Proofs {
  bool secret = false;
  bool key = false;
  bool certificate = false;
};

// All of our own names.
std::vector<std::string> client_auth_names();

// The method to use: `configured` if any; else the one of the certificate or the key, if there is
// one; with a secret the first of `taken` (those of the provider, preferred first) that sends it,
// client_secret_jwt where only that is taken, and basic where nothing is known; else none: the
// secret then stays here. RFC 6749 §2.3.1
ClientAuth choose_client_auth(const std::vector<ClientAuth>& taken,
                              std::optional<ClientAuth> configured, const Proofs& proofs);

}  // namespace xauth::oauth
