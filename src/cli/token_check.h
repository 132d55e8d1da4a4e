// Asking the provider whether it still takes a token.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "store/token_file.h"
#include "system/system.h"

namespace xauth::cli {

// What became of the question; unknown: the answer does not say.
enum class Verdict { accepted, revoked, unreachable, unknown, not_asked };

// The name of `verdict` in JSON and in the table.
const char* name_of(Verdict verdict);

struct TokenCheck {
  Verdict verdict = Verdict::not_asked;
  std::optional<Error>
      error;  // what a command that asked ends with; nothing for accepted, not_asked
};

// Asks the provider of `profile` about the access token of `tokens`: its account endpoint, else its
// introspection endpoint; not_asked where it has neither. Throws Error (interrupted) only.
// RFC 6750 §3.1, RFC 7662 §2
TokenCheck check_token(const Context& context, const System& system, const std::string& name,
                       const store::Profile& profile, const store::Tokens& tokens);

}  // namespace xauth::cli
