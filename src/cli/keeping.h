// The settings that decide how files are kept: `storage`, a profile's own, `sealed_by` and
// `password_command`. Changing one is more than changing a line.
#pragma once

#include <string>

#include "cli/config_key.h"
#include "cli/context.h"

namespace xauth::cli {

// What opens what is sealed, such as "a passphrase".
std::string in_words(const store::KeptBy& by);

bool decides_keeping(const ConfigKey& key);

// Sets the key, or unsets it when `value` is empty, and does what follows from it: makes the
// sealing key where there is none, wraps it anew, and brings the files into their new form. What
// opens the key so far is needed first; without it nothing is changed. Throws Error: usage as
// set_value does, and when there is no way to keep a key; storage and busy, of the first profile
// that could not be brought into its form, after all others were and the rest has been told.
void change_keeping(const Context& context, const ConfigKey& key, const std::string& value);

}  // namespace xauth::cli
