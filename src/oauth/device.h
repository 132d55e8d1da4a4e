// The device authorization grant: the person says yes on another device, while we ask again and
// again. RFC 8628
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/http_message.h"
#include "base/secret.h"
#include "base/time.h"
#include "base/url.h"
#include "oauth/authorization.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "oauth/refusal.h"
#include "oauth/token.h"

namespace xauth::oauth {

// What the person needs, and what we ask with. RFC 8628 §3.2
struct DeviceAuthorization {
  Secret device_code;
  std::string user_code;                         // 1 to 64 characters that are safe to show
  Url verification_uri;                          // https, or http to this machine
  std::optional<Url> verification_uri_complete;  // likewise; it holds the user code
  Seconds expires_in;                            // 1 second to 30 days
  Seconds interval;                              // 1 second to 30 days
};

// Asks for a code, with scope, audience, resources and further parameters. Throws Error (usage) for
// a device URL that is no https URL. RFC 8628 §3.1, RFC 8707 §2
HttpRequest make_device_request(const Provider& provider, const Client& client,
                                const AuthorizationOptions& options, const Moment& moment);

using DeviceAnswer = std::variant<DeviceAuthorization, Refusal>;

// The code or the refusal that `response` to `request` holds. Throws Error: unreachable as
// check_answered does, bad_response for a member that is missing or wrong, and for an address that
// must not be opened. RFC 8628 §3.2
DeviceAnswer check_device_response(const Provider& provider, const HttpRequest& request,
                                   const HttpResponse& response);

// Asks whether the person has said yes, as every token request of the provider, with further
// parameters `more`, which replace the preset's of the same names. RFC 8628 §3.4
HttpRequest make_device_token_request(const Provider& provider, const Client& client,
                                      const Secret& device_code, const Parameters& more,
                                      const Moment& moment);

// The person has not answered yet.
struct Pending {
  bool slow_down = false;           // we asked too often
  std::optional<Seconds> interval;  // the answer names a new one
};

using DevicePoll = std::variant<TokenGrant, Refusal, Pending>;

// What `response` to `request` means. Throws Error as check_token_response does. RFC 8628 §3.5
DevicePoll check_device_token_response(const Provider& provider, const HttpRequest& request,
                                       const HttpResponse& response);

// How long to wait after such an answer, where it was `interval` so far: what the answer names, if
// that is longer, and 5 seconds more when it says to slow down. RFC 8628 §3.5
Seconds next_interval(Seconds interval, const Pending& answer);

}  // namespace xauth::oauth
