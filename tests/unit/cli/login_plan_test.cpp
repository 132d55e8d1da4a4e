#include "cli/login_plan.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

using Texts = std::vector<std::string>;

struct Planning : CommandContext {
  LoginPlan plan(const LoginOptions& options) {
    return plan_login(context, options, [this](const std::string& issuer, const std::string&) {
      asked.push_back(issuer);
      return metadata;
    });
  }

  Error failure(const LoginOptions& options) {
    return error_of([&] { plan(options); });
  }

  std::vector<std::string> asked;  // the issuers
  oauth::Metadata metadata;

  void keep(const std::string& name, const store::Profile& profile) {
    store::keep_login(login.store, name, {profile, store::tokens_named(name), std::nullopt},
                      store::kNow);
  }
};

LoginOptions with_client() {
  LoginOptions options;
  options.client_id = "id";
  return options;
}

LoginOptions custom() {
  auto options = with_client();
  options.profile = "work";
  options.authorize_url = "https://as.example/authorize";
  options.token_url = "https://as.example/token";
  return options;
}

LoginOptions at_issuer() {
  auto options = with_client();
  options.profile = "work";
  options.issuer = "https://as.example";
  return options;
}

oauth::Metadata said_by_issuer() {
  oauth::Metadata metadata;
  metadata.issuer = "https://as.example";
  metadata.endpoints.authorize_url = "https://as.example/authorize";
  metadata.endpoints.token_url = "https://as.example/token";
  metadata.endpoints.jwks_url = "https://as.example/keys";
  metadata.openid = true;
  metadata.scopes_supported = {"openid"};
  return metadata;
}

Texts texts(const std::vector<oauth::RedirectUri>& uris) {
  Texts out;
  for (const auto& uri : uris) out.push_back(uri.text);
  return out;
}

}  // namespace

TEST_CASE("which profile is meant, and which provider it is made with") {
  Planning planning;
  CHECK(planning.plan(with_client()).name == "x");
  CHECK(planning.plan(custom()).profile.provider_name() == "custom");
  auto by_provider = with_client();
  by_provider.provider = "x";
  by_provider.profile = "home";
  const auto home = planning.plan(by_provider);
  CHECK(home.name == "home");
  CHECK(home.profile.provider == "x");
  auto nameless = custom();
  nameless.profile.clear();
  CHECK(planning.failure(nameless).code == Code::usage);
  auto unknown = with_client();
  unknown.profile = "y";
  CHECK(planning.failure(unknown).code == Code::usage);
  const Variable variable("XAUTH_PROFILE", "x");
  CHECK(planning.plan(with_client()).name == "x");
}

TEST_CASE("a profile's settings hold until an option replaces them") {
  Planning planning;
  planning.keep("work", {.authorize_url = "https://as.example/authorize",
                         .token_url = "https://as.example/token",
                         .client_id = "kept",
                         .client_auth = "none",
                         .scope = "a b",
                         .redirect_uri = {"http://127.0.0.1:9/cb"}});
  LoginOptions options;
  options.profile = "work";
  auto plan = planning.plan(options);
  CHECK(plan.client.id == "kept");
  CHECK(plan.scope == Texts{"a", "b"});
  CHECK(texts(plan.redirect_uris) == Texts{"http://127.0.0.1:9/cb"});
  CHECK_FALSE(plan.new_secret);

  options.add_scope = {"b,c"};
  CHECK(planning.plan(options).profile.scope == "a b c");
  options.scope = {"d"};
  CHECK(planning.plan(options).scope == Texts{"d", "b", "c"});
  options.token_url = "https://as.example/other";
  plan = planning.plan(options);
  CHECK(plan.provider.token_url == "https://as.example/other");
  CHECK(plan.provider.authorize_url == "https://as.example/authorize");
}

