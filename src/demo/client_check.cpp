#include "demo/client_check.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/json.h"
#include "demo/authorization_header.h"
#include "demo/rejection.h"
#include "jose/jws.h"
#include "jose/key.h"
#include "jose/signing_key.h"

namespace xauth::demo {

namespace {

constexpr std::string_view kJwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr Seconds kLongestLife{300};
constexpr std::size_t kMostSeen = 1024;

jose::Jws parse(const std::string& assertion) try {
  return jose::parse_jws(assertion, "the client assertion");
} catch (const Error&) {
  throw Rejection(Fault::client_authentication);
}

std::string text_at(const Json& claims, std::string_view name) {
  const auto* value = claims.find(name);
  if (value == nullptr || value->string() == nullptr) return "";
  return *value->string();
}

// Whether the client made the signature, by its registered secret or key.
bool is_signed_by(const RegisteredClient& client, const jose::Jws& jws) {
  if (!jws.algorithm) return false;
  const bool shared = jose::family_of(*jws.algorithm) == jose::Family::hmac;
  if (client.auth == ClientAuth::client_secret_jwt && shared) {
    const auto key = jose::SigningKey::from_secret(client.client_secret);
    return Secret(key.sign_bytes(*jws.algorithm, jws.signing_input)).matches(jws.signature);
  }
  if (client.auth != ClientAuth::private_key_jwt || shared) return false;
  const auto key = jose::PublicKey::from_jwk(client.jwk);
  return key && key->verify(*jws.algorithm, jws.signing_input, jws.signature);
}

}  // namespace

const RegisteredClient& ClientCheck::authenticate(const IncomingRequest& request,
                                                  const RequestParameters& form) {
  const bool asserted = form.optional("client_assertion") || form.optional("client_assertion_type");
  return asserted ? by_assertion(request, form)
                  : demo::authenticate(request, form, clients_, manner_);
}

const RegisteredClient& ClientCheck::by_assertion(const IncomingRequest& request,
                                                  const RequestParameters& form) {
  const auto assertion = form.required("client_assertion");
  const bool twice = authorization(request, "Basic") || form.optional("client_secret").has_value();
  if (twice || form.required("client_assertion_type") != kJwtBearer) {
    throw Rejection(Fault::malformed_request);
  }
  const auto jws = parse(assertion);
  const auto claims = parse_json(jws.payload);
  if (!claims) throw Rejection(Fault::client_authentication);
  const auto client_id = text_at(*claims, "sub");
  if (form.optional("client_id").value_or(client_id) != client_id) {
    throw Rejection(Fault::malformed_request);
  }
  const auto* client = find_client(clients_, client_id);
  if (client == nullptr) throw Rejection(Fault::unknown_client);
  if (!is_signed_by(*client, jws)) throw Rejection(Fault::client_authentication);
  check_claims(*claims, *client);
  return *client;
}

void ClientCheck::check_claims(const Json& claims, const RegisteredClient& client) {
  const auto aud = text_at(claims, "aud");
  const auto jti = text_at(claims, "jti");
  const auto* exp = claims.find("exp");
  const auto ends = (exp != nullptr ? exp->integer() : std::nullopt).value_or(0);
  const auto now = now_().time_since_epoch().count();
  const bool sound = text_at(claims, "iss") == client.client_id &&
                     (aud == addresses_.issuer || aud == addresses_.of(path::kToken)) &&
                     ends > now && ends <= now + kLongestLife.count() && !jti.empty() &&
                     std::find(seen_.begin(), seen_.end(), jti) == seen_.end();
  if (!sound) throw Rejection(Fault::client_authentication);
  if (seen_.size() == kMostSeen) seen_.pop_front();
  seen_.push_back(jti);
}

}  // namespace xauth::demo
