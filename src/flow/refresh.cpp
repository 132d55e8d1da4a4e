#include "flow/refresh.h"

#include "flow/moment.h"

namespace xauth::flow {

oauth::TokenAnswer refresh(const System& system, const oauth::Provider& provider,
                           const oauth::Client& client, const Secret& refresh_token,
                           const oauth::Parameters& more) {
  const auto request =
      oauth::make_refresh_request(provider, client, refresh_token, more, moment_of(system));
  return oauth::check_token_response(provider, request, system.send(request));
}

}  // namespace xauth::flow
