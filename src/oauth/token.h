// Token requests and their answers: the code exchange and the refresh.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/http_message.h"
#include "base/secret.h"
#include "base/time.h"
#include "oauth/authorization.h"
#include "oauth/callback.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

// What a token endpoint grants. RFC 6749 §5.1
struct TokenGrant {
  std::string token_type;             // "Bearer", however the provider spells it
  Secret access_token;                // 1 to 64 KiB of printable ASCII
  Secret refresh_token;               // empty: none was sent
  Secret id_token;                    // empty: none was sent
  std::optional<Seconds> expires_in;  // nothing: unknown
  std::optional<std::string> scope;   // nothing: as asked for
};

using TokenAnswer = std::variant<TokenGrant, Refusal>;

// Exchanges the code of a checked callback, at the token endpoint of its own record, with further
// parameters `more`. RFC 6749 §4.1.3, RFC 7636 §4.5
HttpRequest make_code_request(const PendingAuthorization& pending, const CheckedCallback& callback,
                              const Parameters& more, const Moment& moment);

// Asks for new tokens; the scope is left as it is. RFC 6749 §6
HttpRequest make_refresh_request(const Provider& provider, const Client& client,
                                 const Secret& refresh_token, const Parameters& more,
                                 const Moment& moment);

// The grant or the refusal that `response` to `request` holds. Throws Error: unreachable for 5xx
// and 429, bad_response for a redirect, HTML, or anything that is neither a sound grant nor an
// OAuth error. RFC 6749 §5.1, §5.2
TokenAnswer check_token_response(const Provider& provider, const HttpRequest& request,
                                 const HttpResponse& response);

// What any answer of the provider must be to be looked at: no redirect, no 5xx or 429. Throws
// Error otherwise, as above; `host` names the provider. RFC 9110 §15
void check_answered(const HttpResponse& response, const std::string& host);

}  // namespace xauth::oauth
