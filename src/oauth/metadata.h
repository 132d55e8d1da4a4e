// What an issuer says of itself: OpenID Connect Discovery and RFC 8414.
#pragma once

#include <string>
#include <vector>

#include "base/http_message.h"
#include "base/json.h"
#include "base/url.h"

namespace xauth::oauth {

// Endpoints by our names; the wire's are in metadata.cpp. Empty: the issuer has none.
struct Endpoints {
  std::string authorize_url;
  std::string token_url;
  std::string device_url;
  std::string revoke_url;
  std::string userinfo_url;
  std::string introspect_url;
  std::string jwks_url;
};

// A document that has passed check_metadata. Lists are empty where it has none.
struct Metadata {
  std::string issuer;
  Endpoints endpoints;
  Endpoints mtls;          // those for a client with a certificate, where they differ. RFC 8705 §5
  bool openid = false;     // it issues ID tokens
  bool sends_iss = false;  // in every authorization response. RFC 9207 §3
  std::vector<std::string> scopes_supported;
  std::vector<std::string> response_modes_supported;
  std::vector<std::string> token_endpoint_auth_methods_supported;
  std::vector<std::string> token_endpoint_auth_signing_alg_values_supported;
  std::vector<std::string> id_token_signing_alg_values_supported;
  Json document;  // as it came; to be shown through the terminal filter only
};

// The issuer `text` as a URL. Throws Error (usage) unless it is https (or http to this machine)
// without query, fragment and userinfo. RFC 8414 §2
Url issuer_url(const std::string& text);

// Where the issuer's OpenID Connect document is. OpenID Connect Discovery §4.1
Url openid_metadata_url(const Url& issuer);

// Where its OAuth document is. RFC 8414 §3.1
Url oauth_metadata_url(const Url& issuer);

// The metadata in `response` to a GET of one of them: status 200, a JSON object, whose `issuer` is
// `issuer` byte for byte, and whose endpoints are https (http where the issuer is on this machine)
// and no closer to us than the issuer itself: one from the internet does not send us to a private
// network. Throws Error (bad_response, unreachable) that names the member. OpenID Connect Discovery
// §4.2, §4.3, RFC 8414 §3.2, §3.3, §6.2
Metadata check_metadata(const std::string& issuer, const HttpResponse& response);

}  // namespace xauth::oauth
