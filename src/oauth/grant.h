// What a token endpoint grants.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "base/time.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// RFC 6749 §5.1
struct TokenGrant {
  std::string token_type;             // "Bearer", however the provider spells it
  Secret access_token;                // 1 to 64 KiB of printable ASCII
  Secret refresh_token;               // empty: none was sent
  Secret id_token;                    // empty: none was sent
  std::optional<Seconds> expires_in;  // nothing: unknown
  std::optional<Time> expires_at;     // where a preset says so, without expires_in
  std::optional<std::string> scope;   // parted by spaces; nothing: as asked for
};

// The grant in `body`, a JSON object from `host`, laid out as `fields` say. Throws Error
// (bad_response) that names the member which is missing or wrong. RFC 6749 §5.1
TokenGrant read_grant(const GrantFields& fields, const Json& body, const std::string& host);

// The object in `body` that has a member at `member`: itself, else one at `answer_at`; itself when
// none has.
const Json& object_with(const GrantFields& fields, const Json& body, const Path& member);

// Whether `body` holds something where a grant has its access token.
bool has_access_token(const GrantFields& fields, const Json& body);

}  // namespace xauth::oauth
