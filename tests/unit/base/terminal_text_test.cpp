#include "base/terminal_text.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("for_terminal takes the steering out of text from outside, ST-17") {
  CHECK(for_terminal("\x1b]0;t\a") == "\uFFFD]0;t\uFFFD");
  CHECK(for_terminal("a\xC2\x9B"
                     "31mb") == "a\uFFFD31mb");
  CHECK(for_terminal("\u202Eevil\u2066") == "\uFFFDevil\uFFFD");
  CHECK(for_terminal("line\r\nbreak\x7f") == "line\uFFFD\uFFFDbreak\uFFFD");
  CHECK(for_terminal("\xFFok") == "\uFFFDok");
  CHECK(for_terminal("Zoë 東京 😀") == "Zoë 東京 😀");
}

TEST_CASE("for_terminal cuts by characters and says so") {
  CHECK(for_terminal("abcd", 4) == "abcd");
  CHECK(for_terminal("abcde", 4) == "abc…");
}
