// Believing an ID token: its claims, and its signature by the provider's keys.
#pragma once

#include <optional>

#include "oauth/id_token.h"
#include "oauth/token.h"
#include "system/system.h"

namespace xauth::flow {

// What a login that asks for an ID token knows of it.
struct IdTokenAsked {
  Secret nonce;                       // empty: none was sent
  std::optional<Seconds> max_age;     // as asked for
  std::optional<Time> provider_time;  // what the token endpoint's clock said; nothing: unknown
};

// The ID token of `grant`, checked in full; nothing when there is none to read and the provider
// need not send one. Its keys are at the provider's jwks_url, else where its issuer's metadata
// says, and are fetched once more when the right one is not among them. A preset's issuer that
// gives no keys is told as a warning, and the claims are checked alone, as the token came from the
// token endpoint itself; likewise, without the warning, where no issuer is known. Throws Error
// (bad_response, unreachable). OpenID Connect Core §3.1.3.7, §10.1.1
std::optional<oauth::IdToken> check_id_token(const System& system, const oauth::Provider& provider,
                                             const oauth::Client& client, const IdTokenAsked& asked,
                                             const oauth::TokenGrant& grant);

// Checks the ID token that came with a refresh, if one did, against `first`, the one so far (empty:
// none). The signature is not checked: the answer came from the token endpoint itself, and a key
// that cannot be fetched must not cost the refresh token. One that is out of its time, by this
// machine's clock, is told and taken out of `grant`. Throws Error (bad_response): nothing of the
// answer may be kept. OpenID Connect Core §12.2
void check_renewed_id_token(const System& system, const oauth::Provider& provider,
                            const std::string& client_id, const Secret& first,
                            oauth::TokenGrant& grant);

}  // namespace xauth::flow
