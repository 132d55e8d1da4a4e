#include "front/default_profile.h"

#include <array>

#include "store/profile_name.h"

namespace xauth::front {

std::optional<std::string> default_profile(std::string_view start) {
  constexpr std::array<std::string_view, 8> kBeginning = {"{", R"("version")", ":", "1",
                                                          ",", R"("default")", ":", "\""};
  const auto skip_space = [&] {
    start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  };
  for (const auto token : kBeginning) {
    skip_space();
    if (!start.starts_with(token)) return std::nullopt;
    start.remove_prefix(token.size());
  }
  const auto end = start.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  const auto name = start.substr(0, end);
  start.remove_prefix(end + 1);
  skip_space();
  const bool whole = start.starts_with(',') || start.starts_with('}');
  if (!whole || !store::is_profile_name(name)) return std::nullopt;
  return std::string(name);
}

}  // namespace xauth::front
