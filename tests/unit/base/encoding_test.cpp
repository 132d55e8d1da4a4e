#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("base64url: the vectors of RFC 4648 §10 without padding") {
  CHECK(base64url("") == "");
  CHECK(base64url("f") == "Zg");
  CHECK(base64url("fo") == "Zm8");
  CHECK(base64url("foo") == "Zm9v");
  CHECK(base64url("foob") == "Zm9vYg");
  CHECK(base64url("\xFB\xFF") == "-_8");
}

TEST_CASE("base64: padded, and only its canonical form decodes") {
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64_decode("Zm8=") == "fo");
  CHECK(base64_decode("Zm9v") == "foo");
  CHECK_FALSE(base64_decode("Zm9=").has_value());  // stray bits
  CHECK_FALSE(base64_decode("Zm8").has_value());
  CHECK_FALSE(base64_decode("Zm8-").has_value());
  CHECK_FALSE(base64_decode("Z===").has_value());
}

TEST_CASE("base64url_decode: only the canonical form without padding, ID-1") {
  CHECK(base64url_decode("") == "");
  CHECK(base64url_decode("-_8") == "\xFB\xFF");
  CHECK(base64url_decode("Zm9v") == "foo");
  CHECK_FALSE(base64url_decode("Zm8=").has_value());
  CHECK_FALSE(base64url_decode("Zm9").has_value());  // stray bits
  CHECK_FALSE(base64url_decode("+/8").has_value());
  CHECK_FALSE(base64url_decode("Z").has_value());
  CHECK_FALSE(base64url_decode("Zm 8").has_value());
}

TEST_CASE("form_encode: what HTTP Basic needs of client id and secret, TQ-8") {
  CHECK(form_encode("a:b+c%d e\xC3\xA9") == "a%3Ab%2Bc%25d+e%C3%A9");
  CHECK(percent_encode("a b/~") == "a%20b%2F~");
}

TEST_CASE("form_decode: plus is a space, a cut or wrong escape is no value") {
  CHECK(form_decode("a+b%20c") == "a b c");
  CHECK_FALSE(form_decode("%").has_value());
  CHECK_FALSE(form_decode("%2").has_value());
  CHECK_FALSE(form_decode("%zz").has_value());
}

TEST_CASE("parse_query: splits at the first equals sign and keeps repeated names, CB-6") {
  const auto found = parse_query("code=abc==&state=s=1&&code=x&flag&=lead&%zz=1&bad=%2");
  REQUIRE(found.size() == 5);
  CHECK(found[0].value == "abc==");
  CHECK(found[1].value == "s=1");
  CHECK(found[2].name == "code");
  CHECK(found[3].value == "");
  CHECK(found[4].name == "bad");
  CHECK_FALSE(found[4].value.has_value());
}

TEST_CASE("is_utf8: refuses overlong forms, surrogates and cut characters") {
  CHECK(is_utf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
  CHECK_FALSE(is_utf8("\xC0\xAF"));
  CHECK_FALSE(is_utf8("\xE0\x80\xAF"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
}
