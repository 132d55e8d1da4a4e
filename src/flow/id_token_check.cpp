#include "flow/id_token_check.h"

#include <functional>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/signals.h"

namespace xauth::flow {

namespace {

// The keys that a signature must be checked with cannot be had.
struct KeysMissing : Error {
  explicit KeysMissing(const Error& why) : Error(why) {}
};

bool has_keys(const oauth::Provider& provider) {
  return !provider.issuer.empty() || !provider.jwks_url.empty();
}

bool is_signed_by_secret(const oauth::IdToken& token) {
  const auto algorithm = token.jws.algorithm;
  return algorithm && jose::family_of(*algorithm) == jose::Family::hmac;
}

IdTokenKeys keys_of(const System& system, const oauth::Provider& provider) {
  IdTokenKeys keys;
  try {
    keys.source = key_source(system, provider);
    keys.set = fetch_keys(system, keys.source.jwks_url);
  } catch (const Error& error) {
    SignalsWatched::throw_if_received();
    keys.missing = error;
  }
  return keys;
}

// At a refresh: the algorithms of the metadata were for the login, and are not kept with it.
IdTokenKeys keys_at_refresh(const System& system, const oauth::Provider& provider) {
  IdTokenKeys keys = keys_of(system, provider);
  keys.source.algorithms = provider.id_token_algs;
  return keys;
}

// What can be told without keys. A provider that has some does not sign with a secret, unless its
// preset says so.
void check_algorithm(const oauth::IdToken& token, const oauth::Provider& provider,
                     const oauth::Client& client) {
  auto permitted = provider.id_token_algs;
  const bool unexpected = is_signed_by_secret(token) && has_keys(provider);
  if (permitted.empty() && unexpected) permitted = {jose::Algorithm::RS256};  // Core §2
  oauth::check_algorithm(token, permitted, client);
}

void require_valid(const oauth::IdToken& token, jose::Verdict verdict) {
  if (verdict == jose::Verdict::valid) return;
  const std::string kid =
      token.jws.kid ? " (kid: " + for_terminal(*token.jws.kid, 100) + ")" : std::string();
  throw Error(Code::bad_response,
              verdict == jose::Verdict::no_key
                  ? "the ID token is signed with a key that the provider does not have" + kid
                  : "the signature of the ID token is wrong");
}

jose::KeySet fetch_again(const System& system, const IdTokenKeys& keys) {
  try {
    return fetch_keys(system, keys.source.jwks_url);
  } catch (const Error& error) {
    throw KeysMissing(error);
  }
}

void check_with_keys(const System& system, const oauth::IdToken& token, const oauth::Client& client,
                     const IdTokenKeys& keys) {
  oauth::check_algorithm(token, keys.source.algorithms, client);
  auto verdict = oauth::check_signature(token, client, keys.set);
  if (verdict == jose::Verdict::no_key) {  // the keys may just have changed
    verdict = oauth::check_signature(token, client, fetch_again(system, keys));
  }
  require_valid(token, verdict);
}

// The signature, by the client's secret or by what `ask` says are the provider's keys. Throws
// KeysMissing where an issuer that was asked for by name gives none.
void check_signature(const System& system, const oauth::Provider& provider,
                     const oauth::Client& client, const oauth::IdToken& token,
                     const std::function<IdTokenKeys()>& ask) {
  check_algorithm(token, provider, client);
  if (is_signed_by_secret(token)) {
    return require_valid(token, oauth::check_signature(token, client, {}));
  }
  if (!has_keys(provider)) return;
  const IdTokenKeys keys = ask();
  if (!keys.missing) return check_with_keys(system, token, client, keys);
  if (provider.id == provider.issuer) throw KeysMissing(*keys.missing);
  system.say("warning: the signature of the ID token is not checked: " + keys.missing->message);
}

void leave_out(const System& system, oauth::TokenGrant& grant, const std::string& why) {
  system.say("warning: " + why + "; the one of before is kept");
  grant.id_token = Secret();
}

std::optional<oauth::IdToken> read_or_nothing(const Secret& token) {
  try {
    return oauth::read_id_token(token);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<oauth::IdToken> check_id_token(const System& system, const oauth::Provider& provider,
                                             const oauth::Client& client, const IdTokenAsked& asked,
                                             const oauth::TokenGrant& grant) {
  const bool required = provider.id_token_required;
  if (grant.id_token.empty()) {
    if (!required) return std::nullopt;
    throw Error(Code::bad_response,
                "the provider sent no ID token (id_token), though openid was asked for");
  }
  oauth::IdToken token;
  try {
    token = oauth::read_id_token(grant.id_token);
  } catch (const Error& error) {
    if (required) throw;
    system.say("warning: " + error.message + "; it is kept, but says nothing");
    return std::nullopt;
  }
  oauth::check_claims(token, {.provider = provider,
                              .client_id = client.id,
                              .nonce = asked.nonce,
                              .access_token = grant.access_token,
                              .max_age = asked.max_age});
  oauth::check_times(token, system.now(), asked.provider_time);
  if (required && provider.issuer.empty()) {
    system.say("warning: who made the ID token is not checked: its issuer is not known (--issuer)");
  }
  check_signature(system, provider, client, token, [&] { return keys_of(system, provider); });
  return token;
}

IdTokenBefore before_refresh(const System& system, const oauth::Provider& provider,
                             const Secret& id_token) {
  IdTokenBefore before{read_or_nothing(id_token), std::nullopt};
  if (!before.token || is_signed_by_secret(*before.token) || !has_keys(provider)) return before;
  before.keys = keys_at_refresh(system, provider);
  const auto& missing = before.keys->missing;
  if (missing && missing->signal != 0) throw *missing;
  return before;
}

void check_renewed_id_token(const System& system, const oauth::Provider& provider,
                            const oauth::Client& client, const IdTokenBefore& before,
                            oauth::TokenGrant& grant) {
  if (grant.id_token.empty()) return;
  const bool expected = before.token || provider.id_token_required;
  if (!expected && !read_or_nothing(grant.id_token)) return;
  const auto token = oauth::read_id_token(grant.id_token);
  oauth::check_claims(token, {.provider = provider,
                              .client_id = client.id,
                              .nonce = {},
                              .access_token = grant.access_token,
                              .max_age = {}});
  if (before.token) oauth::check_same_login(*before.token, token);
  try {
    check_signature(system, provider, client, token,
                    [&] { return before.keys ? *before.keys : keys_at_refresh(system, provider); });
  } catch (const KeysMissing& missing) {
    return leave_out(system, grant,
                     "the signature of the new ID token cannot be checked: " + missing.message);
  }
  try {
    oauth::check_times(token, system.now(), std::nullopt);
  } catch (const Error& error) {
    leave_out(system, grant, error.message);
  }
}

}  // namespace xauth::flow
