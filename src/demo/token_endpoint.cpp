#include "demo/token_endpoint.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "demo/authorization_header.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

OutgoingReply json_reply(int status, const Json& value) {
  return {status,
          {{"Content-Type", "application/json"},
           {"Cache-Control", "no-store"},
           {"Pragma", "no-cache"},
           {"X-Content-Type-Options", "nosniff"}},
          value.text()};
}

std::string with_name(std::string text, const std::string& parameter) {
  constexpr std::string_view kPlace = "NAME";
  const auto at = text.find(kPlace);
  return at == std::string::npos ? text : text.replace(at, kPlace.size(), parameter);
}

Json token_answer(const Tokens& tokens, const std::string& token_type) {
  Json answer;
  answer.set("token_type", token_type);
  answer.set("expires_in", static_cast<std::int64_t>(tokens.expires_in.count()));
  answer.set("access_token", tokens.access_token);
  if (!tokens.scope.empty()) answer.set("scope", tokens.scope);
  if (tokens.refresh_token) answer.set("refresh_token", *tokens.refresh_token);
  return answer;
}

Tokens issue(Grants& grants, const RegisteredClient& client, const RequestParameters& form) {
  const auto grant_type = form.required("grant_type");
  if (grant_type == "authorization_code") {
    const auto code = form.required("code");
    const auto redirect_uri = form.required("redirect_uri");
    const auto code_verifier = form.required("code_verifier");
    return grants.redeem(code, client.client_id, redirect_uri, code_verifier);
  }
  if (grant_type == "refresh_token") {
    const auto refresh_token = form.required("refresh_token");
    return grants.refresh(refresh_token, client.client_id, form.optional("scope").value_or(""));
  }
  throw Rejection(Fault::unsupported_grant);
}

}  // namespace

OutgoingReply TokenEndpoint::token(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = authenticate(request, form, clients_, manner_);
  return json_reply(200, token_answer(issue(grants_, client, form), manner_.token_type));
} catch (const Rejection& rejection) {
  return refuse(rejection.fault, rejection.parameter);
}

OutgoingReply TokenEndpoint::revoke(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = authenticate(request, form, clients_, manner_);
  const auto token = form.required("token");
  if (manner_.revocation_needs_hint) form.required("token_type_hint");
  grants_.revoke(token, client.client_id);
  return json_reply(200, Json::Object());
} catch (const Rejection& rejection) {
  return refuse(rejection.fault, rejection.parameter);
}

OutgoingReply TokenEndpoint::account(const IncomingRequest& request) const {
  const auto token = authorization(request, "Bearer");
  if (!token) {
    auto reply = json_reply(401, Json::Object());
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");  // no error code. RFC 6750 §3.1
    return reply;
  }
  const auto scope = grants_.scope_of(*token);
  if (!scope) return refuse(Fault::access_token);
  const auto& needed = manner_.account_scopes;
  const bool may_read = std::all_of(needed.begin(), needed.end(), [&](const std::string& name) {
    return has_scope(*scope, name);
  });
  return may_read ? json_reply(200, manner_.account) : refuse(Fault::insufficient_scope);
}

OutgoingReply TokenEndpoint::refuse(Fault fault, const std::string& parameter) const {
  const auto& error = manner_.errors.at(fault);
  Json body;
  body.set("error", error.error);
  if (!error.description.empty()) {
    body.set("error_description", with_name(error.description, parameter));
  }
  auto reply = json_reply(error.status, body);
  const bool by_bearer = fault == Fault::access_token || fault == Fault::insufficient_scope;
  if (by_bearer) {
    reply.headers.emplace_back("WWW-Authenticate", "Bearer error=\"" + error.error + "\"");
  } else if (error.status == 401) {
    reply.headers.emplace_back("WWW-Authenticate", "Basic realm=\"demo\"");
  }
  return reply;
}

}  // namespace xauth::demo
