#include "oauth/redirect_uri.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("parse_redirect_uri keeps the text and refuses what cannot be registered") {
  CHECK(parse_redirect_uri("http://LOCALHOST:8080/cb/").text == "http://LOCALHOST:8080/cb/");
  CHECK(parse_redirect_uri("com.example.app:/cb").text == "com.example.app:/cb");
  for (const char* wrong : {"", "callback", "http://127.0.0.1/#f", "http://", "http://a b/", ":x",
                            "http:", "http://127.0.0.1:99999/"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(parse_redirect_uri(wrong), Error);
  }
}

TEST_CASE("can_listen: http on loopback only") {
  CHECK(can_listen(parse_redirect_uri("http://127.0.0.1:8000/callback")));
  CHECK(can_listen(parse_redirect_uri("http://localhost/cb")));
  CHECK_FALSE(can_listen(parse_redirect_uri("https://127.0.0.1/cb")));
  CHECK_FALSE(can_listen(parse_redirect_uri("https://example.com/cb")));
  CHECK_FALSE(can_listen(parse_redirect_uri("myapp://cb")));
}

TEST_CASE("with_port replaces the port and nothing else") {
  CHECK(with_port(parse_redirect_uri("http://127.0.0.1:0/cb?x=1"), 4321).text ==
        "http://127.0.0.1:4321/cb?x=1");
  CHECK(with_port(parse_redirect_uri("myapp://cb"), 1).text == "myapp://cb");
}

TEST_CASE("the usual redirect URI is the preset's, with any port where the provider allows it") {
  Provider provider;
  CHECK(usual_redirect_uri(provider).text == "http://127.0.0.1:8000/callback");
  provider.any_port = true;
  CHECK(usual_redirect_uri(provider).text == "http://127.0.0.1:0/callback");
  CHECK(as_registered(usual_redirect_uri(provider)) == "http://127.0.0.1/callback (any port)");
  provider.redirect_uri = "http://localhost/here";
  CHECK(usual_redirect_uri(provider).text == "http://localhost:0/here");
  provider.any_port = false;
  CHECK(as_registered(usual_redirect_uri(provider)) == "http://localhost/here");
}

TEST_CASE("a URI that was sent with a port of the moment is told as it is registered") {
  const std::vector<RedirectUri> candidates = {parse_redirect_uri("http://127.0.0.1:8000/callback"),
                                               parse_redirect_uri("http://127.0.0.1:0/cb")};
  CHECK(registered_form(candidates, "http://127.0.0.1:8000/callback") ==
        "http://127.0.0.1:8000/callback");
  CHECK(registered_form(candidates, "http://127.0.0.1:40001/cb") ==
        "http://127.0.0.1/cb (any port)");
  CHECK(registered_form(candidates, "myapp://cb") == "myapp://cb");
}
