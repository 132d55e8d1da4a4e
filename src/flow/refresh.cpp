#include "flow/refresh.h"

#include "flow/moment.h"
#include "flow/retry.h"

namespace xauth::flow {

oauth::TokenAnswer refresh(const System& system, const oauth::Provider& provider,
                           const oauth::Client& client, const Secret& refresh_token,
                           const oauth::Parameters& more) {
  const auto make = [&] {
    return oauth::make_refresh_request(provider, client, refresh_token, more, moment_of(system));
  };
  const auto [request, response] = send_patiently(system, make, kForRefresh);
  return oauth::check_token_response(provider, request, response);
}

}  // namespace xauth::flow
