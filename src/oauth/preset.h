// Presets: providers described by files of JSON, some embedded in the program.
//
// Every member is optional, none may be there that is not in this table. Without type: a string.
// A PATH names a member of an answer, "data.0.id". {NAME} in a URL is filled from `parameters`.
//
//   name                    for people
//   parameters              array of {name, about, kind: "label" | "host" | "url", usual}
//   issuer                  OpenID Connect's; {NAME} may also be a key of issuer_claims
//   issuer_claims           object: {NAME} → the ID token's claim that fills it
//   id_token_algs           array of names: how ID tokens are signed, where it is not RS256 and the
//                           issuer's metadata is not asked
//   id_token_optional       boolean: it may send none though `openid` was asked for
//   id_token_without_nonce  boolean: its ID tokens do not repeat the nonce
//   authorize_url, token_url, refresh_url, client_credentials_url, device_url, revoke_url,
//   userinfo_url, introspect_url, jwks_url
//                           endpoints; https. {client_id} in revoke_url is the client's
//   scope                   array: what is asked for when nothing else is said
//   scope_separator         " "
//   scope_parameter         "scope"
//   client_auth             array, preferred first: "none", "basic", "post", "client_secret_jwt",
//                           "private_key_jwt", "tls_client_auth"
//   client_auth_algorithms  array: what signed statements may be signed with, such as "PS256"
//   any_port                boolean: a loopback redirect URI may have any port
//   redirect_uri            the usual one, where http://127.0.0.1:8000/callback is not accepted
//   paste_only              boolean: no loopback redirect URI is accepted
//   redirect_note           the rule, for people
//   registration_page       https URL
//   registration_note       what to choose there
//   authorize_params, token_params, refresh_params   objects of strings: sent besides
//   token_request           "form" | "json" | "query"
//   client_id_parameter     "client_id"
//   client_secret_parameter "client_secret"
//   revoke_style            "rfc7009" | "json" (same members) | "bearer" (in the header alone)
//   revoke_method           "POST" | "DELETE" | "GET"
//   revoke_token_parameter  "token"
//   revoke_only             "access_token" | "refresh_token": the other kind cannot be revoked
//   account_method          "GET" | "POST": how userinfo_url is asked
//   account_headers         object of strings; {client_id} is the client's
//   account_body            object of strings
//   account_body_format     "json" | "form"
//   account_field           PATH of the account's name; else preferred_username, email, sub
//   account_id_field        PATH of its stable identifier; else sub
//   host                    array: host names that the token is a password for (git, docker)
//   notes                   array: quirks in words, for people
//   advice                  array of {about, fix, without_scope}: what to look at when a login
//   fails;
//                           with without_scope only where that scope is not asked for;
//                           {profile} in fix is the profile's name
//
// How answers look, where they are not as RFC 6749 says:
//
//   success                 {field: PATH, value}: only this is a success, also with status 200
//   answer_at               array of PATHs: objects that may hold the grant instead of the top
//   access_token_field, refresh_token_field, expires_in_field, scope_field   PATHs
//   expires_at_field        PATH of epoch seconds or an ISO 8601 date; read without expires_in
//   token_types             array: words that mean Bearer
//   answer_types            array: media types that JSON may come as, such as text/plain
//   error_fields            array of PATHs, the first that is there is the error: text or number
//   description_fields      array of PATHs, likewise
//   errors                  array of {grant, status, type, error, description, field, value,
//                           contains, means, fix}, the first that fits counts; the conditions are
//     grant                 authorize | authorization_code | refresh_token | device_code |
//                           client_credentials | revoke: what was asked for; authorize must be
//                           named, the others are meant when there is none
//     status                number
//     type                  beginning of Content-Type
//     error                 the error, exactly
//     description           part of the description
//     field                 PATH of another member, with `value` (exactly) or `contains` (a part)
//                           and it means
//     means                 the standard error; required. With revoke, invalid_token: it is gone
//     fix                   "redirect_uri" | "client" | "scope" | "application": the person must
//                           put this right, and logging in again alone would not help
//   device                  {verification_uri_field, scope_parameter, code_parameter, grant_type,
//                           token_url, params}: where RFC 8628 is not kept to
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oauth/provider.h"

namespace xauth::oauth {

// The provider that a preset file describes; its URLs still hold their {NAME}s. Throws Error
// (usage) that names the file's ID and the field: one that is unknown, of the wrong type, not among
// the words it may be, an endpoint that is not https, or a value that no request could hold. The
// caller bounds the size of `json`.
Provider parse_preset(std::string_view id, std::string_view json);

// The embedded preset of that ID; nothing when there is none.
std::optional<Provider> find_preset(std::string_view id);

// The IDs of all embedded presets, in order.
std::vector<std::string> preset_ids();

}  // namespace xauth::oauth
