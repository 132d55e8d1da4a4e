#include "flow/client_credentials.h"

#include "flow/moment.h"
#include "flow/retry.h"

namespace xauth::flow {

oauth::TokenAnswer client_credentials(const System& system, const oauth::Provider& provider,
                                      const oauth::Client& client,
                                      const oauth::ClientCredentialsOptions& options) {
  const auto make = [&] {
    return oauth::make_client_credentials_request(provider, client, options, moment_of(system));
  };
  const auto [request, response] = send_patiently(system, make, kForRefresh);
  auto answer = oauth::check_token_response(provider, request, response);
  if (auto* grant = std::get_if<oauth::TokenGrant>(&answer)) {
    grant->refresh_token = Secret();
    grant->id_token = Secret();
  }
  return answer;
}

}  // namespace xauth::flow
