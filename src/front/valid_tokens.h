// The tokens that a plain call means, when they need nothing done.
#pragma once

#include <optional>
#include <string>

#include "front/plain_call.h"
#include "store/token_file.h"

namespace xauth::front {

struct ProfileTokens {
  std::string profile;
  store::Tokens tokens;
};

// The tokens of the call's profile, from one file; nothing when they are not valid for long enough,
// or when another look is needed to tell, and the lean program is to be asked. Throws Error
// likewise.
std::optional<ProfileTokens> valid_tokens(const PlainCall& call);

// Tells one line on standard error.
void tell(const std::string& line);

}  // namespace xauth::front
