#include "oauth/metadata.h"

#include <doctest/doctest.h>

#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::oauth;
using namespace xauth::test;

namespace {

const std::string kIssuer = "https://as.example";

HttpResponse answer(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

// The document of the issuer with `members` besides.
std::string document(const std::string& members, const std::string& issuer = kIssuer) {
  return R"({"issuer":")" + issuer + "\"" + (members.empty() ? "" : ",") + members + "}";
}

Metadata read(const std::string& members, const std::string& issuer = kIssuer) {
  return check_metadata(issuer, answer(document(members, issuer)));
}

Error refusal_of(const std::string& members, const std::string& issuer = kIssuer) {
  return error_of([&] { read(members, issuer); });
}

bool names(const Error& error, const std::string& what) {
  return error.message.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("an issuer is https, or http to this machine, and nothing but a place, DI-1") {
  for (const char* good : {"https://as.example", "https://as.example/", "https://as.example/tenant",
                           "https://as.example:8443/a/b/", "http://127.0.0.1:9000",
                           "http://localhost", "http://[::1]:9000/x"}) {
    CAPTURE(good);
    CHECK_NOTHROW(issuer_url(good));
  }
  for (const char* bad :
       {"", "as.example", "http://as.example", "ftp://as.example", "https://", "https:///x",
        "https://as.example?x", "https://as.example/?", "https://as.example#x",
        "https://me@as.example", "https://as.example/a b", "javascript:alert(1)",
        "https://as.example/.well-known/openid-configuration"}) {
    CAPTURE(bad);
    CHECK(error_of([&] { issuer_url(bad); }).code == Code::usage);
  }
}

TEST_CASE("where the two documents of an issuer are, DI-2") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"https://as.example", "https://as.example/.well-known/openid-configuration",
       "https://as.example/.well-known/oauth-authorization-server"},
      {"https://as.example/", "https://as.example/.well-known/openid-configuration",
       "https://as.example/.well-known/oauth-authorization-server"},
      {"https://as.example:8443/a/b",
       "https://as.example:8443/a/b/.well-known/openid-configuration",
       "https://as.example:8443/.well-known/oauth-authorization-server/a/b"},
      {"https://as.example/a//", "https://as.example/a//.well-known/openid-configuration",
       "https://as.example/.well-known/oauth-authorization-server/a/"},
  };
  for (const auto& [issuer, openid, oauth] : cases) {
    CAPTURE(issuer);
    CHECK(openid_metadata_url(issuer_url(issuer)).text() == openid);
    CHECK(oauth_metadata_url(issuer_url(issuer)).text() == oauth);
  }
}

