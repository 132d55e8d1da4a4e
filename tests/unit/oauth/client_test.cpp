#include "oauth/client.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/signing_keys.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest authenticated(const Client& client) {
  HttpRequest request;
  request.form = {{"token", std::string("t")}};
  authenticate(request, {}, client, {});
  return request;
}

}  // namespace

TEST_CASE("Basic carries ID and secret form-encoded, and nothing goes into the form, TQ-8") {
  const auto request = authenticated(
      {.id = "a:b", .auth = ClientAuth::basic, .secret = Secret(std::string("s e+c%"))});
  CHECK(request.authorization.reveal() == "Basic YSUzQWI6cytlJTJCYyUyNQ==");
  CHECK(encode_form(*request.form).reveal() == "token=t");
}

TEST_CASE("the form carries the ID, and the secret as one that no trace shows, TQ-7") {
  const auto post =
      authenticated({.id = "c", .auth = ClientAuth::post, .secret = Secret(std::string("canary"))});
  CHECK(encode_form(*post.form).reveal() == "token=t&client_id=c&client_secret=canary");
  CHECK(post.authorization.empty());
  REQUIRE(secrets_of(post).size() == 1);
  CHECK(secrets_of(post).front().reveal() == "canary");
  const auto none = authenticated({.id = "c"});
  CHECK(encode_form(*none.form).reveal() == "token=t&client_id=c");
}

TEST_CASE("a signed statement goes alone, as a secret that no trace shows, TQ-7, TQ-11") {
  Client client = {.id = "c", .auth = ClientAuth::private_key_jwt};
  client.key = test::make_key("ED25519");
  client.secret = Secret(std::string("unused"));
  const auto request = authenticated(client);
  CHECK(request.authorization.empty());
  const auto form = encode_form(*request.form).reveal();
  CHECK(form.starts_with(
      "token=t&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3A"
      "jwt-bearer&client_assertion="));
  CHECK(form.find("client_id") == std::string::npos);
  CHECK(form.find("unused") == std::string::npos);
  REQUIRE(secrets_of(request).size() == 1);
  CHECK(form.ends_with("=" + secrets_of(request).front().reveal()));
}

TEST_CASE("a certificate goes with the client's ID in the form, AD-6") {
  Client client = {.id = "c", .auth = ClientAuth::tls_client_auth};
  client.certificate = ClientCertificate{"client.pem", "client.key"};
  const auto request = authenticated(client);
  CHECK(encode_form(*request.form).reveal() == "token=t&client_id=c");
  REQUIRE(request.certificate);
  CHECK(request.certificate->key_file == "client.key");
  CHECK_FALSE(authenticated({.id = "c"}).certificate);
}

TEST_CASE("a request without a form gets one") {
  HttpRequest request;
  authenticate(request, {}, {.id = "c"}, {});
  REQUIRE(request.form);
  CHECK(encode_form(*request.form).reveal() == "client_id=c");
}

TEST_CASE("a client ID that would break a URL or a header is 2, TQ-14") {
  CHECK_NOTHROW(check_client_id("QWxhZGRpbjpvcGVuIHNlc2FtZQ"));
  CHECK_NOTHROW(check_client_id(std::string(1024, 'a')));
  for (const std::string& id : {std::string(), std::string("a\n"), std::string("a\0", 2),
                                std::string("\xC3\xA9"), std::string(1025, 'a')}) {
    CAPTURE(id);
    try {
      check_client_id(id);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code == Code::usage);
    }
  }
}
