// Renewing a profile's tokens: the store's lock and file joined with the provider's answer.
#pragma once

#include <string>

#include "cli/context.h"
#include "oauth/token.h"
#include "store/renew.h"

namespace xauth::cli {

// The profile's tokens, renewed if need be; `seen` is what was read of them before. Throws Error
// as store::renew and flow::refresh do, and login_needed when they were made for another provider
// or client than the profile now names.
store::Tokens renew_tokens(const Context& context, const std::string& profile,
                           const store::Tokens& seen, const store::Need& need);

// The profile's tokens with an access token that is good for a minute more, renewed if need be; one
// that is valid for less serves where it cannot be. Throws Error as renew_tokens does.
store::Tokens valid_tokens(const Context& context, const std::string& profile);

// Throws Error (login_needed) unless the tokens were made for the provider and client that the
// profile names: no other may see them.
void require_fit(const Context& context, const std::string& name,
                 const std::optional<store::Profile>& profile, const store::Tokens& tokens);

// The tokens of `profile`; throws Error (login_needed) when there are none.
store::Tokens tokens_of(const Context& context, const std::string& profile);

// Whether the tokens were made for the provider and client that the profile names, by a token
// endpoint on the same host: one that has moved, by the profile or by its preset, may not see them.
// RFC 9700 §4.4.2
bool fits(const Context& context, const store::Profile& profile, const store::Tokens& tokens);
bool fits(const store::Profile& profile, const std::string& token_url, const store::Tokens& tokens);

// Whether new tokens can be had without a person: by a refresh token that is not refused, or
// because an application just asks again.
bool can_renew(const store::Profile& profile, const store::Tokens& tokens);

// `grant` as the tokens that follow `before`: what it does not name stays as it was. RFC 6749 §6
store::Tokens tokens_after(const store::Tokens& before, const oauth::TokenGrant& grant, Time now);

}  // namespace xauth::cli
