#include "oauth/pkce.h"

#include <doctest/doctest.h>

#include <set>

#include "system/random.h"

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("code_challenge: the vector of RFC 7636 Appendix B, AZ-5") {
  CHECK(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("random_value: the octets of RFC 7636 Appendix B give its verifier") {
  const unsigned char octets[] = {116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96,
                                  125, 216, 173, 187, 186, 22,  212, 37,  77,  105, 214,
                                  191, 240, 91,  88,  5,   88,  83,  132, 141, 121};
  Entropy entropy{};
  for (std::size_t i = 0; i < entropy.size(); ++i) entropy.at(i) = std::byte(octets[i]);
  CHECK(random_value(entropy).matches("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
}

TEST_CASE("ten thousand states all differ and keep to the alphabet, AZ-7") {
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) {
    Entropy entropy{};
    fill_random(entropy);
    const std::string value = random_value(entropy).reveal();
    REQUIRE(value.size() == 43);
    REQUIRE(value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_") == std::string::npos);
    REQUIRE(seen.insert(value).second);
  }
}
