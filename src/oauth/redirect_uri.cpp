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

RedirectUri usual_redirect_uri(const Provider& provider) {
  constexpr const char* kUsual = "http://127.0.0.1:8000/callback";
  const auto uri =
      parse_redirect_uri(provider.redirect_uri.empty() ? kUsual : provider.redirect_uri);
  return provider.any_port ? with_port(uri, 0) : uri;
}

std::string as_registered(const RedirectUri& uri) {
  const bool any_port = uri.url && uri.url->port == 0;
  return any_port ? with_port(uri, -1).text + " (any port)" : uri.text;
}

std::string registered_form(const std::vector<RedirectUri>& candidates, const std::string& sent) {
  const auto port = parse_redirect_uri(sent).url ? parse_redirect_uri(sent).url->port : -1;
  for (const auto& uri : candidates) {
    const bool any_port = uri.url && uri.url->port == 0;
    if (any_port && with_port(uri, port).text == sent) return as_registered(uri);
  }
  return sent;
}

}  // namespace xauth::oauth
