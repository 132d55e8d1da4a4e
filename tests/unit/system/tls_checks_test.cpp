#include "system/tls_checks.h"

#include <doctest/doctest.h>

#include "support/environment.h"
#include "support/http_exchange.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;

namespace {

constexpr const char* kHost = "as.test.localhost";  // libcurl resolves .localhost by itself

void answer_ok(Connection& connection) {
  if (connection.read_request().empty()) return;
  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  connection.end();
}

// Goes without a proxy, whatever the environment of the tests says.
struct Direct {
  Variable lower{"https_proxy", nullptr};
  Variable upper{"HTTPS_PROXY", nullptr};
};

const Certificate& authority() {
  static const Certificate authority = make_authority();
  return authority;
}

// One GET to `host`, served by `server`, believing in `root`.
Outcome ask(const RawServer& server, const std::string& host, const Certificate& root) {
  const Direct direct;
  const TemporaryFile file(root.pem());
  HttpSettings settings;
  settings.ca_file = file.path();
  return exchange(get("https://" + host + ":" + std::to_string(server.port()) + "/token?secret"),
                  settings);
}

Outcome ask_for(const CertificateWish& wish, const std::string& host = kHost) {
  RawServer server(answer_ok, TlsSettings{make_certificate(wish, &authority())});
  return ask(server, host, authority());
}

void check_refused(const Outcome& outcome, const std::string& reason) {
  CAPTURE(outcome.message);
  CHECK(outcome.failed(Code::unreachable));
  CHECK_FALSE(outcome.reached);
  CHECK(outcome.message.find("cannot reach ") == 0);
  CHECK(outcome.message.find(": its certificate " + reason) != std::string::npos);
  CHECK(outcome.message.find("secret") == std::string::npos);
}

}  // namespace

TEST_CASE("a certificate counts that names the host in its SAN, TQ-3") {
  CHECK(ask_for({.alt_names = "DNS:as.test.localhost"}).response);
  CHECK(ask_for({.alt_names = "DNS:other.example,DNS:AS.Test.localhost"}).response);
  CHECK(ask_for({.alt_names = "DNS:*.test.localhost"}).response);
  CHECK(ask_for({.alt_names = "DNS:localhost"}, "localhost").response);
  CHECK(ask_for({.alt_names = "IP:127.0.0.1"}, "127.0.0.1").response);
  CHECK(ask_for({.alt_names = "DNS:as.test.localhost", .extended_use = ""}).response);
}

TEST_CASE("a certificate for another name is refused, TQ-3") {
  const CertificateWish wishes[] = {
      {.common_name = kHost},  // CN only
      {.common_name = kHost, .alt_names = "DNS:other.example"},
      {.common_name = kHost, .alt_names = "IP:127.0.0.1"},
      {.common_name = kHost, .alt_names = "email:as@test.localhost"},
      {.alt_names = "DNS:other.example"},
      {.alt_names = "DNS:test.localhost"},
      {.alt_names = "DNS:x.as.test.localhost"},
      {.alt_names = "DNS:*.*"},
      {.alt_names = "DNS:*"},
      {.alt_names = "DNS:*.localhost"},
      {.alt_names = "DNS:*.*.localhost"},
      {.alt_names = "DNS:as.*"},
      {.alt_names = "DNS:as.*.localhost"},
      {.alt_names = "DNS:a*.test.localhost"},
      {.alt_names = "DNS:*s.test.localhost"},
  };
  for (const auto& wish : wishes) {
    CAPTURE(wish.alt_names);
    check_refused(ask_for(wish), "is not for this name");
  }
}

TEST_CASE("an IP literal needs an IP in the SAN, TQ-3") {
  const CertificateWish wishes[] = {
      {.common_name = "127.0.0.1"},   {.common_name = "127.0.0.1", .alt_names = "DNS:localhost"},
      {.alt_names = "DNS:127.0.0.1"}, {.alt_names = "DNS:*.0.0.1"},
      {.alt_names = "IP:127.0.0.2"},
  };
  for (const auto& wish : wishes) {
    CAPTURE(wish.alt_names);
    check_refused(ask_for(wish, "127.0.0.1"), "is not for this name");
  }
}

TEST_CASE("a certificate that is out of date, weak or for another purpose is refused, TQ-3") {
  const std::string name = "DNS:as.test.localhost";
  const auto expired = ask_for({.alt_names = name, .valid_from = -9, .valid_until = -2});
  check_refused(expired, "has expired");
  CHECK(expired.hint.find("clock") != std::string::npos);
  CHECK(expired.stage == Stage::tls);
  check_refused(ask_for({.alt_names = name, .valid_from = 2}), "is not valid yet");
  check_refused(ask_for({.alt_names = name, .authority = true}), "is an authority's own");
  check_refused(ask_for({.alt_names = name, .extended_use = "clientAuth"}), "is not for a server");
  check_refused(ask_for({.alt_names = name, .sha1 = true}), "was refused: ");
  check_refused(ask_for({.alt_names = name, .weak_key = true}), "was refused: ");
}

