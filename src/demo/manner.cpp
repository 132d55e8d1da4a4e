#include "demo/manner.h"

namespace xauth::demo {

namespace {

std::map<Fault, ErrorBody> standard_errors() {
  return {
      {Fault::malformed_request, {400, "invalid_request", "The request is malformed."}},
      {Fault::missing_parameter, {400, "invalid_request", "The parameter NAME is missing."}},
      {Fault::unsupported_grant, {400, "unsupported_grant_type", ""}},
      {Fault::unknown_client, {401, "invalid_client", "The client is not known."}},
      {Fault::client_authentication, {401, "invalid_client", "Client authentication failed."}},
      {Fault::code, {400, "invalid_grant", "The code is not valid."}},
      {Fault::redirect_uri, {400, "invalid_grant", "The redirect_uri is another one."}},
      {Fault::code_verifier, {400, "invalid_grant", "The code_verifier does not match."}},
      {Fault::refresh_token, {400, "invalid_grant", "The refresh token is not valid."}},
      {Fault::scope, {400, "invalid_scope", "More scope than was granted."}},
      {Fault::access_token, {401, "invalid_token", "The access token is not valid."}},
      {Fault::insufficient_scope, {403, "insufficient_scope", ""}},
      {Fault::client_kind, {400, "unauthorized_client", "A public client may not ask for this."}},
      {Fault::device_code, {400, "invalid_grant", "The device code is not valid."}},
      {Fault::device_expired, {400, "expired_token", "The device code has expired."}},
      {Fault::device_denied, {400, "access_denied", "The person said no."}},
      {Fault::authorization_pending, {400, "authorization_pending", ""}},
      {Fault::slow_down, {400, "slow_down", ""}},
  };
}

}  // namespace

Manner plain() {
  Manner manner;
  manner.any_loopback_port = true;
  manner.tells_metadata = true;
  manner.speaks_openid = true;
  manner.introspects = true;
  manner.device = DeviceManner();
  manner.account =
      Json::Object{{"sub", kSubject}, {"name", "Demo Person"}, {"preferred_username", "demo"}};
  manner.errors = standard_errors();
  return manner;
}

Manner x() {
  Manner manner;
  manner.code_lifetime = Seconds(30);
  manner.access_token_lifetime = Seconds(7200);
  manner.token_type = "bearer";
  manner.refresh_scope = "offline.access";
  manner.account_scopes = {"tweet.read", "users.read"};
  manner.account = Json::Object{
      {"data", Json::Object{{"id", kSubject}, {"name", "Demo Person"}, {"username", "demo"}}}};
  manner.longest_state = 500;
  manner.rotates_refresh_tokens = true;
  manner.reuse_kills_grant = true;
  manner.one_live_grant = true;
  manner.basic_only = true;
  manner.revocation_needs_hint = true;
  const auto invalid = [](std::string description) {
    return ErrorBody{400, "invalid_request", std::move(description)};
  };
  manner.errors = standard_errors();
  manner.errors[Fault::missing_parameter] = invalid("Missing required parameter [NAME].");
  manner.errors[Fault::client_authentication] = {401, "unauthorized_client",
                                                 "Missing valid authorization header"};
  manner.errors[Fault::code] = invalid("Value passed for the authorization code was invalid.");
  manner.errors[Fault::redirect_uri] =
      invalid("Value passed for the redirect uri did not match the uri of the authorization code.");
  manner.errors[Fault::code_verifier] =
      invalid("Value passed for the code verifier did not match the code challenge.");
  manner.errors[Fault::refresh_token] = invalid("Value passed for the token was invalid.");
  return manner;
}

}  // namespace xauth::demo
