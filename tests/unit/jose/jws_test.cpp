#include "jose/jws.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "base/error.h"
#include "unit/jose/vectors.h"

using namespace xauth;
using namespace xauth::jose;

namespace {

// The message of the refusal; empty when the text is taken.
std::string refusal_of(const std::string& compact) {
  try {
    parse_jws(compact, "the token");
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::bad_response);
    return error.message;
  }
}

std::string with_header(const std::string& header) { return base64url(header) + ".e30.AAAA"; }

}  // namespace

TEST_CASE("parse_jws: the parts of RFC 7515 A.2") {
  const Jws jws = parse_jws(vectors::kTokenOfA2, "the token");
  CHECK(jws.alg == "RS256");
  CHECK(jws.algorithm == Algorithm::RS256);
  CHECK_FALSE(jws.kid.has_value());
  CHECK(jws.payload.starts_with("{\"iss\":\"joe\",\r\n"));
  CHECK(jws.signature.size() == 256);
  CHECK(std::string(vectors::kTokenOfA2).starts_with(jws.signing_input + "."));
}

TEST_CASE("parse_jws: exactly three parts, ID-1, ID-16, IN-19") {
  CHECK(refusal_of("") == "the token is no signed JSON Web Token: it has no three parts");
  CHECK(refusal_of("e30.e30") == "the token is no signed JSON Web Token: it has no three parts");
  CHECK(refusal_of("e30.e30..") ==
        "the token is no signed JSON Web Token: it has more than three parts");
  CHECK(refusal_of("a.b.c.d.e") == "the token is encrypted, which xauth does not read");
  CHECK(refusal_of(std::string(60'000, '.')) ==
        "the token is no signed JSON Web Token: it has more than three parts");
  CHECK(refusal_of(std::string(70'000, 'a')) == "the token is larger than 64 KiB");
}

TEST_CASE("parse_jws: only canonical base64url without padding, ID-1") {
  const std::string header = base64url(R"({"alg":"RS256"})");
  CHECK(refusal_of(header + ".e30.AAAA").empty());
  CHECK(refusal_of(header + "=.e30.AAAA") == "the token has a header that is not base64url");
  CHECK(refusal_of(header + ".e31.AAAA") == "the token has a payload that is not base64url");
  CHECK(refusal_of(header + ".e30.AA+A") == "the token has a signature that is not base64url");
  CHECK(refusal_of(header + ".e30.AAAA\n") == "the token has a signature that is not base64url");
  CHECK(refusal_of(header + ".e30.AAAAA") == "the token has a signature that is not base64url");
}

TEST_CASE("parse_jws: the header is an object whose members are told once, ID-1") {
  CHECK(refusal_of(with_header("[]")) == "the token has a header that is no JSON object");
  CHECK(refusal_of(with_header(R"({"alg":"RS256","alg":"none"})")) ==
        "the token has a header that is no JSON object");
  CHECK(refusal_of(with_header("{}")) == "the token names no signature algorithm (alg)");
  CHECK(refusal_of(with_header(R"({"alg":1})")) == "the token does not name its alg by a string");
  CHECK(refusal_of(with_header(R"({"alg":"RS256","kid":7})")) ==
        "the token does not name its kid by a string");
}

TEST_CASE("parse_jws: an extension that we do not have is refused, ID-4") {
  CHECK(refusal_of(with_header(R"({"alg":"RS256","crit":["exp"],"exp":1})")) ==
        "the token needs an extension that xauth does not have (crit)");
  CHECK(refusal_of(with_header(R"({"alg":"RS256","b64":false})")) ==
        "the token needs an extension that xauth does not have (b64)");
}

TEST_CASE("parse_jws: none and unknown algorithms are told, not believed, ID-2") {
  const Jws none = parse_jws(base64url(R"({"alg":"none"})") + ".e30.", "the token");
  CHECK(none.alg == "none");
  CHECK_FALSE(none.algorithm.has_value());
  CHECK(none.signature.empty());
  CHECK_FALSE(parse_jws(with_header(R"({"alg":"ES256K"})"), "the token").algorithm.has_value());
}
