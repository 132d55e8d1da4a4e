// One profile's tokens, as they lie in tokens/PROFILE.json. Needs no TLS library and no network.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "base/time.h"
#include "system/files.h"

namespace xauth::store {

// How long a token must still be valid unless told: a request made with it must have time to
// arrive.
constexpr Seconds kUsualTtl{60};

struct Tokens {
  std::string provider;  // the preset's ID, else the issuer, else "custom"
  std::string client_id;
  std::string token_url;  // the endpoint that gave them; empty: not known
  std::string token_type = "Bearer";
  Secret access_token;
  Secret refresh_token;
  Secret id_token;
  std::string scope;
  std::optional<Time> issued_at;
  std::optional<Time> expires_at;  // nothing: unknown, counts as valid
  std::string account;
  std::string account_id;
  std::string refused;  // why the provider will not refresh any more; empty: it has not said so
  Json others;          // members that this version does not know, kept as they are

  // Whether the access token is good for `ttl` more. One that was issued in the future is not: the
  // clock was set back, and nobody knows how old it is.
  bool valid_for(Seconds ttl, Time now) const {
    constexpr Seconds kSkew{60};
    const bool from_future = issued_at && *issued_at > now + kSkew;
    return !expires_at || (now + ttl < *expires_at && !from_future);
  }

  // Whether a refresh may succeed.
  bool can_refresh() const { return !refresh_token.empty() && refused.empty(); }
};

// The tokens in the text of a token file; nothing when it is none of ours (damaged, another
// version, a member of the wrong type, no access token).
std::optional<Tokens> parse_tokens(std::string_view text);

// The text of the token file, members without a value left out.
Secret text_of(const Tokens& tokens);

// The file name of a profile's tokens: `PROFILE.json`.
std::string token_file_name(const std::string& profile);

// The plain text of a token file that may be sealed; nothing when it cannot be unsealed.
using Unseal = std::function<std::optional<Secret>(Secret text)>;

// The tokens of a profile from the directory `tokens`; nothing when there is no such file. Throws
// Error (storage) that names the file when it cannot be read or is damaged; one that is sealed is
// as good as damaged without `unseal`.
std::optional<Tokens> read_tokens(const Directory& tokens, const std::string& profile,
                                  const Unseal& unseal = {});

// The largest token file that is read: three tokens of 64 KiB, escaped and sealed, and a margin.
inline constexpr std::size_t kLargestTokenFile = 1536 * 1024;

}  // namespace xauth::store