TEST_CASE("the issuer in the document is the one asked for, byte for byte, DI-3") {
  for (const char* other : {"https://as.example/", "https://AS.example", "https://as.example:443",
                            "http://as.example", "https://evil.example", ""}) {
    CAPTURE(other);
    const auto error = error_of([&] { check_metadata(kIssuer, answer(document("", other))); });
    CHECK(error.code == Code::bad_response);
    CHECK(names(error, "its issuer is"));
  }
  const auto by_slash =
      error_of([] { check_metadata(kIssuer, answer(document("", kIssuer + "/"))); });
  CHECK(by_slash.hint == "--issuer https://as.example/");
  for (const char* none : {"{}", R"({"issuer":null})", R"({"issuer":["https://as.example"]})"}) {
    CAPTURE(none);
    CHECK(names(error_of([&] { check_metadata(kIssuer, answer(none)); }), "names no issuer"));
  }
  CHECK_NOTHROW(
      check_metadata("https://as.example/t/", answer(document("", "https://as.example/t/"))));
}

TEST_CASE("what a document says is read by the names of the wire") {
  const auto metadata = read(R"("authorization_endpoint":"https://login.example/a?tenant=1",
    "token_endpoint":"https://as.example/token","device_authorization_endpoint":"https://as.example/d",
    "revocation_endpoint":"https://as.example/r","userinfo_endpoint":"https://as.example/u",
    "introspection_endpoint":"https://as.example/i","jwks_uri":"https://as.example/k",
    "mtls_endpoint_aliases":{"token_endpoint":"https://mtls.example/token","unknown_endpoint":7},
    "authorization_response_iss_parameter_supported":true,
    "scopes_supported":["openid","email"],"response_modes_supported":["query"],
    "token_endpoint_auth_methods_supported":["client_secret_post"],
    "id_token_signing_alg_values_supported":["RS256","none"],"unknown":{"a":[1]})");
  CHECK(metadata.issuer == kIssuer);
  CHECK(metadata.endpoints.authorize_url == "https://login.example/a?tenant=1");
  CHECK(metadata.endpoints.token_url == "https://as.example/token");
  CHECK(metadata.endpoints.device_url == "https://as.example/d");
  CHECK(metadata.endpoints.revoke_url == "https://as.example/r");
  CHECK(metadata.endpoints.userinfo_url == "https://as.example/u");
  CHECK(metadata.endpoints.introspect_url == "https://as.example/i");
  CHECK(metadata.endpoints.jwks_url == "https://as.example/k");
  CHECK(metadata.mtls.token_url == "https://mtls.example/token");
  CHECK(metadata.mtls.revoke_url.empty());
  CHECK(metadata.sends_iss);
  CHECK(metadata.openid);
  CHECK(metadata.scopes_supported == std::vector<std::string>{"openid", "email"});
  CHECK(metadata.token_endpoint_auth_methods_supported ==
        std::vector<std::string>{"client_secret_post"});
  CHECK(metadata.document.find("unknown") != nullptr);
}

TEST_CASE("a document may leave out everything but its issuer, or say null") {
  const auto metadata = read(R"("token_endpoint":null,"revocation_endpoint":"")");
  CHECK(metadata.endpoints.token_url.empty());
  CHECK(metadata.endpoints.revoke_url.empty());
  CHECK_FALSE(metadata.sends_iss);
  CHECK_FALSE(metadata.openid);
  CHECK(read(R"("subject_types_supported":["public"])").openid);
  CHECK_FALSE(read(R"("subject_types_supported":["public"],"scopes_supported":["read"])").openid);
}

TEST_CASE("an endpoint that is no plain https URL is refused by its name, DI-4, IN-1") {
  const std::pair<const char*, const char*> cases[] = {
      {"authorization_endpoint", "http://as.example/a"},
      {"authorization_endpoint", "javascript:alert(1)"},
      {"authorization_endpoint", "file:///etc/passwd"},
      {"authorization_endpoint", "/authorize"},
      {"authorization_endpoint", "--renderer-cmd-prefix=/tmp/x"},
      {"authorization_endpoint", "https://as.example/$(id)"},
      {"authorization_endpoint", "https://as.example/`id`"},
      {"authorization_endpoint", "https://as.example/;id\\u0020|"},
      {"authorization_endpoint", "https://me@as.example/a"},
      {"authorization_endpoint", "https://as.example/a\\u001b]0;x"},
      {"authorization_endpoint", "https:///a"},
      {"token_endpoint", "http://127.0.0.1/token"},
      {"token_endpoint", "https://as.example/token#x"},
      {"device_authorization_endpoint", "ms-settings:x"},
      {"revocation_endpoint", "http://as.example/r"},
      {"userinfo_endpoint", "ftp://as.example/u"},
      {"introspection_endpoint", "data:text/plain,x"},
      {"jwks_uri", "http://as.example/k"},
  };
  for (const auto& [name, url] : cases) {
    CAPTURE(url);
    const std::string quoted = "\"" + std::string(url) + "\"";
    const auto error = refusal_of("\"" + std::string(name) + "\":" + quoted);
    CHECK(error.code == Code::bad_response);
    CHECK(names(error, name));
    const auto alias =
        refusal_of("\"mtls_endpoint_aliases\":{\"" + std::string(name) + "\":" + quoted + "}");
    CHECK(names(alias, "mtls_endpoint_aliases." + std::string(name)));
  }
}

TEST_CASE("an issuer does not send us closer to this machine than it is itself") {
  const auto token_at = [](const std::string& host) {
    return R"("token_endpoint":"https://)" + host + "/token\"";
  };
  for (const char* host : {"127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.0.1:8443",
                           "169.254.169.254", "[fe80::1]", "127.1", "0x7f000001"}) {
    CAPTURE(host);
    CHECK(names(refusal_of(token_at(host)), "token_endpoint is at"));
  }
  CHECK_NOTHROW(read(token_at("other.example")));
  CHECK_NOTHROW(read(token_at("10.0.0.2"), "https://10.0.0.1"));
  CHECK(names(refusal_of(token_at("127.0.0.1"), "https://10.0.0.1"), "token_endpoint is at"));
  const std::string plain = R"("token_endpoint":"http://127.0.0.1:9/token")";
  CHECK_NOTHROW(read(plain, "http://127.0.0.1:9"));
  CHECK_NOTHROW(read(token_at("as.example"), "http://localhost:9"));
  CHECK(names(refusal_of(R"("token_endpoint":"http://as.example/token")", "http://127.0.0.1:9"),
              "token_endpoint is not https"));
}

TEST_CASE("a member of the wrong type is refused by its name") {
  const std::pair<const char*, const char*> cases[] = {
      {"token_endpoint", "7"},
      {"token_endpoint", R"(["https://as.example/token"])"},
      {"scopes_supported", R"("openid email")"},
      {"scopes_supported", R"(["openid",7])"},
      {"token_endpoint_auth_methods_supported", "{}"},
      {"authorization_response_iss_parameter_supported", R"("true")"},
      {"mtls_endpoint_aliases", "[]"},
  };
  for (const auto& [name, value] : cases) {
    CAPTURE(name);
    CHECK(names(refusal_of("\"" + std::string(name) + "\":" + value), name));
  }
  std::string many = "\"\"";
  for (int i = 0; i < 1'000; ++i) many += ",\"\"";
  CHECK(names(refusal_of("\"scopes_supported\":[" + many + "]"), "too many"));
  CHECK(names(refusal_of("\"scopes_supported\":[\"" + std::string(257, 'a') + "\"]"), "too long"));
}

TEST_CASE("only status 200 and a JSON object are metadata, DI-2") {
  const std::string good = document("");
  for (const int status : {201, 204, 302, 400, 401, 404}) {
    CAPTURE(status);
    CHECK(error_of([&] { check_metadata(kIssuer, answer(good, status)); }).code ==
          Code::bad_response);
  }
  for (const int status : {429, 500, 503}) {
    CAPTURE(status);
    CHECK(error_of([&] { check_metadata(kIssuer, answer(good, status)); }).code ==
          Code::unreachable);
  }
  for (const char* body : {"", "[]", "null", "{", R"({"issuer":"https://as.example"} x)",
                           R"({"issuer":"https://as.example","issuer":"https://as.example"})"}) {
    CAPTURE(body);
    CHECK(error_of([&] { check_metadata(kIssuer, answer(body)); }).code == Code::bad_response);
  }
  const HttpResponse page{200, {{"Content-Type", "text/html; charset=utf-8"}}, "<html>"};
  CHECK(names(error_of([&] { check_metadata(kIssuer, page); }), "is a web page"));
}

TEST_CASE("what a document says is shown without what steers a terminal, DI-9") {
  const auto error = error_of(
      [] { check_metadata(kIssuer, answer(document("", "https://x\\u001b]0;y\\u0007"))); });
  CHECK(names(error, "https://x"));
  CHECK_FALSE(names(error, "\x1b"));
}
