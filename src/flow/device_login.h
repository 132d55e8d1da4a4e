// Logging in with another device: this machine needs no browser. RFC 8628
#pragma once

#include <functional>
#include <optional>

#include "flow/granted_login.h"
#include "oauth/authorization.h"
#include "oauth/device.h"
#include "system/system.h"

namespace xauth::flow {

// What a device login is made of.
struct DeviceLogin {
  oauth::Provider provider;
  oauth::Client client;
  oauth::AuthorizationOptions options;
  oauth::Parameters token_params;
  std::optional<Seconds> timeout;  // the end of the wait, where that is before the code's own end

  // The moments that are told as they come. None throws.
  std::function<void(const oauth::DeviceAuthorization& code, Seconds left)> on_code;
  std::function<void(Seconds left)> on_waiting;  // each second of the wait
};

// The whole walk: asks for a code, has it told, asks for the tokens until the person has answered,
// and keeps what was granted, as keep_granted does. Never asks faster than the provider wants;
// while it cannot be reached, ever more slowly. No browser is started: the other device has one.
// Throws Error: timeout (also when the code has expired), refused, usage, unreachable (before there
// is a code), bad_response, interrupted, and what `keep` throws. RFC 8628 §3
Granted device_login(const System& system, const DeviceLogin& login, const Keep& keep);

}  // namespace xauth::flow
