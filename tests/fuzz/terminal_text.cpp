#include "base/terminal_text.h"

#include "base/encoding.h"
#include "base/utf8.h"
#include "fuzz/property.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const std::string shown = for_terminal(text, 40);
  fuzz::require(is_utf8(shown) && !has_control(shown), "shown text is UTF-8 without controls");
  fuzz::require(for_terminal(shown, 40) == shown, "text that is safe stays as it is");
  std::size_t characters = 0;
  for (std::string_view rest = shown; !rest.empty(); ++characters) {
    const auto next = next_utf8(rest);
    const bool c1 = next->code_point >= 0x80 && next->code_point < 0xA0;
    const bool turns = next->code_point >= 0x202A && next->code_point <= 0x202E;
    fuzz::require(!c1 && !turns, "nothing steers the terminal");
    rest.remove_prefix(next->length);
  }
  fuzz::require(characters <= 40, "shown text is no longer than was asked");
  return 0;
}
