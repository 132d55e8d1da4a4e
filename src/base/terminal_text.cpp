#include "base/terminal_text.h"

#include "base/encoding.h"
#include "base/utf8.h"

namespace xauth {

namespace {

bool steers(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool bidirectional = c == 0x061C || c == 0x200E || c == 0x200F ||
                             (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool invisible_tag = c >= 0xE0000 && c <= 0xE007F;
  return control || separator || bidirectional || invisible_tag;
}

}  // namespace

std::string for_terminal(std::string_view text, std::size_t most) {
  if (text.size() <= most && is_printable_ascii(text)) return std::string(text);  // nearly always
  std::string out;
  for (std::size_t count = 0; !text.empty(); ++count) {
    const auto character = next_utf8(text);
    const std::size_t length = character ? character->length : 1;
    if (count + 1 == most && length < text.size()) return out + "…";
    const bool shown = character && !steers(character->code_point);
    out += shown ? text.substr(0, length) : std::string_view("\uFFFD");
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace xauth
