#include "base/url.h"

#include "fuzz/property.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto url = parse_url(fuzz::text_of(data, size));
  if (!url) return 0;
  const std::string text = url->text();
  const auto again = parse_url(text);
  fuzz::require(again && again->host == url->host && again->port == url->port &&
                    again->path == url->path && again->query == url->query &&
                    again->fragment == url->fragment,
                "a URL's text is that URL again");
  fuzz::require(text.starts_with("http") && text.find_first_of(" '\"`\\<>|^{}\n") == text.npos,
                "a URL is one harmless word");
  fuzz::require(url->effective_port() >= 0 && url->effective_port() <= 65535, "a port is a port");
  fuzz::require(!is_loopback(*url) || is_secure(*url), "loopback is always allowed");
  return 0;
}
