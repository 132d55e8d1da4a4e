// ID tokens: what a provider says, signed, of who has logged in. OpenID Connect Core §2, §3.1.3.7
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/time.h"
#include "jose/jws.h"
#include "jose/key_set.h"
#include "oauth/account.h"
#include "oauth/client.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// An ID token that is well formed: each claim here is of its type, but none is believed yet.
struct IdToken {
  jose::Jws jws;
  Json claims;  // all of them; an object
  std::string iss;
  std::string sub;  // 1 to 255 characters of ASCII
  std::vector<std::string> aud;
  Time iat;
  Time exp;
};

// What was asked for, so what the ID token must say. An empty member asks nothing.
struct IdTokenExpectation {
  Provider provider;  // its issuer, in which `issuer_claims` may fill parts
  std::string client_id;
  Secret nonce;
  Secret access_token;
  std::optional<Seconds> max_age;
};

// Takes an ID token apart. Throws Error (bad_response) that names what is wrong: no signed JWT, an
// encrypted one, or a claim that is missing or of the wrong type. OpenID Connect Core §2, RFC 7519
// §7.2
IdToken read_id_token(const Secret& token);

// The algorithms of that metadata, as far as we know them. One by a shared secret is left out: it
// is used only where a preset says so. OpenID Connect Discovery §3
std::vector<jose::Algorithm> signing_algorithms(const std::vector<std::string>& names);

// Refuses, with Error (bad_response), an algorithm that is not among `permitted` (empty: each that
// we know); `none` and unknown ones always, HMAC without a client secret as long as the hash.
// OpenID Connect Core §3.1.3.7(6-8), RFC 8725 §3.1
void check_algorithm(const IdToken& token, const std::vector<jose::Algorithm>& permitted,
                     const Client& client);

// Whether the signature is by one of `keys`, or by the client's secret for HMAC.
// OpenID Connect Core §3.1.3.7(6), §10.1
jose::Verdict check_signature(const IdToken& token, const Client& client, const jose::KeySet& keys);

// Refuses, with Error (bad_response) that names the claim, an ID token whose iss, aud, azp, nonce,
// at_hash or auth_time is not as expected. OpenID Connect Core §3.1.3.6, §3.1.3.7
void check_claims(const IdToken& token, const IdTokenExpectation& expected);

// Refuses, with Error (bad_response), an ID token that has expired, is not valid yet or was issued
// in the future, each beyond a leeway of 60 s, or that was issued more than ten minutes ago.
// `provider_time` is what the provider's own clock says, for the hint. OpenID Connect Core
// §3.1.3.7(9-10)
void check_times(const IdToken& token, Time now, std::optional<Time> provider_time);

// Refuses, with Error (bad_response) that names the claim, an ID token of a refresh that does not
// go on where the one of the login (`first`) stood: iss, sub, aud and auth_time are the same, nonce
// is absent or the same. OpenID Connect Core §12.2
void check_same_login(const IdToken& first, const IdToken& renewed);

// Who has logged in: preferred_username, email or sub, safe to show, and the sub.
Account account_of(const IdToken& token);

}  // namespace xauth::oauth
