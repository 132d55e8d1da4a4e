#include "oauth/client_assertion.h"

#include <algorithm>
#include <vector>

namespace xauth::oauth {

namespace {

using jose::Algorithm;

constexpr Seconds kLife{60};  // it is used at once; the rest is for clocks that differ

// In the order of our choice: what most providers take stands first.
std::vector<Algorithm> algorithms_of(ClientAuth method) {
  if (method == ClientAuth::client_secret_jwt) {
    return {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512};
  }
  return {Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::ES384,
          Algorithm::ES512, Algorithm::PS384, Algorithm::PS512, Algorithm::RS384, Algorithm::RS512};
}

Error no_algorithm(const Provider& provider, const Client& client) {
  std::string taken;
  for (const Algorithm algorithm : provider.client_auth_algorithms) {
    taken += (taken.empty() ? "" : ", ") + std::string(jose::name_of(algorithm));
  }
  if (client.auth == ClientAuth::client_secret_jwt) {
    return {Code::usage, "client_secret_jwt needs a client secret of at least 32 bytes" +
                             (taken.empty() ? taken : ", and signs with one of " + taken)};
  }
  return {Code::usage, taken.empty() ? "the client key fits no algorithm of private_key_jwt"
                                     : "the client key fits none of the algorithms that " +
                                           provider.name + " takes (" + taken + ")"};
}

}  // namespace

std::string assertion_audience(const Provider& provider) {
  const bool known = !provider.issuer.empty() && provider.issuer.find('{') == std::string::npos;
  return known ? provider.issuer : provider.token_url;
}

Algorithm choose_assertion_algorithm(const Provider& provider, const Client& client) {
  auto wanted = algorithms_of(client.auth);
  const auto& taken = provider.client_auth_algorithms;
  std::erase_if(wanted, [&](Algorithm algorithm) {
    return !taken.empty() && std::find(taken.begin(), taken.end(), algorithm) == taken.end();
  });
  const bool any = client.key && !wanted.empty();  // an empty list would mean "all" to the key
  const auto chosen = any ? client.key->choose_algorithm(wanted) : std::nullopt;
  if (!chosen) throw no_algorithm(provider, client);
  return *chosen;
}

Secret make_client_assertion(const Provider& provider, const Client& client, const Moment& moment) {
  const Algorithm algorithm = choose_assertion_algorithm(provider, client);
  Json header;
  header.set("alg", Json(jose::name_of(algorithm)));
  header.set("typ", Json("JWT"));
  if (!client.key->kid().empty()) header.set("kid", Json(client.key->kid()));
  Json claims;
  claims.set("iss", Json(client.id));
  claims.set("sub", Json(client.id));
  claims.set("aud", Json(assertion_audience(provider)));
  claims.set("jti", Json(random_value(moment.jti).reveal()));
  claims.set("iat", Json(std::int64_t(moment.now.time_since_epoch().count())));
  claims.set("exp", Json(std::int64_t((moment.now + kLife).time_since_epoch().count())));
  return Secret(client.key->sign(algorithm, std::move(header), claims.text()));
}

}  // namespace xauth::oauth
