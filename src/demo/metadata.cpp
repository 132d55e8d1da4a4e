#include "demo/metadata.h"

#include <initializer_list>

namespace xauth::demo {

namespace {

Json list(std::initializer_list<const char*> words) {
  return Json::Array(words.begin(), words.end());
}

void tell_endpoints(Json& told, const Manner& manner, const Addresses& addresses) {
  told.set("authorization_endpoint", addresses.of(path::kAuthorize));
  told.set("token_endpoint", addresses.of(path::kToken));
  told.set("revocation_endpoint", addresses.of(path::kRevoke));
  if (manner.device) {
    told.set("device_authorization_endpoint", addresses.of(path::kDeviceAuthorization));
  }
  if (manner.introspects) told.set("introspection_endpoint", addresses.of(path::kIntrospect));
}

void tell_grants(Json& told, const Manner& manner) {
  Json::Array grants = {"authorization_code", "refresh_token", "client_credentials"};
  if (manner.device) grants.emplace_back("urn:ietf:params:oauth:grant-type:device_code");
  told.set("response_types_supported", list({"code"}));
  told.set("response_modes_supported", list({"query", "form_post"}));
  told.set("grant_types_supported", std::move(grants));
  told.set("code_challenge_methods_supported", list({"S256"}));
  told.set("token_endpoint_auth_methods_supported",
           list({"none", "client_secret_basic", "client_secret_post", "client_secret_jwt",
                 "private_key_jwt"}));
  told.set("token_endpoint_auth_signing_alg_values_supported",
           list({"RS256", "PS256", "ES256", "EdDSA", "HS256"}));
}

void tell_openid(Json& told, const Manner& manner, const Addresses& addresses) {
  told.set("userinfo_endpoint", addresses.of(path::kAccount));
  told.set("jwks_uri", addresses.of(path::kKeys));
  told.set("id_token_signing_alg_values_supported",
           Json::Array{jose::name_of(manner.id_token_alg)});
  told.set("scopes_supported", list({"openid", "profile", "email", "offline_access"}));
  told.set("subject_types_supported", list({"public"}));
  told.set("claims_supported", list({"sub", "name", "preferred_username"}));
}

}  // namespace

Json metadata(const Manner& manner, const Addresses& addresses) {
  Json told;
  told.set("issuer", addresses.issuer);
  tell_endpoints(told, manner, addresses);
  tell_grants(told, manner);
  if (manner.iss_in_answers) told.set("authorization_response_iss_parameter_supported", true);
  if (manner.speaks_openid) tell_openid(told, manner, addresses);
  for (const auto& [name, value] : manner.metadata) {
    if (value.is_null()) {
      told.erase(name);
    } else {
      told.set(name, value);
    }
  }
  return told;
}

}  // namespace xauth::demo
