#include "system/client_certificate.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/http_exchange.h"
#include "support/signing_keys.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A client's certificate and key as files, from an authority that servers believe in.
struct Files {
  Certificate authority = make_authority("Clients");
  Certificate client =
      make_certificate({.common_name = "the client", .extended_use = "clientAuth"}, &authority);
  Scratch scratch;
  ClientCertificate files = {scratch / "client.pem", scratch / "client.key"};

  Files() {
    put(files.certificate_file, client.pem(), 0644);
    put(files.key_file, client.key_pem());
  }

  TlsSettings demanding() const {
    TlsSettings tls = trusted().tls;
    tls.demand_client = true;
    tls.client_authority = authority;
    return tls;
  }
};

std::string refusal_of(const ClientCertificate& files) {
  try {
    const TlsIdentity identity(files);
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message;
  }
}

const std::string kAnswer = kOk + "Content-Length: 2\r\n\r\n{}";

}  // namespace

TEST_CASE("a request with a certificate proves it to a server that demands one, AD-6") {
  const Files client;
  RawServer server(answers(kAnswer), client.demanding());
  HttpRequest request = get(secure(server));
  CHECK_FALSE(exchange(request, settings()).response);
  request.certificate = client.files;
  const auto outcome = exchange(request, settings());
  CAPTURE(outcome.message);
  REQUIRE(outcome.response);
  CHECK(outcome.response->body == "{}");
  CHECK(server.clients() == std::vector<std::string>{"the client"});
}

TEST_CASE("without a certificate in the request the server learns of none, though it asks") {
  const Files client;
  TlsSettings tls = trusted().tls;
  RawServer server(answers(kAnswer), tls);
  HttpRequest request = get(secure(server));
  request.certificate = client.files;
  CHECK(exchange(request, settings()).response);
  CHECK(server.clients() == std::vector<std::string>{""});  // it was not asked for
}

TEST_CASE("key and certificate may share a file, with the authorities' behind them") {
  const Files client;
  const std::string both = client.scratch / "both.pem";
  put(both, client.client.key_pem() + client.client.pem() + client.authority.pem());
  RawServer server(answers(kAnswer), client.demanding());
  HttpRequest request = get(secure(server));
  request.certificate = ClientCertificate{both, {}};
  CHECK(exchange(request, settings()).response);
  put(both, client.client.key_pem() + client.client.pem(), 0644);
  CHECK(refusal_of({both, {}}) == "others may read or change the client key " + both);
}

TEST_CASE("a certificate that cannot be used is named before anything is sent") {
  const Files client;
  const auto& files = client.files;
  RawServer server(answers(kAnswer), client.demanding());
  HttpRequest request = get(secure(server));
  request.certificate = ClientCertificate{client.scratch / "none.pem", files.key_file};
  const auto outcome = exchange(request, settings());
  CHECK(outcome.failed(Code::usage));
  CHECK(outcome.message == "the client certificate " + (client.scratch / "none.pem") +
                               " cannot be read: No such file or directory");
  CHECK(server.accepted() == 0);
}

TEST_CASE("each fault of a certificate or its key has a message of its own") {
  const Files client;
  const auto& files = client.files;
  const std::string other = client.scratch / "other";
  CHECK(refusal_of({files.certificate_file, other}) ==
        "the client key " + other + " cannot be read: No such file or directory");
  put(other, "no PEM at all");
  CHECK(refusal_of({other, files.key_file}) ==
        "the client certificate " + other + " holds no certificate in PEM form");
  CHECK(refusal_of({files.certificate_file, other}) ==
        "the client key " + other + " holds no private key in PEM form");
  put(other, make_private_pem("EC", "P-256").reveal());
  CHECK(refusal_of({files.certificate_file, other}) ==
        "the client key " + other + " is not that of the certificate " + files.certificate_file);
  put(other, client.client.encrypted_key_pem());
  CHECK(refusal_of({files.certificate_file, other}) ==
        "the client key " + other + " is encrypted by a passphrase");
  put(other, client.client.key_pem(), 0640);
  CHECK(refusal_of({files.certificate_file, other}) ==
        "others may read or change the client key " + other);
}
