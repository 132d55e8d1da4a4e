#include "base/terminal_columns.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("wide characters and emoji take two columns, combining marks none") {
  CHECK(columns_of("") == 0);
  CHECK(columns_of("Zoë") == 3);
  CHECK(columns_of("Zoe\u0308") == 3);
  CHECK(columns_of("東京") == 4);
  CHECK(columns_of("김민수") == 6);
  CHECK(columns_of("😀✅") == 4);
  CHECK(columns_of("…✓") == 2);
  CHECK(columns_of("\uFF21\u200D\uFE0F") == 2);
  CHECK(columns_of("\xFFok") == 3);
  CHECK(columns_of("\U0001F004\U0003FFFD\U000E0100") == 4);  // the edges of the tables
}

TEST_CASE("what is cut fits its columns, also where a wide character would stand across the edge") {
  CHECK(cut_to_columns("abcd", 4) == "abcd");
  CHECK(cut_to_columns("abcde", 4) == "abc…");
  CHECK(cut_to_columns("東京都", 6) == "東京都");
  CHECK(cut_to_columns("東京都", 5) == "東京…");
  CHECK(cut_to_columns("東京都", 4) == "東…");
  CHECK(cut_to_columns("e\u0308e\u0308e\u0308", 3) == "e\u0308e\u0308e\u0308");
  CHECK(cut_to_columns("e\u0308e\u0308e\u0308", 2) == "e\u0308…");
  CHECK(cut_to_columns("東京", 1) == "…");
  for (std::size_t most = 1; most < 12; ++most) {
    CHECK(columns_of(cut_to_columns("a東b京😀c\u0301d", most)) <= most);
  }
}
