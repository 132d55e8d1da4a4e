#include "store/token_file.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

TEST_CASE("a token file is written as it was read, unknown members too") {
  const std::string text =
      R"({"version":1,"provider":"x","client_id":"c","token_type":"Bearer","scope":"s",)"
      R"("account":"me","account_id":"7","refused":"invalid_grant","access_token":"a",)"
      R"("refresh_token":"r","id_token":"i","issued_at":1700000000,"expires_at":1700007200,)"
      R"("future":{"x":2.50}})";
  const auto tokens = parse_tokens(text);
  REQUIRE(tokens);
  CHECK(tokens->access_token.reveal() == "a");
  CHECK(tokens->expires_at == Time(Seconds(1'700'007'200)));
  CHECK(parse_json(text_of(*tokens).reveal())->text() == text);
}

TEST_CASE("any order and spacing is read, and what is not known is left out") {
  const auto tokens = parse_tokens("\n{ \"access_token\" : \"a\",\n \"version\":1 }\n");
  REQUIRE(tokens);
  CHECK(tokens->token_type == "Bearer");
  CHECK_FALSE(tokens->expires_at);
  CHECK(parse_json(text_of(*tokens).reveal())->text() ==
        R"({"version":1,"token_type":"Bearer","access_token":"a"})");
}

TEST_CASE("what is no token file of ours is not guessed at, ST-8") {
  for (const char* text :
       {"", "{", "[]", "null", R"({"access_token":"a"})", R"({"version":2,"access_token":"a"})",
        R"({"version":"1","access_token":"a"})", R"({"version":1.0,"access_token":"a"})",
        R"({"version":1})", R"({"version":1,"access_token":""})",
        R"({"version":1,"access_token":1})", R"({"version":1,"access_token":"a","scope":[]})",
        R"({"version":1,"access_token":"a","expires_at":"soon"})",
        R"({"version":1,"access_token":"a","expires_at":-1})",
        R"({"version":1,"access_token":"a","expires_at":1.5})",
        R"({"version":1,"access_token":"a","expires_at":253402300800})",
        R"({"version":1,"access_token":"a","access_token":"b"})",
        R"({"version":1,"access_token":"a"} more)"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_tokens(text));
  }
}

TEST_CASE("a damaged file is named, one that is not there is nothing, ST-8") {
  const Scratch scratch;
  Warnings warnings;
  const auto directory = Directory::make(scratch / "tokens", warnings.warn());
  CHECK_FALSE(read_tokens(directory, "x"));
  put(directory.path_of("x.json"), "{\"version\":1,");
  const auto error = error_of([&] { read_tokens(directory, "x"); });
  CHECK(error.code == Code::storage);
  CHECK(error.message == "the token file is damaged: " + directory.path_of("x.json"));
  CHECK(error.hint.starts_with("xauth login x"));
}

TEST_CASE("a token is valid for as long as is asked, and an unknown end counts as valid") {
  Tokens tokens;
  const Time now(Seconds(1'000));
  CHECK(tokens.valid_for(Seconds(1'000'000), now));
  tokens.expires_at = now + Seconds(60);
  CHECK(tokens.valid_for(Seconds(59), now));
  CHECK_FALSE(tokens.valid_for(Seconds(60), now));
  CHECK_FALSE(tokens.valid_for(Seconds(0), now + Seconds(60)));
}

TEST_CASE("a refresh may succeed with a refresh token that was not refused") {
  Tokens tokens;
  CHECK_FALSE(tokens.can_refresh());
  tokens.refresh_token = Secret(std::string("r"));
  CHECK(tokens.can_refresh());
  tokens.refused = "invalid_grant";
  CHECK_FALSE(tokens.can_refresh());
}

TEST_CASE("a token that a hand has broken with control characters is damaged, TR-8") {
  CHECK(parse_tokens(R"({"version":1,"access_token":"a"})").has_value());
  CHECK_FALSE(parse_tokens(R"({"version":1,"access_token":"a\nHost: evil"})").has_value());
  CHECK_FALSE(
      parse_tokens(R"({"version":1,"access_token":"a","refresh_token":"\u001b"})").has_value());
}

TEST_CASE("a token that was issued in the future is not valid: the clock was set back, RF-12") {
  const Time now{Seconds(1'000'000)};
  Tokens tokens;
  tokens.issued_at = now + Seconds(61);
  CHECK(tokens.valid_for(Seconds(0), now));  // no end is known
  tokens.expires_at = now + Seconds(3600);
  CHECK_FALSE(tokens.valid_for(Seconds(0), now));
  tokens.issued_at = now + Seconds(60);
  CHECK(tokens.valid_for(Seconds(0), now));
}
