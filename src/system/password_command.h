// A password that another program knows: `pass show xauth`.
#pragma once

#include <chrono>
#include <string>

#include "base/secret.h"

namespace xauth {

// What `command` prints, without its last line end. It is split at its spaces (no shell) and has
// our standard error and terminal, so that it can ask the person, and our standard input only where
// that is a terminal; none of our secrets are in its environment. Whoever is not done after `limit`
// is killed. Throws Error (storage) that names the command and says why it gave none: its status,
// no output, too much; Error (interrupted).
Secret password_from_command(const std::string& command, std::chrono::seconds limit);

}  // namespace xauth
