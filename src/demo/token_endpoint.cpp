#include "demo/token_endpoint.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "demo/authorization_header.h"
#include "demo/json_answer.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

Json token_answer(const Tokens& tokens, const std::string& token_type) {
  Json answer;
  answer.set("token_type", token_type);
  answer.set("expires_in", static_cast<std::int64_t>(tokens.expires_in.count()));
  answer.set("access_token", tokens.access_token);
  if (!tokens.scope.empty()) answer.set("scope", tokens.scope);
  if (tokens.refresh_token) answer.set("refresh_token", *tokens.refresh_token);
  if (tokens.id_token) answer.set("id_token", *tokens.id_token);
  return answer;
}

Tokens redeem_code(Grants& grants, const RegisteredClient& client, const RequestParameters& form) {
  const auto code = form.required("code");
  const auto redirect_uri = form.required("redirect_uri");
  const auto code_verifier = form.required("code_verifier");
  return grants.redeem(code, client.client_id, redirect_uri, code_verifier);
}

// RFC 6749 §4.4
Tokens grant_to_client(Grants& grants, const RegisteredClient& client,
                       const RequestParameters& form) {
  if (client.auth == ClientAuth::none) throw Rejection(Fault::client_kind);
  Approval approval;
  approval.client_id = client.client_id;
  approval.scope = form.optional("scope").value_or("");
  return grants.open(approval, false);
}

std::int64_t seconds_since_1970(Time time) { return time.time_since_epoch().count(); }

}  // namespace

OutgoingReply TokenEndpoint::token(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = clients_.authenticate(request, form);
  auto tokens = issue(client, form);
  tokens.id_token = id_tokens_.issue(client, tokens);
  return json_answer(200, token_answer(tokens, manner_.token_type));
} catch (const Rejection& rejection) {
  return refusal(manner_, rejection);
}

Tokens TokenEndpoint::issue(const RegisteredClient& client, const RequestParameters& form) {
  const auto grant_type = form.required("grant_type");
  if (grant_type == "authorization_code") return redeem_code(grants_, client, form);
  if (grant_type == "client_credentials") return grant_to_client(grants_, client, form);
  if (grant_type == "refresh_token") {
    const auto refresh_token = form.required("refresh_token");
    return grants_.refresh(refresh_token, client.client_id, form.optional("scope").value_or(""));
  }
  if (manner_.device && grant_type == "urn:ietf:params:oauth:grant-type:device_code") {
    return grants_.open(devices_.redeem(form.required("device_code"), client.client_id), true);
  }
  throw Rejection(Fault::unsupported_grant);
}

OutgoingReply TokenEndpoint::revoke(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = clients_.authenticate(request, form);
  const auto token = form.required("token");
  if (manner_.revocation_needs_hint) form.required("token_type_hint");
  grants_.revoke(token, client.client_id);
  return json_answer(200, Json::Object());
} catch (const Rejection& rejection) {
  return refusal(manner_, rejection);
}

OutgoingReply TokenEndpoint::introspect(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = clients_.authenticate(request, form);
  if (client.auth == ClientAuth::none) throw Rejection(Fault::client_authentication);
  const auto facts = grants_.facts_of(form.required("token"), client.client_id);
  Json answer;
  answer.set("active", facts.has_value());
  if (!facts) return json_answer(200, answer);
  if (!facts->scope.empty()) answer.set("scope", facts->scope);
  answer.set("client_id", facts->client_id);
  answer.set("username", "demo");
  answer.set("sub", kSubject);
  answer.set("iss", addresses_.issuer);
  answer.set("token_type", facts->expires_at ? manner_.token_type : "refresh_token");
  answer.set("iat", seconds_since_1970(facts->issued_at));
  if (facts->expires_at) answer.set("exp", seconds_since_1970(*facts->expires_at));
  return json_answer(200, answer);
} catch (const Rejection& rejection) {
  return refusal(manner_, rejection);
}

OutgoingReply TokenEndpoint::account(const IncomingRequest& request) const {
  const auto token = authorization(request, "Bearer");
  if (!token) {
    auto reply = json_answer(401, Json::Object());
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");  // no error code. RFC 6750 §3.1
    return reply;
  }
  const auto scope = grants_.scope_of(*token);
  if (!scope) return refusal(manner_, Rejection(Fault::access_token));
  const auto& needed = manner_.account_scopes;
  const bool may_read = std::all_of(needed.begin(), needed.end(), [&](const std::string& name) {
    return has_scope(*scope, name);
  });
  return may_read ? json_answer(200, manner_.account)
                  : refusal(manner_, Rejection(Fault::insufficient_scope));
}

}  // namespace xauth::demo
