// How an authorization server behaves where the standards leave a choice, or where a provider
// leaves the standards: all of it data, so that no code asks for a provider's name.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "jose/algorithm.h"

namespace xauth::demo {

// Why the token, revocation or account endpoint turns a request down.
enum class Fault {
  malformed_request,      // no form, a parameter that is repeated or badly encoded
  missing_parameter,      // the parameter is named
  unsupported_grant,      // a grant_type that is not served
  unknown_client,         // no such client_id
  client_authentication,  // a wrong secret, a wrong way to send it, or none
  code,                   // unknown, used, expired, or another client's
  redirect_uri,           // not the one of the authorize request
  code_verifier,          // not what the code_challenge was made from
  refresh_token,          // unknown, spent, of a dead grant, or another client's
  scope,                  // more than was granted
  access_token,           // missing, unknown, expired or revoked
  insufficient_scope,     // a token that may not read the account
  client_kind,            // a public client asks for what only a confidential one may have
  device_code,            // unknown, used, or another client's
  device_expired,         // the person did not answer in time
  device_denied,          // the person said no
  authorization_pending,  // the person has not answered yet
  slow_down,              // asked again before the interval was over
};

// The answer to a fault; NAME in the description stands for the parameter. An empty error: an
// empty body.
struct ErrorBody {
  int status = 400;
  std::string error;
  std::string description;  // empty: left out
};

// The device grant, and where servers differ in it. RFC 8628
struct DeviceManner {
  Seconds code_lifetime{600};
  Seconds interval{5};
  bool tells_interval = true;
  bool tells_complete_uri = true;         // verification_uri_complete
  bool slow_down_tells_interval = false;  // the new one, as `interval`
  std::string uri_member = "verification_uri";
};

struct Manner {
  Seconds code_lifetime{600};
  Seconds access_token_lifetime{3600};

  std::string token_type = "Bearer";        // as the token answer spells it
  std::string refresh_scope;                // a refresh token only with this scope; empty: always
  std::vector<std::string> account_scopes;  // what the account endpoint demands
  Json account;                             // what it answers
  std::size_t longest_state = 4096;         // bytes

  bool rotates_refresh_tokens = false;  // each refresh spends the token and gives a new one
  bool reuse_kills_grant = false;   // a spent refresh token ends the whole grant. RFC 9700 §4.14
  bool one_live_grant = false;      // a login ends the client's earlier ones
  bool any_loopback_port = false;   // redirect URIs match but for the port. RFC 8252 §7.3
  bool any_localhost_port = false;  // also at the name localhost, as some servers have it
  bool basic_only = false;          // a secret is taken by `Authorization: Basic` alone
  bool revocation_needs_hint = false;  // token_type_hint is required

  bool tells_metadata = false;  // RFC 8414
  bool speaks_openid = false;   // OpenID Connect: discovery, and a `sub` for the account
  bool iss_in_answers = false;  // `iss` beside the code or the error. RFC 9207 §2
  bool introspects = false;     // RFC 7662
  jose::Algorithm id_token_alg = jose::Algorithm::RS256;  // RSA keys take a moment to be made
  bool id_token_at_refresh = true;
  std::string issuer;     // empty: the server's own URL
  Json::Object metadata;  // members for discovery's document; null: that one is left out

  std::optional<DeviceManner> device;  // nothing: no device grant

  std::map<Fault, ErrorBody> errors;  // one for every Fault
};

// The one account's identifier. OpenID Connect Core §2
inline constexpr const char* kSubject = "2244994945";

// A server that follows the standards, and does what most do. RFC 6749 §5.2, RFC 6750 §3.1
Manner plain();

// The manner of X: one-time refresh tokens, one login at a time, exact redirect URIs, codes of
// thirty seconds, and its own error texts.
Manner x();

}  // namespace xauth::demo
