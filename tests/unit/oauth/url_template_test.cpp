#include "oauth/url_template.h"

#include <doctest/doctest.h>

using namespace xauth::oauth;

TEST_CASE("names_in: the names in braces, each once") {
  CHECK(names_in("https://{host}/{realm}/{host}") == std::vector<std::string>{"host", "realm"});
  CHECK(names_in("https://as.example/").empty());
  CHECK(names_in("https://as.example/{open").empty());
  CHECK(names_in("}{").empty());
}

TEST_CASE("fill: every name gets its value, a value is not filled again, others stay") {
  CHECK(fill("https://{a}/{b}/{a}", {{"a", "x"}, {"b", "y"}}) == "https://x/y/x");
  CHECK(fill("{a}", {{"a", "{a}{a}"}}) == "{a}{a}");
  CHECK(fill("{a}/{c}", {{"a", "x"}}) == "x/{c}");
}
