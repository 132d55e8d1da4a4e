// The default profile, found without reading all of config.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xauth::front {

// How much of config.json is read, in bytes: all of it, unless there are dozens of profiles. What
// default_profile looks for is in the first hundred.
inline constexpr std::size_t kStart = 16 * 1024;

// The default profile that config.json names, from the first bytes of its text: `version` and
// `default` are written first. Nothing when it does not begin so; the lean program then reads it.
std::optional<std::string> default_profile(std::string_view start);

}  // namespace xauth::front
