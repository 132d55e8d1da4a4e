// Who sent a request, with every method that the embedded provider knows.
#pragma once

#include <deque>
#include <string>

#include "base/http_message.h"
#include "demo/addresses.h"
#include "demo/grants.h"
#include "demo/manner.h"
#include "demo/registered_client.h"
#include "demo/request_parameters.h"

namespace xauth::demo {

// Not for several threads at once: its owner has the lock.
class ClientCheck {
 public:
  ClientCheck(const Manner& manner, const RegisteredClients& clients, const Addresses& addresses,
              Now now)
      : manner_(manner), clients_(clients), addresses_(addresses), now_(std::move(now)) {}

  // As authenticate() of registered_client.h, and for a client that signs a statement of its own:
  // iss and sub are its ID, aud is the issuer or the token endpoint as a string, exp is at most
  // five minutes ahead, and jti was not seen before. RFC 7523 §2.2, §3, OpenID Connect Core §9
  const RegisteredClient& authenticate(const IncomingRequest& request,
                                       const RequestParameters& form);

 private:
  const RegisteredClient& by_assertion(const IncomingRequest& request,
                                       const RequestParameters& form);
  void check_claims(const Json& claims, const RegisteredClient& client);

  const Manner& manner_;
  const RegisteredClients& clients_;
  const Addresses& addresses_;
  Now now_;
  std::deque<std::string> seen_;  // the jti of the newest assertions
};

}  // namespace xauth::demo
