#include "base/json.h"

#include <doctest/doctest.h>

#include "base/json_fault.h"

using namespace xauth;

TEST_CASE("parse_json: what TR-9 refuses") {
  CHECK_FALSE(parse_json("").has_value());
  CHECK_FALSE(parse_json(R"({"a":1,"a":2})").has_value());
  CHECK_FALSE(parse_json(std::string_view("{\"a\":1}\0x", 9)).has_value());
  CHECK_FALSE(parse_json("\xEF\xBB\xBF{}").has_value());
  CHECK_FALSE(parse_json("{} {}").has_value());
  CHECK_FALSE(parse_json("\"\xFF\"").has_value());
  CHECK_FALSE(parse_json("[1e400").has_value());
}

TEST_CASE("parse_json: nests 32 deep and not deeper") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(parse_json(nested(32)).has_value());
  CHECK_FALSE(parse_json(nested(33)).has_value());
  CHECK_FALSE(parse_json(nested(1'000'000)).has_value());
}

TEST_CASE("parse_json: JSON bombs neither crash it nor are cut") {
  std::string members;
  for (int i = 0; i < 100'000; ++i) members += "\"" + std::to_string(i) + "\":0,";
  const auto wide = parse_json("{" + members + "\"end\":true}");
  REQUIRE(wide);
  CHECK(*wide->find("end")->boolean());
  CHECK_FALSE(parse_json("{" + members + "\"0\":0}").has_value());

  const std::string text(1'000'000, 'x');
  CHECK(*parse_json("\"" + text + "\"")->string() == text);
  CHECK_FALSE(parse_json(std::string(100'000, '9')).has_value());  // no double holds it
}

TEST_CASE("Json keeps order, unknown members and the spelling of numbers") {
  const std::string text = R"({"z":1,"a":[true,null,1.50,123456789012345678901234567890],"s":"x"})";
  auto json = parse_json(text);
  REQUIRE(json);
  CHECK(json->text() == text);
  json->set("z", Json("new"));
  json->set("n", Json(std::int64_t{7}));
  json->erase("a");
  CHECK(json->text() == R"({"z":"new","s":"x","n":7})");
}

TEST_CASE("Json::integer takes whole numbers that fit and nothing else") {
  CHECK(parse_json("9223372036854775807")->integer() == 9223372036854775807);
  CHECK_FALSE(parse_json("18446744073709551615")->integer().has_value());
  CHECK_FALSE(parse_json("1.0")->integer().has_value());
  CHECK_FALSE(parse_json("\"1\"")->integer().has_value());
}

TEST_CASE("Json::text escapes everything that could steer a terminal") {
  CHECK(Json("\x1b]0;x\a\"\\\xC2\x85\xE2\x80\xAE\xF0\x9F\x98\x80").text() ==
        R"("\u001b]0;x\u0007\"\\\u0085\u202e\ud83d\ude00")");
}

TEST_CASE("what keeps a text from being read is told with its line or the member's name") {
  CHECK(json_fault("{}").empty());
  CHECK(json_fault("{\n\"a\": 1,\n}") == "is no JSON from line 3 on");
  CHECK(json_fault("{\n\"a\": 1\n") == "is no JSON from line 3 on");
  CHECK(json_fault(R"({"a":{"b":1,"b":1}})") == "repeats the member b");
  CHECK(json_fault(std::string(40, '[')) == "nests too deep");
  CHECK(json_fault("\xEF\xBB\xBF{}") == "begins with a byte order mark");
  CHECK(json_fault(std::string("{}\0", 3)) == "holds a NUL byte");
}
