// Where the client itself arrives: tokens for a code, new tokens for old, revocation,
// introspection, the account.
#pragma once

#include "base/http_message.h"
#include "demo/addresses.h"
#include "demo/client_check.h"
#include "demo/device_codes.h"
#include "demo/grants.h"
#include "demo/id_tokens.h"
#include "demo/manner.h"
#include "demo/registered_client.h"
#include "demo/request_parameters.h"

namespace xauth::demo {

// Not for several threads at once: its owner has the lock.
class TokenEndpoint {
 public:
  TokenEndpoint(const Manner& manner, ClientCheck& clients, const Addresses& addresses,
                Grants& grants, DeviceCodes& devices, IdTokens& id_tokens)
      : manner_(manner),
        clients_(clients),
        addresses_(addresses),
        grants_(grants),
        devices_(devices),
        id_tokens_(id_tokens) {}

  // POST /token, by grant_type. RFC 6749 §4.1.3, §4.4, §5.1, §5.2, §6, RFC 8628 §3.4
  OutgoingReply token(const IncomingRequest& request);

  // POST /revoke: 200 also for what is unknown here. RFC 7009 §2
  OutgoingReply revoke(const IncomingRequest& request);

  // POST /introspect: what a confidential client's own token is good for. RFC 7662 §2
  OutgoingReply introspect(const IncomingRequest& request);

  // GET /me: whose token this is. RFC 6750 §2.1, §3.1
  OutgoingReply account(const IncomingRequest& request) const;

 private:
  Tokens issue(const RegisteredClient& client, const RequestParameters& form);

  const Manner& manner_;
  ClientCheck& clients_;
  const Addresses& addresses_;
  Grants& grants_;
  DeviceCodes& devices_;
  IdTokens& id_tokens_;
};

}  // namespace xauth::demo
