#include "flow/issuer_keys.h"

#include "base/error.h"
#include "flow/discover.h"
#include "flow/retry.h"
#include "oauth/id_token.h"
#include "oauth/token.h"

namespace xauth::flow {

KeySource key_source(const System& system, const oauth::Provider& provider) {
  KeySource source{provider.jwks_url, provider.id_token_algs};
  if (source.jwks_url.empty()) {
    const auto metadata = discover(system, provider.issuer);
    source.jwks_url = metadata.endpoints.jwks_url;
    if (source.jwks_url.empty()) {
      throw Error(Code::bad_response, "the metadata of " + provider.issuer + " has no jwks_uri");
    }
    if (source.algorithms.empty()) {
      source.algorithms = oauth::signing_algorithms(metadata.id_token_signing_alg_values_supported);
    }
  }
  if (source.algorithms.empty()) source.algorithms = {jose::Algorithm::RS256};  // Core §2
  return source;
}

jose::KeySet fetch_keys(const System& system, const std::string& jwks_url) {
  HttpRequest request;
  request.url = oauth::endpoint("jwks_url", jwks_url);
  request.headers = {{"Accept", "application/json"}};
  const HttpResponse response = send_patiently(
                                    system, [&] { return request; }, kForQuestion)
                                    .response;
  oauth::check_answered(response, request.url.host);
  const std::string what = "the key set of " + request.url.host;
  if (response.status != 200) {
    throw Error(Code::bad_response,
                what + " has status " + std::to_string(response.status) + ", not 200");
  }
  return jose::parse_key_set(response.body, what);
}

}  // namespace xauth::flow
