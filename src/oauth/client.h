// Our side towards a provider: who we are, and how a request says so.
#pragma once

#include <string>

#include "base/http_message.h"
#include "base/secret.h"
#include "base/time.h"
#include "oauth/client_auth.h"
#include "oauth/pkce.h"
#include "oauth/provider.h"

namespace xauth::oauth {

struct Client {
  std::string id;
  ClientAuth auth = ClientAuth::none;
  Secret secret;  // empty with `none`
};

// When a request is made, and what makes it differ from every other: for the methods that sign a
// statement of their own for each request.
struct Moment {
  Time now;
  Entropy jti;
};

// Puts the client's one authentication into a POST to the provider's token or revocation endpoint:
// Basic, or `client_id` (and `client_secret`) in the form, never both. RFC 6749 §2.3.1, §3.2.1
void authenticate(HttpRequest& request, const Provider& provider, const Client& client,
                  const Moment& moment);

// Refuses, with Error (usage), a client ID that is empty, over 1,024 bytes, or not printable
// ASCII: it would go into a URL and headers. RFC 6749 App. A.1
void check_client_id(const std::string& client_id);

}  // namespace xauth::oauth
