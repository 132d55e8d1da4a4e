#include "base/utf8.h"

#include <doctest/doctest.h>

#include <string>
#include <tuple>

using namespace xauth;

TEST_CASE("the first character of well-formed UTF-8") {
  const std::tuple<std::string, char32_t, std::size_t> cases[] = {
      {"ab", U'a', 1},
      {std::string("\0", 1), U'\0', 1},
      {"\x7F", U'\x7F', 1},
      {"\xC2\x80", U'\x80', 2},
      {"\xDF\xBFx", U'\x7FF', 2},
      {"\xE0\xA0\x80", U'\x800', 3},
      {"\xED\x9F\xBF", U'\xD7FF', 3},
      {"\xEE\x80\x80", U'\xE000', 3},
      {"\xF0\x90\x80\x80", U'\x10000', 4},
      {"\xF4\x8F\xBF\xBF", U'\x10FFFF', 4},
  };
  for (const auto& [text, code_point, length] : cases) {
    CAPTURE(text);
    const auto next = next_utf8(text);
    REQUIRE(next);
    CHECK(next->code_point == code_point);
    CHECK(next->length == length);
  }
}

TEST_CASE("what RFC 3629 forbids is nothing") {
  for (const char* text : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2x", "\xE0\x80\x80",
                           "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82", "\xE2\x82x",
                           "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80", "\xF0\x90\x80", "\xFE", "\xFF"}) {
    CAPTURE(text);
    CHECK_FALSE(next_utf8(text));
  }
}
