#include "base/url.h"

#include <doctest/doctest.h>

using namespace xauth;

TEST_CASE("parse_url takes an https URL apart and prints it again") {
  const auto url = parse_url("HTTPS://API.Example.com:8443/a%2Fb?x=1&y#f");
  REQUIRE(url);
  CHECK(url->scheme == "https");
  CHECK(url->host == "api.example.com");
  CHECK(url->port == 8443);
  CHECK(url->path == "/a%2Fb");
  CHECK(url->query == "x=1&y");
  CHECK(url->text() == "https://api.example.com:8443/a%2Fb?x=1&y#f");
  CHECK(parse_url("http://[::1]:0/cb")->text() == "http://[::1]:0/cb");
  CHECK(parse_url("https://a.example")->effective_port() == 443);
}

TEST_CASE("parse_url refuses what must never reach a browser, AZ-13, IN-4") {
  const char* refused[] = {
      "",
      "example.com",
      "/etc/passwd",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,x",
      "smb://host/share",
      "ms-settings:x",
      "--renderer-cmd-prefix=x",
      "https://",
      "https:///path",
      "https://user@host/",
      "https://host/a b",
      "https://host/\"",
      "https://host/'",
      "https://host/`id`",
      "https://host/$(id)",
      "https://host/\\x",
      "https://host/\n",
      "https://host/\x7f",
      "https://h\xC3\xB6st/",
      "https://-host/",
      "https://host:/",
      "https://host:65536/",
      "https://host:999999999999/",
      "https://host/%2",
  };
  for (const char* text : refused) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text).has_value());
  }
}

TEST_CASE("is_loopback knows literals and localhost, and no look-alike") {
  for (const char* text :
       {"http://127.0.0.1/", "http://127.255.0.9:1/", "http://[::1]/", "http://LOCALHOST:80/"}) {
    CAPTURE(text);
    CHECK(is_loopback(*parse_url(text)));
  }
  for (const char* text :
       {"http://127.0.0.1.example.com/", "http://127.1/", "http://127.0.0.256/",
        "http://localhost.example/", "http://[::]/", "http://0.0.0.0/", "http://127.0.0.01/"}) {
    CAPTURE(text);
    CHECK_FALSE(is_loopback(*parse_url(text)));
  }
}
