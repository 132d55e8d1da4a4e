#include "oauth/client_assertion.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "base/error.h"
#include "jose/jws.h"
#include "support/signing_keys.h"

using namespace xauth;
using namespace xauth::oauth;
using jose::Algorithm;

namespace {

const Provider kProvider = {
    .name = "Example", .issuer = "https://as.example", .token_url = "https://as.example/token"};
const Moment kMoment = {Time(Seconds(1'700'000'000)), Entropy{std::byte{1}}};

Client client_with(jose::SigningKey key, ClientAuth auth = ClientAuth::private_key_jwt) {
  Client client;
  client.id = "client 1";
  client.auth = auth;
  client.key = std::move(key);
  return client;
}

Client client_with_secret(std::size_t size) {
  return client_with(jose::SigningKey::from_secret(Secret(std::string(size, 's'))),
                     ClientAuth::client_secret_jwt);
}

jose::Jws assertion_of(const Client& client, const Provider& provider = kProvider,
                       const Moment& moment = kMoment) {
  return jose::parse_jws(make_client_assertion(provider, client, moment).reveal(), "it");
}

std::string refusal_of(const Client& client, const Provider& provider = kProvider) {
  try {
    make_client_assertion(provider, client, kMoment);
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message;
  }
}

Provider taking(std::vector<Algorithm> algorithms) {
  Provider provider = kProvider;
  provider.client_auth_algorithms = std::move(algorithms);
  return provider;
}

}  // namespace

TEST_CASE("the assertion says who, for the issuer alone as a string, for a minute, TQ-11, IN-18") {
  const auto key = test::make_key("EC", "P-256");
  const auto jws = assertion_of(client_with(key));
  CHECK(jws.header.text() == R"({"alg":"ES256","typ":"JWT"})");
  CHECK(
      jws.payload ==
      R"({"iss":"client 1","sub":"client 1","aud":"https://as.example",)"
      R"("jti":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","iat":1700000000,"exp":1700000060})");
  CHECK(key.public_key().verify(Algorithm::ES256, jws.signing_input, jws.signature));
}

TEST_CASE("every request has an assertion of its own, TQ-11") {
  const auto client = client_with(test::make_key("ED25519"));
  const Moment other = {kMoment.now, Entropy{std::byte{2}}};
  CHECK(assertion_of(client).payload != assertion_of(client, kProvider, other).payload);
}

TEST_CASE("without an issuer, or with one that only an ID token tells, it is for the endpoint") {
  CHECK(assertion_audience(kProvider) == "https://as.example");
  Provider provider = kProvider;
  provider.issuer = "https://as.example/{tenantid}";
  CHECK(assertion_audience(provider) == "https://as.example/token");
  provider.issuer.clear();
  CHECK(assertion_audience(provider) == "https://as.example/token");
}

TEST_CASE("the algorithm is the key's, RS256 before PS256 where the provider takes it") {
  const auto rsa = client_with(test::rsa_key());
  CHECK(assertion_of(rsa).alg == "RS256");
  CHECK(assertion_of(rsa, taking({Algorithm::PS256, Algorithm::RS256})).alg == "RS256");
  CHECK(assertion_of(rsa, taking({Algorithm::ES256, Algorithm::PS256})).alg == "PS256");
  CHECK(assertion_of(client_with(test::make_key("ED25519"))).alg == "EdDSA");
  CHECK(assertion_of(client_with(test::make_key("EC", "P-384"))).alg == "ES384");
  CHECK(refusal_of(rsa, taking({Algorithm::ES256, Algorithm::EdDSA})) ==
        "the client key fits none of the algorithms that Example takes (ES256, EdDSA)");
  CHECK(refusal_of(rsa, taking({Algorithm::HS256})) ==
        "the client key fits none of the algorithms that Example takes (HS256)");
}

TEST_CASE("a secret signs with HMAC if it is as long as the hash, never an asymmetric one's name") {
  CHECK(assertion_of(client_with_secret(32)).header.text() == R"({"alg":"HS256","typ":"JWT"})");
  CHECK(refusal_of(client_with_secret(31)) ==
        "client_secret_jwt needs a client secret of at least 32 bytes");
  CHECK(assertion_of(client_with_secret(64), taking({Algorithm::RS256, Algorithm::HS512})).alg ==
        "HS512");
  CHECK(refusal_of(client_with_secret(64), taking({Algorithm::RS256})) ==
        "client_secret_jwt needs a client secret of at least 32 bytes, and signs with one of "
        "RS256");
}

TEST_CASE("a JWK's kid is named, so that the provider finds the key") {
  Json jwk = parse_json(R"({"kty":"OKP","crv":"Ed25519","kid":"key-7",
      "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")
                 .value();
  const auto key = jose::SigningKey::from_jwk(Secret(jwk.text()), "key");
  CHECK(assertion_of(client_with(key)).kid == "key-7");
}
