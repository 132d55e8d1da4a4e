// The default profile, found without reading all of config.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xauth::front {

// How much of config.json holds what default_profile looks for, in bytes, generously.
inline constexpr std::size_t kStart = 256;

// The default profile that config.json names, from the first bytes of its text: `version` and
// `default` are written first. Nothing when it does not begin so; the full program then reads it.
std::optional<std::string> default_profile(std::string_view start);

}  // namespace xauth::front
