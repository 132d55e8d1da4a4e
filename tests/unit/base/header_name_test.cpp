#include "base/header_name.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("is_token takes methods and field names, and nothing that ends one") {
  for (const char* text : {"GET", "x-a_b.c", "!#$%&'*+-.^_`|~09"}) CHECK(is_token(text));
  for (const char* text : {"", "a b", "a:", "a\r", "a\xC3\xB6", "a\x7f", "(a)", "a/b", "a=b"}) {
    CAPTURE(text);
    CHECK_FALSE(is_token(text));
  }
}

TEST_CASE("same_header_name folds ASCII letters only") {
  CHECK(same_header_name("Content-LENGTH", "content-length"));
  CHECK_FALSE(same_header_name("Content-Length", "Content-Lengt"));
  CHECK_FALSE(same_header_name("a[", "a{"));
}
