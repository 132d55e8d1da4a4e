#include "cli/client.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "cli/connection.h"
#include "support/signing_keys.h"
#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;
using oauth::ClientAuth;

namespace {

Secret secret(const char* text) { return Secret(std::string(text)); }

struct Connecting : CommandContext {
  oauth::Client client(const store::Profile& profile,
                       const std::optional<Secret>& given = std::nullopt) {
    return client_of(context, "p", profile, provider_of(context, profile), given);
  }

  void keep_secret(const char* text) {
    store::keep_login(login.store, "p",
                      {store::profile_of_x(), store::tokens_named("p"), secret(text)}, store::kNow);
  }
};

}  // namespace

TEST_CASE("a client secret comes from the option, the environment, the kept one, in this order") {
  Connecting connecting;
  const store::Profile profile = {.client_id = "c", .client_auth = "basic"};
  connecting.keep_secret("kept");
  CHECK(connecting.client(profile).secret.reveal() == "kept");
  {
    const Variable variable("XAUTH_CLIENT_SECRET", "environment");
    CHECK(connecting.client(profile).secret.reveal() == "environment");
    CHECK(connecting.client(profile, secret("given")).secret.reveal() == "given");
    CHECK(connecting.client(profile, Secret()).secret.reveal() == "environment");
  }
  CHECK(error_of([&] { connecting.client(profile, Secret()); }).code == Code::usage);
}

TEST_CASE("a client without authentication gets no secret whatever the environment says") {
  Connecting connecting;
  connecting.keep_secret("kept");
  const Variable variable("XAUTH_CLIENT_SECRET", "environment");
  const auto client = connecting.client({.client_id = "c", .client_auth = "none"});
  CHECK(client.auth == oauth::ClientAuth::none);
  CHECK(client.secret.empty());
}

TEST_CASE("authentication that needs a secret which is nowhere is 2, and says how to give it") {
  Connecting connecting;
  const auto error =
      error_of([&] { connecting.client({.client_id = "c", .client_auth = "post"}); });
  CHECK(error.code == Code::usage);
  CHECK(error.hint.find("--client-secret-file") != std::string::npos);
  CHECK(connecting.client({.client_id = "c"}).auth == oauth::ClientAuth::none);
}

TEST_CASE("a secret that is given to a provider which takes none is 2, and stays here, TQ-9") {
  Connecting connecting;
  const store::Profile profile = {.client_id = "c"};
  for (const auto method : {ClientAuth::none, ClientAuth::private_key_jwt}) {
    const oauth::Provider provider = {.client_auth = {method}};
    const auto connect = [&](const std::optional<Secret>& given) {
      return client_of(connecting.context, "p", profile, provider, given);
    };
    const auto error = error_of([&] { connect(secret("given")); });
    CHECK(error.code == Code::usage);
    CHECK(error.message == "p: the provider takes no client secret (only: " +
                               std::string(oauth::name_of(method)) + ")");
    const Variable variable("XAUTH_CLIENT_SECRET", "of another profile");
    CHECK(connect(std::nullopt).auth == ClientAuth::none);
  }
}

TEST_CASE("a key file makes it private_key_jwt, and no secret is looked for") {
  Connecting connecting;
  const TemporaryFile key(make_private_pem("ED25519").reveal());
  const Variable variable("XAUTH_CLIENT_SECRET", "environment");
  const auto client = connecting.client({.client_id = "c", .client_key_file = key.path()});
  CHECK(client.auth == ClientAuth::private_key_jwt);
  CHECK(client.key);
  CHECK(client.secret.empty());
  ::chmod(key.path().c_str(), 0644);
  const auto error =
      error_of([&] { connecting.client({.client_id = "c", .client_key_file = key.path()}); });
  CHECK(error.code == Code::usage);
  CHECK(error.hint == "chmod 600 " + key.path());
}

TEST_CASE("a method whose key or certificate is missing is 2, and says how to give it") {
  Connecting connecting;
  const std::pair<const char*, const char*> cases[] = {
      {"private_key_jwt", "--client-key-file"},
      {"tls_client_auth", "--client-certificate-file"},
      {"client_secret_jwt", "--client-secret-file"}};
  for (const auto& [method, option] : cases) {
    CAPTURE(method);
    const auto error =
        error_of([&] { connecting.client({.client_id = "c", .client_auth = method}); });
    CHECK(error.code == Code::usage);
    CHECK(error.hint.find(option) != std::string::npos);
  }
}

TEST_CASE("the provider's algorithms, as kept with the profile, bind the key") {
  Connecting connecting;
  const TemporaryFile key(make_private_pem("ED25519").reveal());
  const auto with = [&](const char* algorithm) {
    return connecting.client(
        {.client_id = "c", .client_key_file = key.path(), .client_auth_algorithm = {algorithm}});
  };
  CHECK(with("EdDSA").key);
  CHECK(error_of([&] { with("PS256"); }).code == Code::usage);
}

TEST_CASE("an application without a person must prove itself, AD-11") {
  Connecting connecting;
  const auto error =
      error_of([&] { connecting.client({.client_id = "c", .client_credentials = true}); });
  CHECK(error.code == Code::usage);
  CHECK(error.hint.find("--client-secret-file") != std::string::npos);
}
