#include "flow/id_token_check.h"

#include "base/error.h"
#include "base/terminal_text.h"
#include "flow/issuer_keys.h"
#include "system/signals.h"

namespace xauth::flow {

namespace {

// What is needed to check a signature; nothing when the provider has no issuer to ask.
struct Keys {
  KeySource source;
  jose::KeySet set;
};

std::optional<Keys> keys_of(const System& system, const oauth::Provider& provider) {
  if (provider.issuer.empty() && provider.jwks_url.empty()) return std::nullopt;
  const bool discovered = provider.id == provider.issuer;
  try {
    Keys keys{key_source(system, provider), {}};
    keys.set = fetch_keys(system, keys.source.jwks_url);
    return keys;
  } catch (const Error& error) {
    SignalsWatched::throw_if_received();
    if (discovered) throw;
    system.say("warning: the signature of the ID token is not checked: " + error.message);
    return std::nullopt;
  }
}

void check_signature(const System& system, const oauth::IdToken& token, const oauth::Client& client,
                     const Keys& keys) {
  oauth::check_algorithm(token, keys.source.algorithms, client);
  auto verdict = oauth::check_signature(token, client, keys.set);
  if (verdict == jose::Verdict::no_key) {  // the keys may just have changed
    verdict = oauth::check_signature(token, client, fetch_keys(system, keys.source.jwks_url));
  }
  if (verdict == jose::Verdict::valid) return;
  const std::string kid =
      token.jws.kid ? " (kid: " + for_terminal(*token.jws.kid, 100) + ")" : std::string();
  throw Error(Code::bad_response,
              verdict == jose::Verdict::no_key
                  ? "the ID token is signed with a key that the provider does not have" + kid
                  : "the signature of the ID token is wrong");
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
  oauth::check_algorithm(token, {}, client);
  const auto keys = keys_of(system, provider);
  if (keys) check_signature(system, token, client, *keys);
  return token;
}

void check_renewed_id_token(const System& system, const oauth::Provider& provider,
                            const std::string& client_id, const Secret& first,
                            oauth::TokenGrant& grant) {
  if (grant.id_token.empty()) return;
  const auto before = read_or_nothing(first);
  if (!before && !provider.id_token_required) return;
  const auto token = oauth::read_id_token(grant.id_token);
  oauth::check_claims(token, {.provider = provider,
                              .client_id = client_id,
                              .nonce = {},
                              .access_token = grant.access_token,
                              .max_age = {}});
  if (before) oauth::check_same_login(*before, token);
  try {
    oauth::check_times(token, system.now(), std::nullopt);
  } catch (const Error& error) {
    system.say("warning: " + error.message + "; the one of before is kept");
    grant.id_token = Secret();
  }
}

}  // namespace xauth::flow