TEST_CASE("an issuer is asked once a login, and what it says is kept with the profile, DI-6") {
  Planning planning;
  planning.metadata = said_by_issuer();
  auto options = at_issuer();
  auto plan = planning.plan(options);
  CHECK(planning.asked == Texts{"https://as.example"});
  CHECK(plan.profile.provider_name() == "https://as.example");
  CHECK(plan.profile.token_url == "https://as.example/token");
  CHECK(plan.profile.jwks_url == "https://as.example/keys");
  CHECK(plan.provider.issuer == "https://as.example");
  CHECK(plan.provider.name == "as.example");
  CHECK(plan.scope == Texts{"openid"});

  planning.keep("work", plan.profile);
  planning.metadata.endpoints.token_url = "https://as.example/moved";
  LoginOptions again;
  again.profile = "work";
  plan = planning.plan(again);
  CHECK(plan.provider.token_url == "https://as.example/moved");
  CHECK(plan.profile.token_url == "https://as.example/moved");
  CHECK_FALSE(plan.new_secret);
  planning.metadata.endpoints.token_url = "https://elsewhere.example/token";
  plan = planning.plan(again);
  CHECK((plan.new_secret && plan.new_secret->empty()));  // the kept one is not for that server
}

TEST_CASE("a URL option holds against the issuer, also at later logins, and is no other option's") {
  Planning planning;
  planning.metadata = said_by_issuer();
  auto options = at_issuer();
  options.token_url = "https://as.example/given";
  const auto plan = planning.plan(options);
  CHECK(plan.provider.token_url == "https://as.example/given");
  CHECK(plan.provider.authorize_url == "https://as.example/authorize");
  CHECK(plan.profile.given_url == Texts{"token_url"});
  planning.keep("work", plan.profile);
  LoginOptions again;
  again.profile = "work";
  CHECK(planning.plan(again).provider.token_url == "https://as.example/given");
  auto second = at_issuer();
  second.profile = "second";
  CHECK(planning.failure(second).code == Code::usage);  // one issuer, two places
}

TEST_CASE("a preset's endpoints come before the issuer's") {
  Planning planning;
  planning.metadata = said_by_issuer();
  auto options = at_issuer();
  options.provider = "x";
  const auto plan = planning.plan(options);
  CHECK(plan.provider.token_url == "https://api.x.com/2/oauth2/token");
  CHECK(plan.provider.jwks_url == "https://as.example/keys");
  CHECK(plan.profile.token_url.empty());
  CHECK(plan.profile.provider_name() == "x");
}

TEST_CASE("a login at an issuer: a name is needed, and another issuer is another provider") {
  Planning planning;
  planning.metadata = said_by_issuer();
  auto nameless = at_issuer();
  nameless.profile.clear();
  CHECK(planning.failure(nameless).code == Code::usage);
  CHECK(planning.asked.empty());
  planning.keep("work", planning.plan(at_issuer()).profile);
  auto other = at_issuer();
  other.issuer = "https://other.example";
  CHECK(planning.failure(other).code == Code::refused);
  auto preset = with_client();
  preset.profile = "work";
  preset.provider = "x";
  CHECK(planning.failure(preset).code == Code::refused);
  CHECK_NOTHROW(planning.plan(at_issuer()));
}

TEST_CASE("an issuer that names no endpoint for the login: 7, by the name of the wire") {
  Planning planning;
  planning.metadata = said_by_issuer();
  planning.metadata.endpoints.authorize_url.clear();
  auto error = planning.failure(at_issuer());
  CHECK(error.code == Code::bad_response);
  CHECK(error.message.find("authorization_endpoint") != std::string::npos);
  planning.metadata.endpoints.token_url.clear();
  error = planning.failure(at_issuer());
  CHECK(error.message.find("token_endpoint") != std::string::npos);
}

TEST_CASE("the client ID: option, environment, profile; another one drops secret and method") {
  Planning planning;
  auto kept = store::profile_of_x();
  kept.client_auth = "basic";
  store::keep_login(planning.login.store, "x",
                    {kept, store::tokens_named("x"), Secret(std::string("secret"))}, store::kNow);
  auto plan = planning.plan({});
  CHECK(plan.client.id == "client");
  CHECK(plan.client.secret.reveal() == "secret");
  {
    const Variable variable("XAUTH_CLIENT_ID", "environment");
    plan = planning.plan({});
    CHECK(plan.client.id == "environment");
    CHECK(plan.client.auth == oauth::ClientAuth::none);
    CHECK(plan.client.secret.empty());
    CHECK((plan.new_secret && plan.new_secret->empty()));
    CHECK(planning.plan(with_client()).client.id == "id");
  }
  LoginOptions broken;
  broken.client_id = "a\nb";
  CHECK(planning.failure(broken).code == Code::usage);
}

