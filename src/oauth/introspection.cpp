#include "oauth/introspection.h"

#include "oauth/refusal.h"
#include "oauth/token.h"

namespace xauth::oauth {

namespace {

std::string text_member(const Json& body, const char* name) {
  const Json* member = body.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
}

[[noreturn]] void refused(const HttpRequest& request, const HttpResponse& response,
                          const Json& body) {
  const std::string error = text_member(body, "error");
  const std::string status = "status " + std::to_string(response.status);
  const auto refusal =
      make_refusal(error.empty() ? status : error, text_member(body, "error_description"), {},
                   secrets_of(request));
  throw Error(code_of(refusal),
              request.url.host + " does not say what the token is: " + text_of(refusal), {}, error);
}

}  // namespace

HttpRequest make_introspection_request(const Provider& provider, const Client& client,
                                       const Secret& token, const Moment& moment) {
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint("introspect_url", provider.introspect_url);
  request.form = {{"token", token}, {"token_type_hint", std::string("access_token")}};
  authenticate(request, provider, client, moment);
  return request;
}

Introspection check_introspection_response(const HttpRequest& request,
                                           const HttpResponse& response) {
  check_answered(response, request.url.host);
  auto body = parse_json(response.body);
  if (response.status != 200) refused(request, response, body.value_or(Json()));
  const Json* active = body ? body->find("active") : nullptr;
  if (active == nullptr || active->boolean() == nullptr) {
    throw Error(Code::bad_response,
                "the answer of " + request.url.host + " does not say whether the token is active");
  }
  if (*active->boolean()) return {true, *std::move(body)};
  Json only_that;
  only_that.set("active", Json(false));
  return {false, std::move(only_that)};
}

}  // namespace xauth::oauth
