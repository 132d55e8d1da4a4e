#include "oauth/revocation.h"

#include "base/json.h"
#include "oauth/token.h"

namespace xauth::oauth {

HttpRequest make_revocation_request(const Provider& provider, const Client& client,
                                    const Secret& token, const std::string& token_type_hint,
                                    const Moment& moment) {
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint("revoke_url", provider.revoke_url);
  request.form = {{"token", token}, {"token_type_hint", token_type_hint}};
  authenticate(request, provider, client, moment);
  return request;
}

std::optional<Refusal> check_revocation_response(const HttpRequest& request,
                                                 const HttpResponse& response) {
  check_answered(response, request.url.host);
  if (response.status == 200) return std::nullopt;
  const auto body = parse_json(response.body);
  const Json* error = body ? body->find("error") : nullptr;
  if (error == nullptr || error->string() == nullptr) {
    return make_refusal("status " + std::to_string(response.status), {}, {}, {});
  }
  const Json* description = body->find("error_description");
  const bool described = description != nullptr && description->string() != nullptr;
  return make_refusal(*error->string(), described ? *description->string() : "", {},
                      secrets_of(request));
}

}  // namespace xauth::oauth