TEST_CASE("without a client ID and a person to ask: 2, with where to register and what") {
  Planning planning;
  const auto error = planning.failure({});
  CHECK(error.code == Code::usage);
  CHECK(error.message.find("http://127.0.0.1:8000/callback") != std::string::npos);
  CHECK(error.hint == "xauth login x --client-id ID");
}

TEST_CASE("the redirect URI is the default one, with the port that is asked for") {
  Planning planning;
  auto options = with_client();
  CHECK(texts(planning.plan(options).redirect_uris) == Texts{"http://127.0.0.1:8000/callback"});
  options.port = 9000;
  CHECK(texts(planning.plan(options).redirect_uris) == Texts{"http://127.0.0.1:9000/callback"});
  options.redirect_uri = {"http://127.0.0.1:9000/cb", "http://127.0.0.1:9001/cb"};
  CHECK(planning.plan(options).redirect_uris.size() == 2);
  options.port = 9001;
  CHECK(planning.failure(options).code == Code::usage);
}

TEST_CASE("a redirect URI that we cannot answer at needs --paste or --listen") {
  Planning planning;
  auto options = with_client();
  for (const char* uri : {"https://app.example/cb", "http://192.0.2.1/cb", "myapp://cb"}) {
    options.redirect_uri = {uri};
    CHECK(planning.failure(options).code == Code::usage);
  }
  options.paste = true;
  CHECK_NOTHROW(planning.plan(options));
  options.paste = false;
  options.redirect_uri = {"https://app.example/cb"};
  options.listen = "0.0.0.0:8000";
  CHECK(planning.plan(options).listen->port == 8000);
}

TEST_CASE("another provider than the profile's is refused with 3 unless it is forced") {
  Planning planning;
  auto kept = store::profile_of_x();
  kept.provider.clear();
  kept.authorize_url = "https://as.example/authorize";
  kept.token_url = "https://as.example/token";
  planning.keep("work", kept);
  auto options = with_client();
  options.profile = "work";
  options.provider = "x";
  CHECK(planning.failure(options).code == Code::refused);
  options.force = true;
  const auto plan = planning.plan(options);
  CHECK(plan.profile.authorize_url.empty());  // nothing of the old one stays
  CHECK((plan.new_secret && plan.new_secret->empty()));
}

TEST_CASE("endpoints that are no https URLs, and parameters of the protocol's own, are 2, TQ-2") {
  Planning planning;
  auto plain_http = custom();
  plain_http.token_url = "http://as.example/token";
  CHECK(planning.failure(plain_http).code == Code::usage);
  auto no_token_url = custom();
  no_token_url.token_url.clear();
  CHECK(planning.failure(no_token_url).code == Code::usage);
  auto own = custom();
  own.param = {"state=mine"};
  CHECK(planning.failure(own).code == Code::usage);
  auto no_ca = custom();
  no_ca.ca_file = planning.login.scratch / "missing.pem";
  CHECK(planning.failure(no_ca).code == Code::usage);
}

TEST_CASE("a listen address is an IP literal and a port, LI-1") {
  const auto v4 = parse_listen_address("0.0.0.0:8000");
  CHECK(v4.address == "0.0.0.0");
  CHECK(v4.port == 8000);
  const auto v6 = parse_listen_address("[::1]:0");
  CHECK(v6.address == "::1");
  CHECK(v6.port == 0);
  for (const char* text :
       {"", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
        "localhost:8000", "::1:8000", "[::1]", "[127.0.0.1]:1", "127.1:80"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_listen_address(text), Error);
  }
}

