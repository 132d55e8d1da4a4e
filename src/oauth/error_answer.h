// Errors in what an endpoint of the provider sent, by the standard or by the preset.
#pragma once

#include <optional>
#include <string_view>

#include "base/http_message.h"
#include "oauth/answer.h"
#include "oauth/provider.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

// The refusal in `answer` to `request`, with the meaning that the preset gives it; nothing when the
// answer is none. `grant` is what was asked for: authorization_code, …, revoke. Throws TryLater for
// 429 and 5xx (whose meaning is then its provider_error), unless the preset says what that status
// means or the answer is one to a device poll; Error (bad_response) for an error that nobody can
// read, with the provider's words. RFC 6749 §5.2, RFC 8628 §3.5
std::optional<Refusal> find_refusal(const Provider& provider, const HttpRequest& request,
                                    const HttpResponse& response, const Answer& answer,
                                    std::string_view grant);

// Says that `answer`, which is no refusal, holds no access token either: throws Error
// (bad_response) with its status and its words.
[[noreturn]] void fail_without_grant(const Provider& provider, const HttpRequest& request,
                                     const Answer& answer);

// Gives a refusal that came by the redirect the meaning that the preset has for it.
void interpret_callback(const Provider& provider, Refusal& refusal);

// The short name of what a token request asks for: device_code by whatever grant_type the provider
// has for it, else the last word of grant_type.
std::string grant_of(const Provider& provider, const HttpRequest& request);

}  // namespace xauth::oauth
