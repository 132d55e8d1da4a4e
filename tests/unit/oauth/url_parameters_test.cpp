#include "oauth/url_parameters.h"

#include <doctest/doctest.h>

#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::oauth;
using namespace xauth::test;

namespace {

const UrlParameter kTenant = {.name = "tenant", .about = "the tenant's ID"};
const UrlParameter kHost = {
    .name = "instance", .about = "the host", .kind = UrlParameter::Kind::host};
const UrlParameter kBase = {.name = "base", .about = "the URL", .kind = UrlParameter::Kind::url};

Provider two_parts() {
  Provider provider{.id = "two", .name = "Two"};
  provider.parameters = {kHost, {.name = "as", .about = "the server's ID", .usual = "default"}};
  provider.issuer = "https://{instance}/{as}";
  provider.authorize_url = "https://{instance}/{as}/authorize";
  provider.token_url = "https://{instance}/{as}/token";
  provider.host = {"{instance}"};
  return provider;
}

}  // namespace

TEST_CASE("a label is a plain name, that leads nowhere else") {
  for (const char* good : {"contoso", "contoso.onmicrosoft.com", "eu-west-1_AbC", "9"}) {
    CHECK(check_parameter(kTenant, good) == good);
  }
  for (const char* bad : {"", ".", "..", "a/b", "a..b", "a.", "-a", ".a", "a b", "a@b", "a%2f",
                          "{tenant}", "a\n", "\xC3\xA9"}) {
    CAPTURE(bad);
    CHECK(error_of([&] { check_parameter(kTenant, bad); }).code == Code::usage);
  }
  CHECK_THROWS_AS(check_parameter(kTenant, std::string(129, 'a')), Error);
}

TEST_CASE("a host is a host name, perhaps with a port") {
  for (const char* good : {"mastodon.social", "localhost:8443", "[::1]:8443"}) {
    CHECK(check_parameter(kHost, good) == good);
  }
  for (const char* bad : {"", "https://mastodon.social", "a.example/", "a.example/x", "a.example?x",
                          "a@b.example", "a.example#f", "a.example:99999", "a b"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(check_parameter(kHost, bad), Error);
  }
}

TEST_CASE("a URL is https, or http to this machine; its last slash is cut") {
  CHECK(check_parameter(kBase, "https://sso.example/auth/") == "https://sso.example/auth");
  CHECK(check_parameter(kBase, "http://127.0.0.1:8080") == "http://127.0.0.1:8080");
  for (const char* bad : {"", "sso.example", "http://sso.example", "https://sso.example/?a",
                          "https://sso.example/#a", "javascript:alert(1)"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(check_parameter(kBase, bad), Error);
  }
}

TEST_CASE("a wrong value is told with what it is for and the option to type") {
  const auto error = error_of([] { check_parameter(kTenant, "a/b\x1b"); });
  CHECK(error.message == "'a/b\uFFFD' is not a plain name: tenant is the tenant's ID");
  CHECK(error.hint == "--provider-param tenant=VALUE");
}

TEST_CASE("values go into the URLs and hosts, what is usual stands where none is given") {
  const auto filled = with_parameters(two_parts(), {{"instance", "git.example"}});
  CHECK(filled.issuer == "https://git.example/default");
  CHECK(filled.authorize_url == "https://git.example/default/authorize");
  CHECK(filled.token_url == "https://git.example/default/token");
  CHECK(filled.host == std::vector<std::string>{"git.example"});
  const auto other = with_parameters(two_parts(), {{"as", "x"}, {"instance", "git.example"}});
  CHECK(other.token_url == "https://git.example/x/token");
  CHECK(settled_parameters(two_parts(), {{"instance", "git.example"}}) ==
        Parameters{{"instance", "git.example"}, {"as", "default"}});
}

TEST_CASE("values go into the URL for an application's own tokens as well") {
  Provider provider = two_parts();
  provider.client_credentials_url = "https://{instance}/app/token";
  provider.device.token_url = "https://{instance}/poll";
  const auto filled = with_parameters(provider, {{"instance", "git.example"}});
  CHECK(filled.client_credentials_url == "https://git.example/app/token");
  CHECK(filled.device.token_url == "https://git.example/poll");
}

TEST_CASE("a missing value and an unknown name are told") {
  const auto missing = error_of([] { with_parameters(two_parts(), {}); });
  CHECK(missing.code == Code::usage);
  CHECK(missing.message == "Two needs instance: the host");
  CHECK(missing.hint == "--provider-param instance=VALUE");
  const auto unknown = error_of([] { with_parameters(two_parts(), {{"tenant", "x"}}); });
  CHECK(unknown.message == "Two has no parameter 'tenant'; it has instance, as");
  CHECK(missing_parameters(two_parts(), {}).size() == 1);
}
