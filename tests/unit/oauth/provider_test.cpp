#include "oauth/provider.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("endpoint refuses what is not absolute, not https, or has a fragment, TQ-2") {
  for (const char* url :
       {"", "/token", "http://as.example/", "https://as.example/#f", "ftp://a/"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(endpoint("token_url", url), Error);
  }
  CHECK_NOTHROW(endpoint("token_url", "http://localhost:1/"));
  CHECK_NOTHROW(endpoint("token_url", "http://[::1]/"));
}
