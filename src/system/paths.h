// Where the configuration lives.
#pragma once

#include <string>

namespace xauth {

// The directory of the configuration: `option` (--config-dir), else XAUTH_CONFIG_DIR, else
// $XDG_CONFIG_HOME/xauth, else $HOME/.config/xauth; an empty value counts as none, and so does a
// relative XDG_CONFIG_HOME (XDG Base Directory Specification). The directory need not exist.
// Throws Error (usage) when none of them is set.
std::string config_directory(const std::string& option);

}  // namespace xauth
