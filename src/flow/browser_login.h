// Logging in through the person's browser: authorization code with PKCE over a loopback redirect.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flow/callback_listener.h"
#include "oauth/account.h"
#include "oauth/authorization.h"
#include "oauth/redirect_uri.h"
#include "oauth/token.h"
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
};

// What the provider granted, and to whom.
struct Granted {
  oauth::TokenGrant grant;
  std::optional<oauth::Account> account;  // nothing: unknown
  Time issued_at;
  std::string redirect_uri;  // the one that was used
};

// Saves what was granted, before the browser is told that the person is logged in; throws Error
// when it cannot or must not be kept.
using Keep = std::function<void(const Granted&)>;

// The whole walk: binds the listener, makes the request, opens the browser (a failure is told, not
// fatal), waits for the answer, exchanges the code, asks who it is (a failure is told), keeps it.
// A grant that is not kept is revoked. Throws Error: failure (no port), timeout, refused, usage,
// unreachable, bad_response, interrupted, and what `keep` throws. RFC 8252 §4.1, RFC 6749 §4.1, RFC
// 7636 §4
Granted browser_login(const System& system, const BrowserLogin& login, const Keep& keep);

}  // namespace xauth::flow
