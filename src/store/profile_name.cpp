#include "store/profile_name.h"

#include "base/error.h"
#include "base/terminal_text.h"

namespace xauth::store {

bool is_profile_name(std::string_view name) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return !name.empty() && name.size() <= 64 && name.front() != '.' && name.front() != '-' &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

void check_profile_name(const std::string& name) {
  if (is_profile_name(name)) return;
  throw Error(Code::usage, "'" + for_terminal(name, 64) + "' is no profile name",
              "use 1 to 64 letters, digits, '.', '_' or '-', the first no '.' or '-'");
}

}  // namespace xauth::store
