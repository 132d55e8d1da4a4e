#include "demo/code_challenge.h"

#include <doctest/doctest.h>

using namespace xauth::demo;

TEST_CASE("a verifier proves its own S256 challenge and no other (RFC 7636 App. B)") {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const std::string challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  CHECK(verifies(verifier, challenge));
  CHECK_FALSE(verifies(verifier, verifier));
  CHECK_FALSE(verifies(challenge, challenge));
  CHECK_FALSE(verifies("", challenge));
  CHECK_FALSE(verifies(verifier, ""));
}

TEST_CASE("a verifier has 43 to 128 unreserved characters, RFC 7636 §4.1") {
  // The right digests: of 43 and 128, and then of 42, 129 and 42 with a space.
  CHECK(verifies(std::string(43, 'a'), "ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA"));
  CHECK(verifies(std::string(128, 'a'), "aDbPE7rEAOkQUHHNavRwhN-srU5eMCyUv-0k4BOvtz4"));
  CHECK_FALSE(verifies(std::string(42, 'a'), "elOGB_2quSlplZKfRRVlu7gULhhEEXMiqv0rPXawGv8"));
  CHECK_FALSE(verifies(std::string(129, 'a'), "wSywJKLlVRzKDgj86PHF4xRVXMP-9jKe6ZSj23UhZq4"));
  CHECK_FALSE(verifies(std::string(42, 'a') + " ", "yRMT0C56DfjhDGsdwIPX1T1Wi1Ee-Gr8X8_kFJSKYLw"));
}

TEST_CASE("a challenge has 43 characters of base64url") {
  CHECK(is_s256_challenge(std::string(43, 'a')));
  for (const auto& text : {std::string(42, 'a'), std::string(44, 'a'), std::string(42, 'a') + "=",
                           std::string(42, 'a') + "+", std::string()}) {
    CAPTURE(text);
    CHECK_FALSE(is_s256_challenge(text));
  }
}
