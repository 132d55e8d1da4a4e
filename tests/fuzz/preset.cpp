#include "oauth/preset.h"
#include "fuzz/property.h"
#include "oauth/url_template.h"

using namespace xauth;
using namespace xauth::oauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto provider = parse_preset("fuzz", fuzz::text_of(data, size));
    fuzz::require(!provider.scope_separator.empty(), "scopes are always parted");
    for (const auto* text : {&provider.issuer, &provider.authorize_url, &provider.token_url,
                             &provider.device_url, &provider.revoke_url, &provider.userinfo_url}) {
      if (!names_in(*text).empty()) continue;  // not filled yet
      const auto url = parse_url(*text);
      fuzz::require(text->empty() || (url && is_secure(*url) && !url->fragment),
                    "every endpoint is a safe URL");
    }
  } catch (const Error& error) {
    fuzz::require(error.code == Code::usage && error.message.starts_with("preset "),
                  "what is wrong with a preset is told");
  }
  return 0;
}
