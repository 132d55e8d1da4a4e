#include "oauth/resource.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("a resource is an absolute URI without a fragment") {
  for (const char* good : {"https://api.example/", "urn:example:api", "api:x"}) {
    CHECK_NOTHROW(check_resource(good));
  }
  for (const char* bad : {"", "api", ":x", "https://api.example/#part", "https://api.example/ä"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(check_resource(bad), Error);
  }
}
