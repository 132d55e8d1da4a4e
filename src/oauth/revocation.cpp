#include "oauth/revocation.h"

#include "base/encoding.h"
#include "oauth/error_answer.h"
#include "oauth/url_template.h"

namespace xauth::oauth {

HttpRequest make_revocation_request(const Provider& provider, const Client& client,
                                    const Secret& token, const std::string& token_type_hint,
                                    const Moment& moment) {
  HttpRequest request;
  request.method = provider.revoke_method;
  const std::string url = fill(provider.revoke_url, {{"client_id", percent_encode(client.id)}});
  request.url = endpoint("revoke_url", url);
  if (provider.revoke_style == RevokeStyle::bearer) {
    request.authorization = Secret("Bearer " + token.reveal());
    return request;
  }
  if (provider.revoke_style == RevokeStyle::json) request.format = BodyFormat::json;
  request.form = {{provider.revoke_token_parameter, token}, {"token_type_hint", token_type_hint}};
  authenticate(request, provider, client, moment);
  return request;
}

std::optional<Refusal> check_revocation_response(const Provider& provider,
                                                 const HttpRequest& request,
                                                 const HttpResponse& response) {
  const std::string& host = request.url.host;
  check_no_redirect(response, host);
  const bool gone = response.status == 200 || response.status == 204;
  if (gone && provider.revoke_style == RevokeStyle::rfc7009) return std::nullopt;
  const Answer answer = read_answer(provider.grant, response, host);
  if (gone && answer.body.is_null()) return std::nullopt;
  try {
    auto refusal = find_refusal(provider, request, response, answer, "revoke");
    if (refusal && refusal->meaning == "invalid_token") return std::nullopt;  // it was gone before
    return refusal;
  } catch (const TryLater&) {
    throw;
  } catch (const Error&) {  // no error that anybody can read, but no success either
    return make_refusal("status " + std::to_string(response.status), {}, {}, {});
  }
}

bool can_revoke(const Provider& provider, std::string_view token_type_hint) {
  if (provider.revoke_style == RevokeStyle::bearer) return token_type_hint == "access_token";
  return provider.revoke_only.empty() || provider.revoke_only == token_type_hint;
}

}  // namespace xauth::oauth
