#include "oauth/json_path.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("a path leads through objects and arrays, or nowhere") {
  const auto json = *parse_json(R"({"a":{"b":[{"c":"x"},{"c":7}]},"d":true,"n":null,
      "https://as.example/id":"U","e":{".tag":"t"}})");
  CHECK(text_at(json, "a.b.0.c") == "x");
  CHECK(text_at(json, "a.b.1.c") == "7");
  CHECK(text_at(json, "d") == "true");
  CHECK(text_at(json, "https://as.example/id") == "U");
  CHECK(text_at(json, "e..tag") == "t");
  CHECK(find_at(json, "") == &json);
  CHECK(find_at(json, "n")->is_null());
  for (const char* path : {"a.b.2.c", "a.b.x", "a.b.-1", "d.e", "a.b.0.c.d", "z", "."}) {
    CAPTURE(path);
    CHECK(find_at(json, path) == nullptr);
  }
  CHECK(text_at(json, "a").empty());
  CHECK(text_at(json, "n").empty());
}
