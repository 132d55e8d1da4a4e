#include "system/paths.h"

#include "base/error.h"
#include "system/environment.h"

namespace xauth {

std::string config_directory(const std::string& option) {
  if (!option.empty()) return option;
  if (std::string own = environment("XAUTH_CONFIG_DIR"); !own.empty()) return own;
  if (const std::string xdg = environment("XDG_CONFIG_HOME"); xdg.starts_with('/')) {
    return xdg + "/xauth";
  }
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.config/xauth";
  throw Error(Code::usage, "no directory for the configuration: HOME is not set",
              "set HOME or XAUTH_CONFIG_DIR, or give --config-dir DIR");
}

}  // namespace xauth
