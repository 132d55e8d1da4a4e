// Where a device without a browser begins a login, and where the person allows it.
#pragma once

#include <string>

#include "base/http_message.h"
#include "demo/addresses.h"
#include "demo/client_check.h"
#include "demo/device_codes.h"
#include "demo/manner.h"
#include "demo/registered_client.h"

namespace xauth::demo {

// Not for several threads at once: its owner has the lock. Only for a manner with a device grant.
class DeviceEndpoint {
 public:
  DeviceEndpoint(const Manner& manner, const RegisteredClients& registered, ClientCheck& clients,
                 const Addresses& addresses, DeviceCodes& codes)
      : manner_(manner),
        registered_(registered),
        clients_(clients),
        addresses_(addresses),
        codes_(codes) {}

  // POST /device_authorization: a pair of codes, to a client that proves who it is as at the token
  // endpoint. RFC 8628 §3.1, §3.2
  OutgoingReply authorize(const IncomingRequest& request);

  // GET /device: asks for the user code, or, when the query holds one, for the person's consent.
  // RFC 8628 §3.3, §3.3.1
  OutgoingReply show(const IncomingRequest& request);

  // POST /device: takes the answer to the consent page.
  OutgoingReply decide(const IncomingRequest& request);

  // What that page would do with the person's answer; false when nothing waits for the code.
  bool decide(const std::string& user_code, bool allowed);

 private:
  const Manner& manner_;
  const RegisteredClients& registered_;
  ClientCheck& clients_;
  const Addresses& addresses_;
  DeviceCodes& codes_;
};

}  // namespace xauth::demo
