// Who is logged in, by the provider's account endpoint.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "base/json.h"
#include "base/secret.h"
#include "oauth/provider.h"

namespace xauth::oauth {

struct Account {
  std::string name;  // for people: the preset's field, else preferred_username, email, sub
  std::string id;    // the provider's stable identifier; empty: unknown
  Json claims;       // all that the provider said
};

// Asks the account endpoint in the preset's manner, with the token in the Authorization header
// only; some want our client ID in a header too. Nothing when the provider has no such endpoint.
// RFC 6750 §2.1, OpenID Connect Core §5.3.1
std::optional<HttpRequest> make_account_request(const Provider& provider,
                                                const Secret& access_token,
                                                const std::string& client_id);

// The account in the answer. `sub` is that of the ID token, which an OpenID provider's answer must
// repeat; empty: there was none. Throws Error that says what is wrong, and nothing of the answer
// counts then: login_needed where the provider does not take the token any more, unreachable, the
// code of its refusal, else bad_response. OpenID Connect Core §5.3.2, §5.3.4
Account read_account(const Provider& provider, const HttpRequest& request,
                     const HttpResponse& response, const std::string& sub);

}  // namespace xauth::oauth