TEST_CASE("which addresses only this machine reaches, LI-1") {
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1"}) CHECK(is_loopback_address(address));
  for (const char* address : {"0.0.0.0", "::", "192.0.2.1", "fe80::1"}) {
    CHECK_FALSE(is_loopback_address(address));
  }
}

TEST_CASE("a provider's named parts are filled in and kept; other ones are another provider") {
  Planning planning;
  auto options = with_client();
  options.profile = "work";
  options.provider = "keycloak";
  options.provider_param = {"base=https://sso.example", "realm=staff"};
  const auto plan = planning.plan(options);
  CHECK(plan.provider.token_url ==
        "https://sso.example/realms/staff/protocol/openid-connect/token");
  CHECK(plan.profile.provider_param == options.provider_param);
  CHECK(plan.profile.token_url.empty());
  planning.keep("work", plan.profile);
  LoginOptions again;
  again.profile = "work";
  CHECK(planning.plan(again).provider.token_url == plan.provider.token_url);
  again.provider_param = {"realm=guests"};
  const auto refused = planning.failure(again);
  CHECK(refused.code == Code::refused);
  CHECK(refused.message == "work is logged in to keycloak");
  again.force = true;
  again.client_id = "id";
  CHECK(planning.plan(again).provider.token_url ==
        "https://sso.example/realms/guests/protocol/openid-connect/token");
}

TEST_CASE("a provider that answers to no loopback address needs the registered one, pasted") {
  Planning planning;
  auto options = with_client();
  options.provider = "yahoo";
  const auto error = planning.failure(options);
  CHECK(error.code == Code::usage);
  CHECK(error.hint.starts_with("--paste --redirect-uri https://"));
  options.paste = true;
  options.redirect_uri = {"https://app.example/cb"};
  CHECK(planning.plan(options).redirect_uris.front().text == "https://app.example/cb");
}

TEST_CASE("without a client ID the page, the redirect URI and what to choose there are told") {
  Planning planning;
  LoginOptions options;
  options.provider = "github";
  const auto error = planning.failure(options);
  CHECK(error.code == Code::usage);
  CHECK(error.message.find("(https://github.com/settings/applications/new), with the redirect URI "
                           "http://127.0.0.1/callback (any port); an OAuth App") !=
        std::string::npos);
}

TEST_CASE("a device login needs a device URL, and neither an authorize URL nor a redirect URI") {
  Planning planning;
  auto options = custom();
  options.device = true;
  options.authorize_url.clear();
  const auto none = planning.failure(options);
  CHECK(none.code == Code::usage);
  CHECK(none.message.find("no device login") != std::string::npos);
  CHECK(none.hint.find("--device-url") != std::string::npos);
  options.device_url = "https://as.example/device";
  options.redirect_uri = {"app.example:/callback"};
  CHECK(planning.plan(options).profile.device_url == "https://as.example/device");
  options.device_url = "http://as.example/device";
  CHECK(planning.failure(options).message.find("--device-url") != std::string::npos);
  options.device_url = "https://as.example/device";
  options.client_id.clear();
  const auto no_client = planning.failure(options);
  CHECK(no_client.message.find("by device") != std::string::npos);
  CHECK(no_client.message.find("redirect") == std::string::npos);
}

TEST_CASE("an application's profile becomes a person's where an option says how that one logs in") {
  Planning planning;
  planning.keep("work", {.authorize_url = "https://as.example/authorize",
                         .token_url = "https://as.example/token",
                         .device_url = "https://as.example/device",
                         .client_id = "kept",
                         .client_auth = "none",
                         .client_credentials = true});
  LoginOptions plain;
  plain.profile = "work";
  plain.client_auth = oauth::ClientAuth::basic;
  const Variable variable("XAUTH_CLIENT_SECRET", "secret");
  CHECK(planning.plan(plain).profile.client_credentials);
  std::vector<LoginOptions> of_person(4, plain);
  of_person[0].device = true;
  of_person[1].paste = true;
  of_person[2].no_browser = true;
  of_person[3].browser = "firefox";
  for (const auto& options : of_person) {
    CHECK_FALSE(planning.plan(options).profile.client_credentials);
  }
}
