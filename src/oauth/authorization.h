// The authorize request, and what must be remembered until its answer.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "base/url.h"
#include "oauth/client.h"
#include "oauth/pkce.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// How the answer comes to the redirect URI: in its query, or as the form of a POST.
enum class ResponseMode { query, form_post };

// What a person may ask for at the authorize endpoint.
struct AuthorizationOptions {
  std::vector<std::string> scope;
  std::string audience;
  std::vector<std::string> resource;  // absolute URIs without fragment. RFC 8707 §2
  Parameters params;                  // further ones, before the preset's; none of the protocol's
  std::string prompt;
  std::string login_hint;
  std::string max_age;
};

// One attempt: it lives in memory, serves one answer, and goes with the login. The code is sent
// only to the token endpoint of this record. RFC 9700 §4.4.2
struct PendingAuthorization {
  Url url;  // to be opened in the browser
  Secret state;
  Secret code_verifier;
  Secret nonce;  // that the ID token must repeat; empty: none was asked for
  std::string redirect_uri;
  std::string registered_uri;  // how redirect_uri is registered, for people
  ResponseMode response_mode = ResponseMode::query;
  Provider provider;
  Client client;
};

// Makes the request from fresh entropy. `redirect_uri` is that of the listener which is already
// bound. Throws Error (usage) for an authorize URL that is no https URL, a `params` name that the
// protocol owns, or a resource that is not an absolute URI without fragment. With `openid` in the
// scope a nonce is sent, unless the provider's ID tokens do not repeat it.
// RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2
PendingAuthorization make_authorization_request(const Provider& provider, const Client& client,
                                                const std::string& redirect_uri,
                                                const AuthorizationOptions& options,
                                                const Entropy& for_state,
                                                const Entropy& for_verifier,
                                                const Entropy& for_nonce);

// Whether an ID token is asked for: the scopes hold `openid`. OpenID Connect Core §3.1.2.1
bool asks_openid(const std::vector<std::string>& scopes);

// The `response_mode` that `params` ask for, else the preset's, else the authorize URL's own query;
// without one the answer is in the query. Throws Error (usage) for one that no listener can take
// (fragment), or that we do not read (the signed ones). OAuth 2.0 Multiple Response Types §2.1,
// OAuth 2.0 Form Post Response Mode
ResponseMode response_mode_of(const Provider& provider, const Parameters& params);

// Splits `text` at spaces and commas into scopes, in order, without repeating one of `scopes`.
void add_scopes(std::vector<std::string>& scopes, const std::string& text);

// The scopes of `asked` that are not among those of `granted`, separated by spaces.
std::string missing_scopes(const std::vector<std::string>& asked, const std::string& granted);

// `usual` but those that `given` replaces, then `given`.
Parameters merge(const Parameters& usual, const Parameters& given);

// Whether only the protocol itself sends the parameter `name`.
bool is_of_protocol(std::string_view name);

// Takes `KEY=VALUE` apart; throws Error (usage) that names `option` without a `=` or with an empty
// or unprintable key, or one that the protocol itself sends.
std::pair<std::string, std::string> parse_param(const std::string& option, const std::string& text);

}  // namespace xauth::oauth
