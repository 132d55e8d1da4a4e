#include "oauth/client_credentials.h"

#include "oauth/token.h"

#include "base/joined.h"
#include "oauth/resource.h"

namespace xauth::oauth {

HttpRequest make_client_credentials_request(const Provider& provider, const Client& client,
                                            const ClientCredentialsOptions& options,
                                            const Moment& moment) {
  if (client.auth == ClientAuth::none) {
    throw Error(Code::usage,
                "client credentials need client authentication: a secret, a key or a "
                "certificate of the application");
  }
  Form form = {{"grant_type", "client_credentials"}};
  const auto scope = joined(options.scope, provider.scope_separator);
  if (!scope.empty()) form.push_back({"scope", scope});
  if (!options.audience.empty()) form.push_back({"audience", options.audience});
  for (const auto& resource : options.resource) {
    check_resource(resource);
    form.push_back({"resource", resource});  // the one parameter that may repeat
  }
  const auto params = merge(provider.token_params, options.token_params);
  return make_token_request(provider, client, std::move(form), params, moment);
}

}  // namespace xauth::oauth
