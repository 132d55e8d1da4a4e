// What git says to a credential helper, and what it is answered. git-credential(1)
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "store/token_file.h"

namespace xauth::cli {

struct GitRequest {
  std::string protocol;  // empty: not said, likewise below
  std::string host;      // with the port where the URL names it
  std::string username;
  Secret password;
};

// Reads lines `key=value` up to the first empty one; of two equal keys the later one counts, `url`
// stands for its parts, other keys are left alone. Only LF ends a line: Error (usage) for a CR or
// NUL, and for a line without `=`.
GitRequest read_git_request(std::string_view input);

// The lines that give the access token as the password, with its end where it is known.
Secret git_answer(const std::string& username, const store::Tokens& tokens);

}  // namespace xauth::cli
