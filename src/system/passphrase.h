// A password that the person knows and types.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"

namespace xauth {

// Asks `prompt` on standard error and reads one line from the terminal, which does not show it;
// Ctrl-Z and Ctrl-\ do nothing meanwhile. Nothing when there is no terminal to ask on: standard
// input and error must be terminals, and we in the foreground. The terminal is restored whatever
// happens. Throws Error (usage) when nothing is typed, or more than 1,000 bytes; Error
// (interrupted).
std::optional<Secret> ask_passphrase(const std::string& prompt);

}  // namespace xauth
