// Token introspection: what the provider itself says of a token.
#pragma once

#include <string>

#include "base/http_message.h"
#include "base/json.h"
#include "base/secret.h"
#include "oauth/client.h"
#include "oauth/provider.h"

namespace xauth::oauth {

struct Introspection {
  bool active = false;
  Json answer;  // all that was said; of a token that is not active, nothing but that
};

// Asks the introspection endpoint about `token`, with the client's authentication. The provider has
// such an endpoint. RFC 7662 §2.1
HttpRequest make_introspection_request(const Provider& provider, const Client& client,
                                       const Secret& token, const Moment& moment);

// What `response` says. Throws Error: bad_response when it is no JSON object with a boolean
// `active`, unreachable, or the code that the provider's refusal has. RFC 7662 §2.2, §2.3
Introspection check_introspection_response(const HttpRequest& request,
                                           const HttpResponse& response);

}  // namespace xauth::oauth
