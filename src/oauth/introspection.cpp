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
  const auto refusal =
      make_refusal(error, text_member(body, "error_description"), {}, secrets_of(request));
  const std::string words = error.empty() ? refusal.error_description : text_of(refusal);
  throw Error(code_of(refusal),
              request.url.host + " does not say what the token is" +
                  status_and_words(response.status, words),
              {}, error);
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
  const bool says_no = body && !text_member(*body, "error").empty();
  if (response.status != 200 || says_no) refused(request, response, body.value_or(Json()));
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
