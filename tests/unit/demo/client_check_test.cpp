#include "demo/client_check.h"

#include <doctest/doctest.h>

#include "demo/rejection.h"
#include "demo/signing_keys.h"
#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

const std::string kType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const std::string kLongSecret(32, 's');

struct Office {
  Office() {
    clients.push_back({"signs", "Signs", {}, ClientAuth::private_key_jwt, {}, key.public_jwk()});
    clients.push_back(
        {"macs", "Macs", {}, ClientAuth::client_secret_jwt, Secret(std::string(kLongSecret))});
  }

  Json claims(const std::string& client_id) {
    return Json::Object{{"iss", client_id},
                        {"sub", client_id},
                        {"aud", addresses.issuer},
                        {"exp", std::int64_t{1'700'000'060}},
                        {"jti", "j-" + std::to_string(++made)}};
  }

  // Who is recognised by these fields, or the fault.
  std::string outcome(const Fields& fields, const std::string& header = {}) {
    IncomingRequest request{"POST", "/token", {}, encode(fields)};
    if (!header.empty()) request.headers.emplace_back("Authorization", header);
    try {
      return check.authenticate(request, RequestParameters(request.body)).client_id;
    } catch (const Rejection& rejection) {
      return manner.errors.at(rejection.fault).error;
    }
  }

  std::string outcome(const Json& claims) { return outcome(assertion(claims)); }

  Fields assertion(const Json& claims) const {
    return {{"client_assertion_type", kType},
            {"client_assertion", key.sign(jose::Algorithm::ES256, Json::Object(), claims.text())}};
  }

  int made = 0;
  Manner manner = plain();
  jose::SigningKey key = generate_key(jose::Algorithm::ES256);
  RegisteredClients clients = demo_clients();
  Addresses addresses = {"http://127.0.0.1:9000", "http://127.0.0.1:9000"};
  ClientCheck check{manner, clients, addresses, [] { return Time(Seconds(1'700'000'000)); }};
};

}  // namespace

TEST_CASE("a client signs who it is, once for each request, RFC 7523 §3") {
  Office office;
  const auto claims = office.claims("signs");
  CHECK(office.outcome(claims) == "signs");
  CHECK(office.outcome(claims) == "invalid_client");  // its jti was seen
  auto token_url = office.claims("signs");
  token_url.set("aud", "http://127.0.0.1:9000/token");
  CHECK(office.outcome(token_url) == "signs");
  const auto by_secret =
      jose::SigningKey::from_secret(Secret(std::string(kLongSecret)))
          .sign(jose::Algorithm::HS256, Json::Object(), office.claims("macs").text());
  CHECK(office.outcome({{"client_assertion_type", kType}, {"client_assertion", by_secret}}) ==
        "macs");
  CHECK(office.outcome(Fields{{"client_id", "public"}}) == "public");
}

TEST_CASE("a statement with one claim that is wrong proves nothing") {
  struct Row {
    const char* name;
    Json value;
  };
  const Row rows[] = {
      {"iss", "other"},
      {"iss", Json()},
      {"aud", "https://other.example"},
      {"aud", Json::Array{"http://127.0.0.1:9000"}},
      {"exp", std::int64_t{1'700'000'000}},
      {"exp", std::int64_t{1'700'000'301}},
      {"exp", Json()},
      {"jti", Json()},
      {"sub", "macs"},
      {"sub", "who"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.value.text());
    Office office;
    auto claims = office.claims("signs");
    claims.set(row.name, row.value);
    CHECK(office.outcome(claims) == "invalid_client");
  }
}

TEST_CASE("a statement is by the registered key, and the one proof in the request") {
  Office office;
  const auto stranger = generate_key(jose::Algorithm::ES256);
  const auto forged =
      stranger.sign(jose::Algorithm::ES256, Json::Object(), office.claims("signs").text());
  CHECK(office.outcome({{"client_assertion_type", kType}, {"client_assertion", forged}}) ==
        "invalid_client");
  CHECK(office.outcome({{"client_assertion_type", kType}, {"client_assertion", "a.b"}}) ==
        "invalid_client");
  const auto fields = office.assertion(office.claims("signs"));
  CHECK(office.outcome(with(fields, "client_assertion_type", "jwt")) == "invalid_request");
  CHECK(office.outcome(with(fields, "client_id", "public")) == "invalid_request");
  CHECK(office.outcome(with(fields, "client_secret", "x")) == "invalid_request");
  CHECK(office.outcome(fields, "Basic " + base64("signs:x")) == "invalid_request");
  CHECK(office.outcome(with(fields, "client_id", "signs")) == "signs");
  CHECK(office.outcome(Fields{{"client_id", "signs"}}) == "invalid_client");
}
