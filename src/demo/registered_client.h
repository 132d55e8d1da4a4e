// The applications that the embedded provider knows, and how each proves who it is.
#pragma once

#include <string>
#include <vector>

#include "base/http_message.h"
#include "base/json.h"
#include "base/secret.h"
#include "demo/manner.h"
#include "demo/request_parameters.h"

namespace xauth::demo {

// The names of RFC 8414's token_endpoint_auth_methods_supported.
enum class ClientAuth {
  none,
  client_secret_basic,
  client_secret_post,
  client_secret_jwt,
  private_key_jwt
};

struct RegisteredClient {
  std::string client_id;
  std::string name;                        // for the consent page
  std::vector<std::string> redirect_uris;  // compared as strings, or but for a loopback port
  ClientAuth auth = ClientAuth::none;
  Secret client_secret = {};
  Json jwk = {};  // the public key, for private_key_jwt
};
using RegisteredClients = std::vector<RegisteredClient>;

// The client of that ID; a null pointer when there is none.
const RegisteredClient* find_client(const RegisteredClients& clients, const std::string& client_id);

// Whether the client may be answered at `redirect_uri`. RFC 6749 §3.1.2.3, RFC 8252 §7.3
bool accepts_redirect(const RegisteredClient& client, const std::string& redirect_uri,
                      const Manner& manner);

// Who sent the request, proved in the one way that this client is registered for. Throws
// Rejection: unknown_client, client_authentication, missing_parameter (client_id) or
// malformed_request (two ways at once, two different IDs). RFC 6749 §2.3, §3.2.1
const RegisteredClient& authenticate(const IncomingRequest& request, const RequestParameters& form,
                                     const RegisteredClients& clients, const Manner& manner);

}  // namespace xauth::demo
