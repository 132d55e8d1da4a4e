#include "oauth/metadata.h"
#include "base/error.h"
#include "fuzz/property.h"
#include "oauth/reach.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

void require_sound(const Endpoints& endpoints) {
  for (const auto* text : {&endpoints.authorize_url, &endpoints.token_url, &endpoints.device_url,
                           &endpoints.revoke_url, &endpoints.userinfo_url,
                           &endpoints.introspect_url, &endpoints.jwks_url}) {
    if (text->empty()) continue;
    const auto url = parse_url(*text);
    fuzz::require(url && url->scheme == "https" && !url->fragment, "every endpoint is a safe URL");
    fuzz::require(reach_of(*url) == Reach::anywhere, "no endpoint is close to us");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const HttpResponse response{200, {}, std::string(fuzz::text_of(data, size))};
  try {
    const auto metadata = check_metadata("https://as.example", response);
    fuzz::require(metadata.issuer == "https://as.example", "the issuer is the one asked for");
    require_sound(metadata.endpoints);
    require_sound(metadata.mtls);
  } catch (const Error& error) {
    fuzz::require(error.code == Code::bad_response, "what is wrong with a document is told");
  }
  return 0;
}
