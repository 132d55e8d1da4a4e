// The providers that are known by an ID: those embedded in the program, and a person's own, files
// of the same form in `providers` of the config directory. One's own replaces an embedded one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "oauth/provider.h"

namespace xauth::cli {

// The preset of that ID, its URLs not filled in; nothing when there is none. Throws Error: usage
// that names the file's ID and the field for a damaged one, storage for one that cannot be read.
std::optional<oauth::Provider> find_preset(const Context& context, const std::string& id);

// The same; throws Error (usage) with the nearest IDs when there is none.
oauth::Provider preset_named(const Context& context, const std::string& id);

// The IDs of all of them, sorted; damaged ones too.
std::vector<std::string> preset_ids(const Context& context);

// Whether there is a preset of that ID, damaged or not.
bool is_preset(const Context& context, const std::string& id);

}  // namespace xauth::cli
