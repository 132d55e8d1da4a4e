#include "system/trust_store.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;

TEST_CASE("find_trust_store takes --ca-file, then the environment, then the system, TQ-3") {
  const TemporaryFile chosen("x");
  const TemporaryFile other("y");
  {
    const Variable file("SSL_CERT_FILE", other.path().c_str());
    const Variable directory("SSL_CERT_DIR", "/a:/b");
    CHECK(find_trust_store(chosen.path()).file == chosen.path());
    CHECK(find_trust_store(chosen.path()).directory.empty());
    CHECK(find_trust_store("").file == other.path());
    CHECK(find_trust_store("").directory == "/a:/b");
  }
  const Variable no_file("SSL_CERT_FILE", "");
  {
    const Variable directory("SSL_CERT_DIR", "/a");
    CHECK(find_trust_store("").file.empty());
    CHECK(find_trust_store("").directory == "/a");
  }
  const Variable no_directory("SSL_CERT_DIR", nullptr);
  if (std::filesystem::exists("/etc/ssl/certs/ca-certificates.crt")) {
    const auto system = find_trust_store("");
    CHECK(system.file.empty() != system.directory.empty());
  }
}

TEST_CASE("a CA file that cannot be read or holds no certificate is a usage error that names it") {
  const Outcome missing = [] {
    HttpSettings settings;
    settings.ca_file = "/nonexistent/ca.pem";
    return exchange(get("https://127.0.0.1:1/"), settings);
  }();
  CHECK(missing.failed(Code::usage));
  CHECK(missing.message ==
        "cannot read the CA file /nonexistent/ca.pem: No such file or directory");

  const TemporaryFile empty("no certificate");
  RawServer server([](Connection&) {}, TlsSettings{make_certificate({})});
  HttpSettings settings;
  settings.ca_file = empty.path();
  const auto outcome =
      exchange(get("https://127.0.0.1:" + std::to_string(server.port()) + "/"), settings);
  CHECK(outcome.failed(Code::usage));
  CHECK(outcome.message == "no certificate can be read from the CA file " + empty.path());
}

TEST_CASE("SSL_CERT_FILE and SSL_CERT_DIR say which authorities are believed") {
  const auto authority = make_authority();
  const auto leaf = make_certificate({.alt_names = "IP:127.0.0.1"}, &authority);
  RawServer server(
      [](Connection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        connection.end();
      },
      TlsSettings{leaf});
  const auto request = get("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  const TemporaryFile pem(authority.pem());
  {
    const Variable file("SSL_CERT_FILE", pem.path().c_str());
    const Variable directory("SSL_CERT_DIR", nullptr);
    CHECK(exchange(request).response);
  }
  const TemporaryDirectory hashed;
  const auto hash = X509_subject_name_hash(authority.certificate.get());
  char name[16];
  std::snprintf(name, sizeof(name), "%08lx.0", hash);
  std::ofstream(hashed.path() + "/" + name) << authority.pem();
  const Variable file("SSL_CERT_FILE", nullptr);
  {
    const Variable directory("SSL_CERT_DIR", ("/nonexistent:" + hashed.path()).c_str());
    CHECK(exchange(request).response);
  }
  const Variable directory("SSL_CERT_DIR", nullptr);
  CHECK(exchange(request).failed(Code::unreachable));  // the system knows nothing of ours
}
