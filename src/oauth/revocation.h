// Token revocation.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "base/secret.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

// Asks the revocation endpoint to end `token`, in the preset's manner; `token_type_hint` is
// `refresh_token` or `access_token`. The provider has such an endpoint. RFC 7009 §2.1
HttpRequest make_revocation_request(const Provider& provider, const Client& client,
                                    const Secret& token, const std::string& token_type_hint,
                                    const Moment& moment);

// Nothing when the token is gone (also when it was unknown), else the provider's refusal, with the
// meaning that the preset gives it. Throws Error (unreachable, bad_response) when the answer is
// neither. RFC 7009 §2.2
std::optional<Refusal> check_revocation_response(const Provider& provider,
                                                 const HttpRequest& request,
                                                 const HttpResponse& response);

// Whether tokens of that kind (`refresh_token` or `access_token`) can be revoked at all.
bool can_revoke(const Provider& provider, std::string_view token_type_hint);

}  // namespace xauth::oauth
