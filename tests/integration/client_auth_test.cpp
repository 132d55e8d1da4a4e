// How the application proves itself: by a signed statement or a certificate, at every request.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <mutex>
#include <set>

#include "jose/jws.h"
#include "support/http_exchange.h"
#include "support/kept_login.h"
#include "support/openid_place.h"
#include "support/signing_keys.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::string write_file(const Workplace& here, const std::string& name, const std::string& content,
                       mode_t mode = 0600) {
  const std::string path = here.home.path_of(name);
  std::ofstream(path) << content;
  ::chmod(path.c_str(), mode);
  return path;
}

std::vector<std::string> login_of_service(const std::string& token_url,
                                          const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {
      "login", "svc", "--client-credentials", "--token-url", token_url, "--client-id", "service-1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const std::string kToken =
    R"({"access_token":"at","token_type":"Bearer","refresh_token":"rt","expires_in":3600})";

// The one assertion of a request, which proves the client in no other way.
jose::Jws assertion_in(const demo::LoggedRequest& request) {
  CHECK(request.parameter("client_assertion_type") ==
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  CHECK_FALSE(request.parameter("client_secret"));
  CHECK_FALSE(request.parameter("client_id"));
  CHECK_FALSE(find_header(request.request.headers, "Authorization"));
  return jose::parse_jws(request.parameter("client_assertion").value_or(""), "the assertion");
}

std::string claim(const jose::Jws& jws, const char* name) {
  const Json claims = parse_json(jws.payload).value();
  const Json* value = claims.find(name);
  return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

}  // namespace

TEST_CASE("private_key_jwt: login, refresh and logout each have a statement of their own, TQ-11") {
  const Secret pem = make_private_pem("EC", "P-256");
  const auto key = jose::SigningKey::from_pem(pem, "key");
  Workplace here;
  here.provider = start_provider(demo::plain(), {},
                                 {{.client_id = "key-client",
                                   .name = "Key",
                                   .redirect_uris = {"http://127.0.0.1/callback"},
                                   .auth = demo::ClientAuth::private_key_jwt,
                                   .client_secret = {},
                                   .jwk = key.public_jwk()}});
  const std::string file = write_file(here, "key.pem", pem.reveal());
  const Finished login = here.log_in(here.login("work", "key-client", {"--client-key-file", file}));
  CAPTURE(login.err);
  REQUIRE(login.status == 0);
  CHECK(here.kept("config.json", "profiles.work.client_auth") == "private_key_jwt");
  CHECK(here.kept("config.json", "profiles.work.client_key_file") == file);
  CHECK(run(here.start({"refresh", "work"})).status == 0);
  CHECK(run(here.start({"logout", "work"})).status == 0);
  CHECK(here.provider->server().grants_alive() == 0);

  auto requests = here.provider->server().requests("/token");
  for (auto& request : here.provider->server().requests("/revoke")) requests.push_back(request);
  REQUIRE(requests.size() == 4);
  std::set<std::string> ids;
  for (const auto& request : requests) {
    const auto jws = assertion_in(request);
    CHECK(key.public_key().verify(jose::Algorithm::ES256, jws.signing_input, jws.signature));
    CHECK(claim(jws, "iss") == "key-client");
    CHECK(claim(jws, "sub") == "key-client");
    CHECK(claim(jws, "aud") == here.provider->token_url());
    ids.insert(claim(jws, "jti"));
  }
  CHECK(ids.size() == requests.size());
}

TEST_CASE("client_secret_jwt: the secret signs and stays here, and must be long enough") {
  const std::string secret = "0123456789abcdef0123456789abcdef";
  Workplace here;
  here.provider = start_provider(demo::plain(), {},
                                 {{.client_id = "service-1",
                                   .name = "Service",
                                   .redirect_uris = {},
                                   .auth = demo::ClientAuth::client_secret_jwt,
                                   .client_secret = Secret(secret),
                                   .jwk = {}}});
  const auto login = [&](const std::string& text) {
    const std::string file = write_file(here, "secret", text);
    return run(here.start(
        login_of_service(here.provider->token_url(),
                         {"--client-auth", "client_secret_jwt", "--client-secret-file", file})));
  };
  const Finished short_one = login(secret.substr(1));
  CHECK(short_one.status == 2);
  CHECK(short_one.err.find("at least 32 bytes") != std::string::npos);
  CHECK(here.provider->server().count("/token") == 0);
  const Finished done = login(secret);
  CAPTURE(done.err);
  REQUIRE(done.status == 0);
  const auto request = here.provider->server().requests("/token").back();
  CHECK(assertion_in(request).alg == "HS256");
  CHECK(request.request.body.find(secret) == std::string::npos);
}

TEST_CASE("a private key that others may read is refused before anything is sent, AD-6") {
  const Workplace here;
  const std::string file = write_file(here, "key.pem", make_private_pem("ED25519").reveal(), 0644);
  const Finished login =
      run(here.start(login_of_service(here.provider->token_url(), {"--client-key-file", file})));
  CHECK(login.status == 2);
  CHECK(login.err.find("others may read") != std::string::npos);
  CHECK(login.err.find("chmod 600 " + file) != std::string::npos);
  CHECK(here.provider->server().count("/token") == 0);
}

TEST_CASE("a file that the method has no use for is refused, and another method drops it") {
  const Workplace here;
  here.provider->server().replace("/token", always(200, kToken));
  const std::string key = write_file(here, "key.pem", make_private_pem("ED25519").reveal());
  const std::string secret = write_file(here, "secret", kClientSecret);
  const auto login = [&](const std::vector<std::string>& more) {
    return run(here.start(login_of_service(here.provider->token_url(), more))).status;
  };
  CHECK(login({"--client-auth", "basic", "--client-secret-file", secret, "--client-key-file",
               key}) == 2);
  CHECK(login({"--client-auth", "magic"}) == 2);
  REQUIRE(login({"--client-key-file", key}) == 0);
  REQUIRE(login({"--client-secret-file", secret}) == 0);
  CHECK(here.kept("config.json", "profiles.svc.client_auth") == "basic");
  CHECK_FALSE(here.kept("config.json", "profiles.svc.client_key_file"));
}

namespace {

// A server that demands the certificate of service-1, and gives a token, or at /me its account.
struct MutualTls : Workplace {
  MutualTls() : server([this](Connection& connection) { answer(connection); }, settings()) {}

  TlsSettings settings() const {
    TlsSettings tls = trusted().tls;
    tls.demand_client = true;
    tls.client_authority = authority;
    return tls;
  }

  void answer(Connection& connection) {
    const std::string request = connection.read_request();
    {
      const std::lock_guard lock(mutex);
      seen.push_back(request);
    }
    const std::string body = request.starts_with("GET /me ") ? R"({"sub":"service-1"})" : kToken;
    connection.write(kOk + "Content-Type: application/json\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
    connection.end();
  }

  Finished log_in_service() {
    return run(start(login_of_service(
        secure(server),
        {"--userinfo-url", secure(server, "/me"), "--ca-file", trusted().file.path(),
         "--client-certificate-file", certificate, "--client-key-file", key})));
  }

  const Certificate authority = make_authority("Clients");
  const Certificate client =
      make_certificate({.common_name = "service-1", .extended_use = "clientAuth"}, &authority);
  const std::string certificate = write_file(*this, "client.pem", client.pem(), 0644);
  const std::string key = write_file(*this, "client.key", client.key_pem());
  std::vector<std::string> seen;
  std::mutex mutex;
  RawServer server;
};

}  // namespace

TEST_CASE("tls_client_auth: the certificate proves the client, whose ID is in every body, AD-6") {
  MutualTls here;
  const Finished login = here.log_in_service();
  CAPTURE(login.err);
  REQUIRE(login.status == 0);
  CHECK(here.kept("config.json", "profiles.svc.client_auth") == "tls_client_auth");
  CHECK(here.kept("config.json", "profiles.svc.client_certificate_file") == here.certificate);
  CHECK(run(here.start({"refresh", "svc"})).status == 0);
  CHECK(here.server.clients() == std::vector<std::string>{"service-1", "service-1"});
  REQUIRE(here.seen.size() == 2);
  for (const auto& request : here.seen) {
    CHECK(request.ends_with("grant_type=client_credentials&client_id=service-1"));
    CHECK(request.find("Authorization") == std::string::npos);
  }
}

TEST_CASE("a token that may be bound to the certificate is shown with it, AD-6") {
  MutualTls here;
  REQUIRE(here.log_in_service().status == 0);
  CHECK(run(here.start({"whoami", "svc"})).out == "service-1\n");
  const Finished check = run(here.start({"status", "svc", "--check", "-o", "json"}));
  CHECK(check.status == 0);
  CHECK(check.out.find("\"check\":\"accepted\"") != std::string::npos);
  CHECK(here.server.clients() == std::vector<std::string>(3, "service-1"));
}

TEST_CASE("a secret for a provider that takes none is refused before anything is sent, TQ-9") {
  OpenidPlace here;
  here.tell("token_endpoint_auth_methods_supported", Json(Json::Array{Json("private_key_jwt")}));
  const std::string file = write_file(here, "secret", kClientSecret);
  const Finished login =
      run(here.start({"login", "work", "--issuer", here.provider->url(), "--client-id",
                      kBasicClient, "--client-secret-file", file, "--no-browser"}));
  CHECK(login.status == 2);
  CHECK(login.err.find("takes no client secret (only: private_key_jwt)") != std::string::npos);
  CHECK(here.asked("/token") == 0);
  CHECK(here.files().empty());
}
