#include "oauth/redirect_uri.h"

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::oauth {

RedirectUri parse_redirect_uri(const std::string& text) {
  const auto colon = text.find(':');
  const bool absolute = colon != std::string::npos && colon > 0 && colon + 1 < text.size();
  if (!absolute || !is_printable_ascii(text) || text.find(' ') != std::string::npos) {
    throw Error(Code::usage, "the redirect URI is not an absolute URI",
                "xauth login --redirect-uri http://127.0.0.1:8000/callback");
  }
  if (text.find('#') != std::string::npos) {
    throw Error(Code::usage, "the redirect URI must not have a fragment (#…)");
  }
  const auto url = parse_url(text);
  const bool web = text.starts_with("http:") || text.starts_with("https:");
  if (web && !url) throw Error(Code::usage, "the redirect URI is not a valid URL");
  return {text, url};
}

bool can_listen(const RedirectUri& uri) {
  return uri.url && uri.url->scheme == "http" && is_loopback(*uri.url);
}

RedirectUri with_port(const RedirectUri& uri, int port) {
  if (!uri.url || uri.url->port == port) return uri;
  RedirectUri out = uri;
  out.url->port = port;
  out.text = out.url->text();
  return out;
}

}  // namespace xauth::oauth
