// One step through UTF-8, for whoever must look at characters instead of bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace xauth {

struct Utf8Character {
  char32_t code_point;
  std::size_t length;  // bytes, 1 to 4
};

// The first character of `text`, which is not empty; nothing when it is malformed (overlong,
// surrogate, cut, above U+10FFFF). RFC 3629 §3
std::optional<Utf8Character> next_utf8(std::string_view text);

}  // namespace xauth
