#include "oauth/redirect_uri.h"

#include "base/encoding.h"
#include "base/error.h"
#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::oauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  try {
    const auto uri = parse_redirect_uri(text);
    fuzz::require(uri.text == text, "a redirect URI is kept byte for byte");
    fuzz::require(is_printable_ascii(text) && text.find_first_of(" #") == text.npos, "one word");
    fuzz::require(!can_listen(uri) || is_loopback(*uri.url), "we listen on loopback only");
    const auto moved = with_port(uri, 4711);
    fuzz::require(!uri.url || (moved.url->effective_port() == 4711 &&
                               parse_url(moved.text)->text() == moved.url->text() &&
                               moved.url->path == uri.url->path),
                  "only the port moves");
    fuzz::require(with_port(moved, 4711).text == moved.text, "moving twice changes nothing");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::usage, "what is no redirect URI is told so");
  }
  return 0;
}
