#include "oauth/grant.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "oauth/preset.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

TokenGrant read(const std::string& preset, const std::string& body) {
  return read_grant(parse_preset("test", preset).grant, *parse_json(body), "as.example");
}

std::string fault_of(const std::string& preset, const std::string& body) {
  try {
    read(preset, body);
    return "none";
  } catch (const Error& error) {
    CHECK(error.code == Code::bad_response);
    return error.message;
  }
}

}  // namespace

TEST_CASE("a grant is found where the preset says, and at the top first") {
  const std::string nested = R"({"answer_at":["body","data.0"]})";
  CHECK(read(nested, R"({"data":[{"access_token":"a","scope":"x"}]})").access_token.matches("a"));
  CHECK(read(nested, R"({"access_token":"t","body":{"access_token":"a"}})")
            .access_token.matches("t"));
  CHECK(read(nested, R"({"body":{},"data":[{"access_token":"a"}]})").access_token.matches("a"));
  CHECK(fault_of(nested, R"({"body":{},"data":[]})") ==
        "the answer of as.example holds no access_token");
  CHECK(fault_of("{}", R"({"body":{"access_token":"a"}})") ==
        "the answer of as.example holds no access_token");
}

TEST_CASE("members of other names are found where the preset says") {
  const auto grant = read(R"({"access_token_field":"token.value","refresh_token_field":"again",
      "expires_in_field":"ttl","scope_field":"permissions"})",
                          R"({"token":{"value":"a"},"again":"r","ttl":60,"permissions":"x,y"})");
  CHECK(grant.access_token.matches("a"));
  CHECK(grant.refresh_token.matches("r"));
  CHECK(grant.expires_in == Seconds(60));
  CHECK(grant.scope == "x y");
  CHECK(fault_of("{}", R"({"access_token":{"token":"a"}})") ==
        "the answer of as.example has a access_token that is no string");
}

TEST_CASE("expires_at counts where the preset names it and there is no expires_in") {
  const std::string preset = R"({"expires_at_field":"expires_at"})";
  const auto at = [&](const std::string& value) {
    return read(preset, R"({"access_token":"a","expires_at":)" + value + "}").expires_at;
  };
  CHECK(at("1796083200") == Time(Seconds(1796083200)));
  CHECK(at("\"1796083200\"") == Time(Seconds(1796083200)));
  CHECK(at("\"2026-12-01T00:00:00Z\"") == Time(Seconds(1796083200)));
  CHECK_FALSE(at("null"));
  CHECK_FALSE(at("0"));
  for (const char* wrong : {"true", "-1", "\"soon\"", "[]", "1e300", "999999999999999"}) {
    CAPTURE(wrong);
    CHECK(fault_of(preset, R"({"access_token":"a","expires_at":)" + std::string(wrong) + "}") ==
          "the answer of as.example has an expires_at that is no time");
  }
  CHECK_FALSE(read(preset, R"({"access_token":"a","expires_in":5,"expires_at":9})").expires_at);
  CHECK_FALSE(read("{}", R"({"access_token":"a","expires_at":"soon"})").expires_at);
}

TEST_CASE("a token type that means Bearer only by the preset, TR-2") {
  CHECK(
      read(R"({"token_types":["bot"]})", R"({"access_token":"a","token_type":"Bot"})").token_type ==
      "Bearer");
  CHECK(fault_of("{}", R"({"access_token":"a","token_type":"bot"})") ==
        "the answer of as.example is a token of type bot, not Bearer");
}

TEST_CASE("scopes are parted by spaces, whatever parts them in the answer") {
  const auto scope = [](const std::string& value) {
    return read("{}", R"({"access_token":"a","scope":)" + value + "}").scope;
  };
  CHECK(scope("\"a,b c\"") == "a b c");
  CHECK(scope("[\"a\",\"b,c\"]") == "a b c");
  CHECK(scope("\"\"") == "");
  CHECK(scope("[]") == "");
  CHECK_FALSE(scope("null"));
  CHECK(fault_of("{}", R"({"access_token":"a","scope":[1]})") ==
        "the answer of as.example has a scope that is no string");
  CHECK(fault_of("{}", R"({"access_token":"a","scope":1})") ==
        "the answer of as.example has a scope that is no string");
}
