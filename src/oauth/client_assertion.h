// A client's signed statement of who it is, instead of a secret that is sent.
#pragma once

#include <string>

#include "base/secret.h"
#include "oauth/client.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// The `client_assertion_type` that belongs to it. RFC 7523 §2.2
inline constexpr const char* kJwtBearerAssertion =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

// Whom the statement is for: the issuer alone, as one string, so that no other server can use it;
// the token endpoint where no issuer is known, or only the ID token will tell which it is.
std::string assertion_audience(const Provider& provider);

// The algorithm that the client's key or secret signs with: the first of ours that it fits and that
// the provider takes, RS256 before PS256. Throws Error (usage) when there is none, such as a secret
// that is shorter than its hash. RFC 7518 §3.2, OpenID Connect Core §9
jose::Algorithm choose_assertion_algorithm(const Provider& provider, const Client& client);

// The statement for the one request of `moment`, good for a minute. The client's method is
// client_secret_jwt or private_key_jwt. Throws Error (usage) as above. RFC 7523 §2.2, §3
Secret make_client_assertion(const Provider& provider, const Client& client, const Moment& moment);

}  // namespace xauth::oauth