TEST_CASE("a certificate of an unknown authority is refused, with a hint, TQ-3") {
  const CertificateWish wish{.alt_names = std::string("DNS:") + kHost};
  const auto stranger = make_authority("Stranger");
  const auto leaf = make_certificate(wish, &stranger);
  RawServer unknown(answer_ok, TlsSettings{leaf});
  RawServer with_root(answer_ok, TlsSettings{leaf, {stranger}});
  RawServer self_signed(answer_ok, TlsSettings{make_certificate(wish)});
  for (const auto& outcome :
       {ask(unknown, kHost, authority()), ask(with_root, kHost, authority())}) {
    check_refused(outcome, "is signed by an unknown authority");
    CHECK(outcome.hint.find("--ca-file") != std::string::npos);
  }
  check_refused(ask(self_signed, kHost, authority()), "is signed by itself");

  // The same name as ours, another key.
  const auto impostor = make_authority();
  RawServer forged(answer_ok, TlsSettings{make_certificate(wish, &impostor)});
  CHECK(ask(forged, kHost, authority()).failed(Code::unreachable));
}

TEST_CASE("a self-signed server certificate counts where it is itself the CA file") {
  const auto own = make_certificate({.alt_names = std::string("DNS:") + kHost});
  RawServer server(answer_ok, TlsSettings{own});
  CHECK(ask(server, kHost, own).response);
}

TEST_CASE("an intermediate authority must be sent, be an authority, and keep its limits, TQ-3") {
  const CertificateWish leaf{.alt_names = std::string("DNS:") + kHost};
  const CertificateWish between{.common_name = "Between", .authority = true, .extended_use = ""};
  const auto good = make_certificate(between, &authority());
  RawServer whole(answer_ok, TlsSettings{make_certificate(leaf, &good), {good}});
  CHECK(ask(whole, kHost, authority()).response);

  RawServer missing(answer_ok, TlsSettings{make_certificate(leaf, &good)});
  check_refused(ask(missing, kHost, authority()), "is signed by an unknown authority");

  auto limited_wish = between;
  limited_wish.name_constraints = "permitted;DNS:other.example";
  const auto limited = make_certificate(limited_wish, &authority());
  RawServer violated(answer_ok, TlsSettings{make_certificate(leaf, &limited), {limited}});
  check_refused(ask(violated, kHost, authority()), "was refused: ");

  const auto no_authority = make_certificate(leaf, &authority());
  RawServer forged(answer_ok, TlsSettings{make_certificate(leaf, &no_authority), {no_authority}});
  check_refused(ask(forged, kHost, authority()), "");
}

TEST_CASE("a handshake that we cannot or will not finish is unreachable, TQ-4") {
  const auto leaf =
      make_certificate({.alt_names = "DNS:as.test.localhost,IP:127.0.0.1"}, &authority());
  TlsSettings old{leaf};
  old.newest = TLS1_1_VERSION;
  TlsSettings only_http2{leaf};
  only_http2.only_http2 = true;
  TlsSettings mutual{leaf};
  mutual.demand_client = true;
  mutual.newest = TLS1_2_VERSION;
  for (const auto& tls : {old, only_http2, mutual}) {
    RawServer server(answer_ok, tls);
    const auto outcome = ask(server, kHost, authority());
    CAPTURE(outcome.message);
    CHECK(outcome.failed(Code::unreachable));
    CHECK_FALSE(outcome.reached);
    CHECK(outcome.message.find(": the TLS handshake failed (") != std::string::npos);
  }
  mutual.newest = TLS1_3_VERSION;  // the server says no when our request is already on its way
  RawServer later(answer_ok, mutual);
  CHECK(ask(later, kHost, authority()).failed(Code::unreachable));

  RawServer no_tls([](Connection& connection) { connection.write("HTTP/1.1 400 Bad\r\n\r\n"); });
  const auto outcome = ask(no_tls, kHost, authority());
  CHECK(outcome.message.find("the TLS handshake failed (wrong version number)") !=
        std::string::npos);

  TlsSettings tls12{leaf};
  tls12.newest = TLS1_2_VERSION;
  RawServer good(answer_ok, tls12);
  CHECK(ask(good, kHost, authority()).response);
}

TEST_CASE("the server is asked for by name, and an IP literal is not sent, TQ-4") {
  const auto leaf =
      make_certificate({.alt_names = "DNS:as.test.localhost,IP:127.0.0.1"}, &authority());
  RawServer server(answer_ok, TlsSettings{leaf});
  CHECK(ask(server, kHost, authority()).response);
  CHECK(ask(server, "127.0.0.1", authority()).response);
  CHECK(server.asked_for() == std::vector<std::string>{kHost, ""});
}

TEST_CASE("no session keys are logged, whatever SSLKEYLOGFILE says") {
  const TemporaryFile log("");
  const Variable variable("SSLKEYLOGFILE", log.path().c_str());
  CHECK(ask_for({.alt_names = "DNS:as.test.localhost"}).response);
  CHECK(std::filesystem::file_size(log.path()) == 0);
}
