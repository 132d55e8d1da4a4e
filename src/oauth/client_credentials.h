// Tokens for an application itself, without a person.
#pragma once

#include <string>
#include <vector>

#include "base/http_message.h"
#include "oauth/authorization.h"
#include "oauth/client.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// What an application asks for.
struct ClientCredentialsOptions {
  std::vector<std::string> scope;  // none: whatever the provider gives
  std::string audience;
  std::vector<std::string> resource;  // absolute URIs without fragment. RFC 8707 §2
  Parameters token_params;            // further ones; none of the protocol's own
};

// Asks the token endpoint for an access token of the client's own; its answer is checked as every
// token response, and a refresh token in it is not expected. Throws Error (usage) for a client
// without authentication, or a resource that is not an absolute URI without fragment.
// RFC 6749 §4.4.2
HttpRequest make_client_credentials_request(const Provider& provider, const Client& client,
                                            const ClientCredentialsOptions& options,
                                            const Moment& moment);

}  // namespace xauth::oauth
