// Redirect URIs as registered: kept byte for byte, with only a port `0` filled in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/url.h"
#include "oauth/provider.h"

namespace xauth::oauth {

struct RedirectUri {
  std::string text;        // as given, such as http://127.0.0.1:8000/callback
  std::optional<Url> url;  // nothing for a scheme of an app's own, as in myapp://cb
};

// Throws Error (usage) when `text` is not an absolute URI, has a fragment, or holds anything but
// printable ASCII. RFC 6749 §3.1.2
RedirectUri parse_redirect_uri(const std::string& text);

// Whether our listener can catch it: http to a loopback host. RFC 8252 §7.3
bool can_listen(const RedirectUri& uri);

// The same URI with its port replaced.
RedirectUri with_port(const RedirectUri& uri, int port);

// The one of a login that says nothing else: port 0 where the provider allows any.
RedirectUri usual_redirect_uri(const Provider& provider);

// How it is registered, for people: where any port will do, without one.
std::string as_registered(const RedirectUri& uri);

// The same of the one among `candidates` that `sent` was made of, by filling in its port.
std::string registered_form(const std::vector<RedirectUri>& candidates, const std::string& sent);

}  // namespace xauth::oauth
