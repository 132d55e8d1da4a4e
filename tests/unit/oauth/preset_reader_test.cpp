#include "oauth/preset_reader.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("PresetReader: every field is taken once, what is left over is a fault") {
  PresetReader reader("test", R"({"a":"text","b":[1],"c":{"d":true}})");
  CHECK(reader.text("a") == "text");
  CHECK(reader.text("a").empty());
  CHECK_THROWS_AS(reader.texts("b"), Error);
  CHECK_THROWS_AS(reader.finish(), Error);
  auto inner = reader.object("c");
  REQUIRE(inner);
  CHECK(inner->flag("d"));
  CHECK_NOTHROW(inner->finish());
  CHECK_NOTHROW(reader.finish());
}

TEST_CASE("PresetReader: a text, a number and a boolean are all texts to compare with") {
  PresetReader reader("test", R"({"a":"400","b":400,"c":false,"d":null,"e":[]})");
  CHECK(reader.scalar("a") == "400");
  CHECK(reader.scalar("b") == "400");
  CHECK(reader.scalar("c") == "false");
  CHECK_THROWS_AS(reader.scalar("d"), Error);
  CHECK_THROWS_AS(reader.scalar("e"), Error);
  CHECK(reader.scalar("absent").empty());
}
