// A provider's "no", as a value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"

namespace xauth::oauth {

// An OAuth error answer. The texts are the provider's own: cut to the characters that are
// permitted, 512 at most, and with every secret that was sent blanked. RFC 6749 §4.1.2.1, §5.2
struct Refusal {
  std::string error;
  std::string error_description;
  std::string error_uri;

  // What the error means where the provider's name for it is its own, else the same as `error`.
  std::string meaning;

  // The setting that the person must put right where the preset knows: redirect_uri, client, scope
  // or application. With one, neither a retry nor a new login would help.
  std::string fix;
};

// Makes a Refusal out of what a provider sent, cleaned as above.
Refusal make_refusal(std::string_view error, std::string_view description, std::string_view uri,
                     const std::vector<Secret>& sent);

// `invalid_client: The client is unknown (https://…)`, for messages.
std::string text_of(const Refusal& refusal);

// Whether the refusal of a refresh says that the grant is dead: only a new login helps.
// RFC 6749 §5.2
bool is_dead_grant(const Refusal& refusal);

// The exit status that a refusal ends a login with: usage for what the configuration causes,
// unreachable for what passes by itself, else refused. RFC 6749 §4.1.2.1, §5.2
Code code_of(const Refusal& refusal);

}  // namespace xauth::oauth
