// Token requests and their answers: the code exchange and the refresh.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/http_message.h"
#include "base/secret.h"
#include "oauth/answer.h"
#include "oauth/authorization.h"
#include "oauth/callback.h"
#include "oauth/client.h"
#include "oauth/grant.h"
#include "oauth/provider.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

using TokenAnswer = std::variant<TokenGrant, Refusal>;

// `form`, and of `params` what is not empty, to the token endpoint in the preset's format, with the
// client's authentication. Throws Error (usage). RFC 6749 §3.2
HttpRequest make_token_request(const Provider& provider, const Client& client, Form form,
                               const Parameters& params, const Moment& moment);

// Exchanges the code of a checked callback, at the token endpoint of its own record, with further
// parameters `more`, which replace the preset's of the same names. RFC 6749 §4.1.3, RFC 7636 §4.5
HttpRequest make_code_request(const PendingAuthorization& pending, const CheckedCallback& callback,
                              const Parameters& more, const Moment& moment);

// Asks for new tokens, with further parameters `more` as above; the scope is left as it is. RFC
// 6749 §6
HttpRequest make_refresh_request(const Provider& provider, const Client& client,
                                 const Secret& refresh_token, const Parameters& more,
                                 const Moment& moment);

// The grant or the refusal that `response` to `request` holds, read as the preset says. Throws
// TryLater (unreachable) for 5xx and 429, Error (bad_response) for a redirect, HTML, or anything
// that is neither a sound grant nor an error. RFC 6749 §5.1, §5.2
TokenAnswer check_token_response(const Provider& provider, const HttpRequest& request,
                                 const HttpResponse& response);

}  // namespace xauth::oauth
