// Our side towards a provider: who we are, and how a request says so.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "base/secret.h"
#include "base/time.h"
#include "jose/signing_key.h"
#include "oauth/client_auth.h"
#include "oauth/pkce.h"
#include "oauth/provider.h"

namespace xauth::oauth {

struct Client {
  std::string id;
  ClientAuth auth = ClientAuth::none;
  Secret secret;                                 // with `basic` and `post`
  std::optional<jose::SigningKey> key;           // with `client_secret_jwt`, `private_key_jwt`
  std::optional<ClientCertificate> certificate;  // with `tls_client_auth`
};

// When a request is made, and what makes it differ from every other: for the methods that sign a
// statement of their own for each request.
struct Moment {
  Time now;
  Entropy jti;
};

// Puts the client's one authentication into a POST to the provider's token, revocation or like
// endpoint: Basic, or `client_id` (and `client_secret`) in the form, or a signed statement, or the
// certificate with `client_id`; never two of them. Throws Error (usage) when the client's key fits
// no algorithm that the provider takes. RFC 6749 §2.3.1, §3.2.1, RFC 7523 §2.2, RFC 8705 §2
void authenticate(HttpRequest& request, const Provider& provider, const Client& client,
                  const Moment& moment);

// Refuses, with Error (usage), a client ID that is empty, over 1,024 bytes, or not printable
// ASCII: it would go into a URL and headers. RFC 6749 App. A.1
void check_client_id(const std::string& client_id);

}  // namespace xauth::oauth
