// Where the client itself arrives: tokens for a code, new tokens for old, revocation, the account.
#pragma once

#include "base/http_message.h"
#include "demo/grants.h"
#include "demo/manner.h"
#include "demo/registered_client.h"

namespace xauth::demo {

// Not for several threads at once: its owner has the lock.
class TokenEndpoint {
 public:
  TokenEndpoint(const Manner& manner, const RegisteredClients& clients, Grants& grants)
      : manner_(manner), clients_(clients), grants_(grants) {}

  // POST /token, by grant_type. RFC 6749 §4.1.3, §5.1, §5.2, §6
  OutgoingReply token(const IncomingRequest& request);

  // POST /revoke: 200 also for what is unknown here. RFC 7009 §2
  OutgoingReply revoke(const IncomingRequest& request);

  // GET /me: whose token this is. RFC 6750 §2.1, §3.1
  OutgoingReply account(const IncomingRequest& request) const;

 private:
  OutgoingReply refuse(Fault fault, const std::string& parameter = {}) const;

  const Manner& manner_;
  const RegisteredClients& clients_;
  Grants& grants_;
};

}  // namespace xauth::demo
