// The keys of `xauth config`, and what may stand under each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/context.h"
#include "store/config.h"

namespace xauth::cli {

// `default`, a setting such as `browser`, or a member of a profile.
struct ConfigKey {
  std::string text;     // as typed
  std::string profile;  // of `profile.NAME.MEMBER`, else empty
  std::string name;     // the member, the setting, or "default"
};

// The key that `text` names. Throws Error (usage), with the nearest one, when there is none such;
// whether the profile exists is not looked at.
ConfigKey parse_config_key(const std::string& text, const std::string& action = "get");

// The keys that are no profile's.
std::vector<std::string> config_keys();

// All keys that are set, in the order of the file.
std::vector<ConfigKey> keys_that_are_set(const store::Config& config);

// What is kept under the key, a string or an array of strings; nothing when it is not set. Throws
// Error (usage) for a profile that does not exist.
std::optional<Json> value_of(const store::Config& config, const ConfigKey& key);

// Throws Error (usage) for a value that no key takes: control characters, or no UTF-8.
void check_text(const ConfigKey& key, const std::string& value);

// Sets the key (not `sealed_by`) to `value`, an array to its words, after checking it as `login`
// would; an empty value unsets the key. Throws Error (usage) for a value that cannot be, or a
// profile that does not exist.
void set_value(const Context& context, store::Config& config, const ConfigKey& key,
               const std::string& value);

}  // namespace xauth::cli
