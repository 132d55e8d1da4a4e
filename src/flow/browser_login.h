// Logging in through the person's browser: authorization code with PKCE over a loopback redirect.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flow/answer_wait.h"
#include "flow/callback_listener.h"
#include "flow/granted_login.h"
#include "oauth/authorization.h"
#include "oauth/redirect_uri.h"
#include "system/system.h"

namespace xauth::flow {

// What a login is made of.
struct BrowserLogin {
  oauth::Provider provider;
  oauth::Client client;
  oauth::AuthorizationOptions options;
  oauth::Parameters token_params;
  std::vector<oauth::RedirectUri> redirect_uris;  // the registered ones, in order; not empty
  std::optional<ListenAddress> listen;
  bool paste_only = false;  // no listener: the person pastes the redirected URL
  bool read_input = false;  // a pasted URL on standard input is taken as well
  Seconds timeout{300};

  // The moments that are told as they come. None throws.
  std::function<void(const Url& authorize_url, const std::string& redirect_uri)> on_authorize_url;
  std::function<void(const std::string& redirect_uri)> on_waiting;
  std::function<void(const std::string& line)> on_detail;  // for the curious
  WaitSigns signs{};
};

// The whole walk: binds the listener, makes the request, opens the browser (a failure is told, not
// fatal), waits for the answer, exchanges the code, and keeps what was granted, as
// keep_granted does. Throws Error: failure (no port), timeout, refused, usage, unreachable,
// bad_response, interrupted, and what `keep` throws. RFC 8252 §4.1, RFC 6749 §4.1, RFC 7636 §4
Granted browser_login(const System& system, const BrowserLogin& login, const Keep& keep);

}  // namespace xauth::flow
