#include "oauth/token.h"

#include "oauth/error_answer.h"

namespace xauth::oauth {

HttpRequest make_token_request(const Provider& provider, const Client& client, Form form,
                               const Parameters& params, const Moment& moment) {
  HttpRequest request;
  request.format = provider.token_request;
  request.method = request.format == BodyFormat::query ? "GET" : "POST";
  request.url = endpoint("token_url", provider.token_url);
  for (const auto& [name, value] : params) {
    if (!value.empty()) form.push_back({name, value});
  }
  request.form = std::move(form);
  authenticate(request, provider, client, moment);
  return request;
}

HttpRequest make_code_request(const PendingAuthorization& pending, const CheckedCallback& callback,
                              const Parameters& more, const Moment& moment) {
  Form form = {{"grant_type", "authorization_code"},
               {"code", callback.code()},
               {"redirect_uri", pending.redirect_uri},
               {"code_verifier", pending.code_verifier}};
  return make_token_request(pending.provider, pending.client, std::move(form),
                            merge(pending.provider.token_params, more), moment);
}

HttpRequest make_refresh_request(const Provider& provider, const Client& client,
                                 const Secret& refresh_token, const Parameters& more,
                                 const Moment& moment) {
  Form form = {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
  const auto params = merge(merge(provider.token_params, provider.refresh_params), more);
  auto request = make_token_request(provider, client, std::move(form), params, moment);
  if (!provider.refresh_url.empty()) request.url = endpoint("refresh_url", provider.refresh_url);
  return request;
}

TokenAnswer check_token_response(const Provider& provider, const HttpRequest& request,
                                 const HttpResponse& response) {
  const std::string& host = request.url.host;
  check_no_redirect(response, host);
  const Answer answer = read_answer(provider.grant, response, host);
  auto refusal = find_refusal(provider, request, response, answer, grant_of(provider, request));
  if (refusal) return *std::move(refusal);
  if (answer.body.is_null()) fail_unreadable(answer, host);
  if (!has_access_token(provider.grant, answer.body)) {
    fail_without_grant(provider, request, answer);
  }
  return read_grant(provider.grant, answer.body, host);
}

}  // namespace xauth::oauth
