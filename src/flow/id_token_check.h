// Believing an ID token: its claims, and its signature by the provider's keys.
#pragma once

#include <optional>

#include "base/error.h"
#include "flow/issuer_keys.h"
#include "jose/key_set.h"
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
// says, and are fetched once more when the right one is not among them; a signature by the client's
// secret needs none. A preset's issuer that gives no keys is told as a warning, and the claims are
// checked alone, as the token came from the token endpoint itself; likewise where no
// issuer is known, which is told too. Throws Error (bad_response, unreachable). OpenID Connect Core
// §3.1.3.7, §10.1.1
std::optional<oauth::IdToken> check_id_token(const System& system, const oauth::Provider& provider,
                                             const oauth::Client& client, const IdTokenAsked& asked,
                                             const oauth::TokenGrant& grant);

// The keys that a provider's ID tokens are checked with, or why they cannot be had.
struct IdTokenKeys {
  KeySource source;
  jose::KeySet set;
  std::optional<Error> missing;
};

// What the ID token of a refresh is held against.
struct IdTokenBefore {
  std::optional<oauth::IdToken> token;  // the one so far; nothing: none that can be read
  std::optional<IdTokenKeys> keys;      // nothing: not asked for
};

// The ID token so far (empty: none), and the provider's keys where it is signed with one. They are
// asked for before the refresh, since from its answer to the saving of it nothing should come in
// between. Throws Error (interrupted).
IdTokenBefore before_refresh(const System& system, const oauth::Provider& provider,
                             const Secret& id_token);

// Checks the ID token that came with a refresh, if one did, in full. One that is out of its time by
// this machine's clock, or whose issuer gives no keys now, is told and taken out of `grant`:
// neither must cost the refresh token. Throws Error (bad_response): nothing of the answer may be
// kept. OpenID Connect Core §12.2
void check_renewed_id_token(const System& system, const oauth::Provider& provider,
                            const oauth::Client& client, const IdTokenBefore& before,
                            oauth::TokenGrant& grant);

}  // namespace xauth::flow
