// A provider's keys for signatures, from where it publishes them.
#pragma once

#include <string>
#include <vector>

#include "jose/key_set.h"
#include "oauth/provider.h"
#include "system/system.h"

namespace xauth::flow {

// Where the provider's keys are, and what they are used for.
struct KeySource {
  std::string jwks_url;
  std::vector<jose::Algorithm> algorithms;  // of ID tokens
};

// The provider's own jwks_url and algorithms, else those of its issuer's metadata, else RS256. The
// provider has an issuer or a jwks_url. Throws Error: unreachable, bad_response, usage.
// OpenID Connect Discovery §3, OpenID Connect Core §2
KeySource key_source(const System& system, const oauth::Provider& provider);

// The key set at `jwks_url`. Throws Error (unreachable, bad_response). RFC 7517 §5
jose::KeySet fetch_keys(const System& system, const std::string& jwks_url);

}  // namespace xauth::flow
