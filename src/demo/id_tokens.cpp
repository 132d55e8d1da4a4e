#include "demo/id_tokens.h"

#include <utility>

#include "base/encoding.h"

namespace xauth::demo {

namespace {

constexpr Seconds kLifetime{3600};

std::int64_t number(Time time) { return time.time_since_epoch().count(); }

// The left half of the access token's hash. OpenID Connect Core §3.1.3.6
std::string at_hash(jose::Algorithm algorithm, const std::string& access_token) {
  const auto digest = jose::hash(algorithm, access_token);
  return base64url(std::string_view(digest).substr(0, digest.size() / 2));
}

std::string signed_text(const IdTokenDraft& draft) {
  const auto body = base64url(draft.header.text()) + "." + base64url(draft.claims.text());
  auto signature = draft.signature;
  if (!signature) {
    // The header is signed as it stands, also where its alg is not the one that signs.
    signature = draft.key.sign_bytes(draft.algorithm, body);
  }
  if (draft.breaks_signature) signature->back() = static_cast<char>(signature->back() ^ 1);
  return body + "." + base64url(*signature);
}

}  // namespace

IdTokens::IdTokens(const Manner& manner, const Addresses& addresses, Now now, SigningKeys& keys)
    : manner_(manner), addresses_(addresses), now_(std::move(now)), keys_(keys) {}

std::optional<std::string> IdTokens::issue(const RegisteredClient& client, const Tokens& tokens) {
  const bool due = manner_.speaks_openid && has_scope(tokens.scope, "openid") &&
                   (!tokens.refreshed || manner_.id_token_at_refresh);
  if (!due) return std::nullopt;
  const auto algorithm = keys_.algorithm();
  const bool shared = jose::family_of(algorithm) == jose::Family::hmac;
  Json header;
  header.set("alg", jose::name_of(algorithm));
  if (!shared) header.set("kid", keys_.current().kid);
  IdTokenDraft draft{
      std::move(header), claims_of(client, tokens),
      shared ? jose::SigningKey::from_secret(client.client_secret) : keys_.current().key, algorithm,
      std::nullopt};
  if (change_) change_(draft);
  return signed_text(draft);
}

Json IdTokens::claims_of(const RegisteredClient& client, const Tokens& tokens) const {
  Json claims;
  claims.set("iss", addresses_.issuer);
  claims.set("sub", kSubject);
  claims.set("aud", client.client_id);
  claims.set("iat", number(now_()));
  claims.set("exp", number(now_() + kLifetime));
  claims.set("auth_time", number(tokens.approved_at));
  if (!tokens.nonce.empty() && !tokens.refreshed) claims.set("nonce", tokens.nonce);
  claims.set("at_hash", at_hash(keys_.algorithm(), tokens.access_token));
  const auto* name = manner_.account.find("preferred_username");
  if (name != nullptr && has_scope(tokens.scope, "profile")) {
    claims.set("preferred_username", *name);
  }
  return claims;
}

}  // namespace xauth::demo
