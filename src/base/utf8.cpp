#include "base/utf8.h"

#include <array>

namespace xauth {

namespace {

// How many bytes a character takes that begins with `first`; 0 when none begins so.
std::size_t length_from(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

}  // namespace

std::optional<Utf8Character> next_utf8(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = length_from(first);
  if (length == 0 || length > text.size()) return std::nullopt;
  if (length == 1) return Utf8Character{first, 1};
  char32_t code_point = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80) return std::nullopt;
    code_point = code_point << 6 | (byte & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < kSmallest.at(length) || code_point > 0x10FFFF || surrogate) return std::nullopt;
  return Utf8Character{code_point, length};
}

}  // namespace xauth
