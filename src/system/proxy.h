// Which proxy a request goes through.
#pragma once

#include <string>

#include "base/url.h"

namespace xauth {

struct Proxy {
  std::string url;         // empty: none
  std::string exceptions;  // hosts that are reached without it, as NO_PROXY lists them
};

// What https_proxy or HTTPS_PROXY, and no_proxy or NO_PROXY, say; none for a loopback host. Throws
// Error (usage), without the URL's credentials, for a proxy that is neither http nor SOCKS.
Proxy find_proxy(const Url& url);

// The proxy as HOST:PORT or HOST, without its credentials; empty for none.
std::string name_of(const Proxy& proxy);

}  // namespace xauth
