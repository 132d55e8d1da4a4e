// What we know of a provider: its endpoints, and its quirks as data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/url.h"
#include "oauth/client_auth.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

// At the token endpoint, `error` (with a description that contains `description`) means `means`.
struct ErrorMeaning {
  std::string error;
  std::string description;  // empty: whatever it is
  std::string means;        // the standard name, such as invalid_grant
};

struct Provider {
  std::string id;    // the preset's ID, else the issuer, else "custom"
  std::string name;  // for people
  std::string issuer;
  std::string authorize_url;
  std::string token_url;
  std::string device_url;
  std::string revoke_url;
  std::string userinfo_url;
  std::string introspect_url;
  std::string jwks_url;
  std::vector<std::string> scope;  // asked for when nothing else is said
  std::string scope_separator = " ";
  std::vector<ClientAuth> client_auth;  // those it takes, preferred first; empty: unknown
  bool any_port = false;                // a loopback redirect URI may have any port
  std::string registration_page;        // where a person registers an application
  std::string registration_note;        // what to choose there
  std::string account_field;            // where the account's name is, as in "data.username"
  std::string account_id_field;
  std::vector<ErrorMeaning> errors;
};

// The provider that a preset file describes. Throws Error (usage) that names the file's ID and the
// field: one that is unknown, of the wrong type, or an endpoint that is not https.
Provider parse_preset(std::string_view id, std::string_view json);

// The embedded preset of that ID; nothing when there is none.
std::optional<Provider> find_preset(std::string_view id);

// The IDs of all embedded presets, in order.
std::vector<std::string> preset_ids();

// The endpoint `text` as a URL. Throws Error (usage) that names `what` ("token_url") when it is no
// absolute URL, has a fragment, or is neither https nor loopback. RFC 6749 §3.1, §3.2
Url endpoint(std::string_view what, const std::string& text);

// Gives `refusal` the meaning that the provider's own error has at its token endpoint.
void interpret(const Provider& provider, Refusal& refusal);

}  // namespace xauth::oauth
