// What we know of a provider: its endpoints, and its quirks as data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/http_message.h"
#include "base/url.h"
#include "jose/algorithm.h"
#include "oauth/client_auth.h"

namespace xauth::oauth {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// A part of a provider's URLs that every customer has another one of, such as a tenant: its name
// stands there in braces.
struct UrlParameter {
  enum class Kind { label, host, url };  // letters digits . _ - | host or host:port | base URL

  std::string name;
  std::string about;  // for people: what it is and where it is found
  Kind kind = Kind::label;
  std::string usual;  // taken when none is given; empty: it must be given
};

// A member of an answer, by the names that lead to it: "data.0.id". Numbers count from 0.
using Path = std::string;

// What an error answer means. All conditions that are given must hold; texts are compared as they
// are, a part of a text without case.
struct ErrorMeaning {
  std::string grant;  // authorize, authorization_code, refresh_token, device_code, revoke, …
  std::optional<int> status;
  std::string type;         // the beginning of Content-Type
  std::string error;        // the error's name: the text at the first of `error_fields`
  std::string description;  // part of the description, or of the answer when that is no JSON
  Path field;               // another member, which …
  std::string value;        // … is this text, number or boolean
  std::string contains;     // … has this as a part, or as one element of a list
  std::string means;        // the standard name, such as invalid_grant
  std::string fix;          // the setting that must be put right: redirect_uri, client, scope, …
};

// What a person should look at when a login fails.
struct Advice {
  std::string about;
  std::string fix;
  std::string without_scope;  // given only where this scope is not asked for; empty: always
};

// How the device grant differs from RFC 8628 here.
struct DeviceDialect {
  std::string verification_uri_field = "verification_uri";
  std::string scope_parameter = "scope";
  std::string code_parameter = "device_code";
  std::string grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  std::string token_url;  // where to poll; empty: the token endpoint
  Parameters params;      // further ones of the device authorization request
};

// How a grant is written in an answer, where it is not as RFC 6749 §5.1 says.
struct GrantFields {
  std::vector<Path> answer_at;  // where the grant may be instead of at the top
  Path access_token = "access_token";
  Path refresh_token = "refresh_token";
  Path expires_in = "expires_in";
  Path expires_at;  // epoch seconds or an ISO 8601 date, without expires_in
  Path scope = "scope";
  std::vector<std::string> token_types;   // further words that mean Bearer
  std::vector<std::string> answer_types;  // further media types that JSON comes as
  Path success_field;                     // says whether the answer is a success …
  std::string success_value;              // … namely when it is this
};

using xauth::BodyFormat;

// How tokens are revoked: as RFC 7009 says, with a JSON body, or as the bearer of the token.
enum class RevokeStyle { rfc7009, json, bearer };

struct Provider {
  std::string id;    // the preset's ID, else the issuer, else "custom"
  std::string name;  // for people
  std::vector<UrlParameter> parameters;
  std::string issuer;
  Parameters issuer_claims;  // {name} in the issuer → the ID token's claim that fills it
  std::string authorize_url;
  std::string token_url;
  std::string refresh_url;             // empty: the token endpoint
  std::string client_credentials_url;  // empty: the token endpoint
  std::string device_url;
  std::string revoke_url;  // {client_id} stands for our own
  std::string userinfo_url;
  std::string introspect_url;
  std::string jwks_url;
  std::vector<jose::Algorithm> id_token_algs;  // that sign ID tokens; empty: unknown
  bool id_token_required = true;               // where `openid` is asked for, one must come
  bool id_token_nonce = true;                  // and it repeats the nonce of the request
  bool sends_iss = false;                      // in every authorization response. RFC 9207 §3
  std::vector<std::string> scope;              // asked for when nothing else is said
  std::string scope_separator = " ";
  std::string scope_parameter = "scope";
  std::vector<ClientAuth> client_auth;  // those it takes, preferred first; empty: unknown
  std::vector<jose::Algorithm> client_auth_algorithms;  // for signed statements; empty: unknown
  bool any_port = false;                                // a loopback redirect URI may have any port
  std::string redirect_uri;       // the usual one, where the default one is not accepted
  bool paste_only = false;        // no loopback redirect URI: the redirected URL is pasted
  std::string redirect_note;      // the provider's rule, for people
  std::string registration_page;  // where a person registers an application
  std::string registration_note;  // what to choose there
  Parameters authorize_params;
  Parameters token_params;    // of every token request
  Parameters refresh_params;  // of a refresh; these replace token_params of the same names
  BodyFormat token_request = BodyFormat::form;
  std::string client_id_parameter = "client_id";
  std::string client_secret_parameter = "client_secret";
  RevokeStyle revoke_style = RevokeStyle::rfc7009;
  std::string revoke_method = "POST";
  std::string revoke_token_parameter = "token";
  std::string revoke_only;  // access_token or refresh_token, where the other cannot be revoked
  std::string account_method = "GET";
  Parameters account_headers;  // {client_id} stands for our own
  Parameters account_body;
  BodyFormat account_body_format = BodyFormat::json;
  Path account_field;  // where the account's name is
  Path account_id_field;
  std::vector<std::string> host;   // that its tokens serve as a password for
  std::vector<std::string> notes;  // quirks, for people
  std::vector<Advice> advice;
  GrantFields grant;
  std::vector<Path> error_fields;  // given: what is there may be a number too
  std::vector<Path> description_fields;
  std::vector<ErrorMeaning> errors;  // the first that fits counts
  DeviceDialect device;
};

// The endpoint `text` as a URL. Throws Error (usage) that names `what` ("token_url") when it is no
// absolute URL, has a fragment, or is neither https nor loopback. RFC 6749 §3.1, §3.2
Url endpoint(std::string_view what, const std::string& text);

}  // namespace xauth::oauth
