#include "system/proxy.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "base/error.h"
#include "system/environment.h"

namespace xauth {

namespace {

std::string first_of(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (std::string value = environment(name); !value.empty()) return value;
  }
  return {};
}

bool is_known_scheme(std::string_view url) {
  constexpr std::string_view kKnown[] = {"http", "socks4", "socks4a", "socks5", "socks5h"};
  const auto end = url.find("://");
  return end == std::string_view::npos ||  // HOST:PORT
         std::find(std::begin(kKnown), std::end(kKnown), url.substr(0, end)) != std::end(kKnown);
}

}  // namespace

Proxy find_proxy(const Url& url) {
  if (is_loopback(url)) return {};
  Proxy proxy{first_of({"https_proxy", "HTTPS_PROXY"}), first_of({"no_proxy", "NO_PROXY"})};
  if (!is_known_scheme(proxy.url)) {
    throw Error(Code::usage, "HTTPS_PROXY names a proxy that is neither http:// nor socks5://");
  }
  return proxy;
}

std::string name_of(const Proxy& proxy) {
  std::string name = proxy.url;
  if (const auto scheme = name.find("://"); scheme != std::string::npos) name.erase(0, scheme + 3);
  if (const auto at = name.rfind('@'); at != std::string::npos) name.erase(0, at + 1);
  return name.substr(0, name.find_first_of("/?#"));
}

}  // namespace xauth
