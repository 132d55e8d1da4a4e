#include "base/joined.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("separators stand between items, and none at the start") {
  CHECK(joined({}, ", ") == "");
  CHECK(joined({"a"}, ", ") == "a");
  CHECK(joined({"a", "b", "c"}, ", ") == "a, b, c");
  CHECK(joined({"a", "", "c"}, "-") == "a--c");
  CHECK(joined({"", "b"}, " ") == "b");
}
