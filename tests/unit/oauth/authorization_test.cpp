#include "oauth/authorization.h"

#include <doctest/doctest.h>

#include <map>

#include "base/encoding.h"
#include "base/joined.h"
#include "oauth/preset.h"
#include "oauth/token.h"
#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

std::map<std::string, std::string> parameters_of(const Url& url) {
  std::map<std::string, std::string> found;
  for (const auto& parameter : parse_query(url.query.value_or(""))) {
    CHECK_MESSAGE(found.count(parameter.name) == 0, parameter.name);
    found[parameter.name] = parameter.value.value_or("?");
  }
  return found;
}

PendingAuthorization make(const Provider& provider, const AuthorizationOptions& options) {
  return make_authorization_request(provider, Client{.id = "c"}, "http://127.0.0.1:1/cb", options,
                                    Entropy{}, Entropy{}, Entropy{});
}

Provider plain_provider(const std::string& authorize_url = "https://as.example/a") {
  Provider provider;
  provider.authorize_url = authorize_url;
  return provider;
}

}  // namespace

TEST_CASE("the authorize request holds each parameter once, S256 always, AZ-2, AZ-3, AZ-9, AZ-10") {
  const auto pending = pending_at();
  const auto sent = parameters_of(pending.url);
  CHECK(sent.at("tenant") == "a");  // the endpoint's own query is kept
  CHECK(sent.at("response_type") == "code");
  CHECK(sent.at("client_id") == "client 1");
  CHECK(sent.at("redirect_uri") == "http://127.0.0.1:8000/callback");
  CHECK(sent.at("scope") == "a b");
  CHECK(pending.state.matches(sent.at("state")));
  CHECK(sent.at("code_challenge_method") == "S256");
  CHECK(sent.at("code_challenge") == code_challenge(pending.code_verifier.reveal()));
  CHECK(pending.url.text().find("%20") != std::string::npos);
  CHECK(pending.url.text().find('+') == std::string::npos);
}

TEST_CASE("prompt, login_hint, max_age, audience and resource go out as given, AZ-12, AZ-17") {
  const auto pending = make(plain_provider(), {.audience = "aud",
                                               .resource = {"https://r.example/1", "urn:r:2"},
                                               .params = {{"access_type", "offline"}},
                                               .prompt = "consent",
                                               .login_hint = "me@example.com",
                                               .max_age = "0"});
  const std::string text = pending.url.text();
  for (const char* part :
       {"audience=aud", "prompt=consent", "login_hint=me%40example.com", "max_age=0",
        "access_type=offline", "resource=https%3A%2F%2Fr.example%2F1&resource=urn%3Ar%3A2"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("what would repeat or replace a parameter of the protocol is refused, AZ-10") {
  for (const char* owned : {"state", "redirect_uri", "code_challenge", "response_type", "client_id",
                            "nonce", "request", "request_uri", "client_secret"}) {
    CAPTURE(owned);
    CHECK_THROWS_AS(parse_param("--param", std::string(owned) + "=x"), Error);
  }
  CHECK_THROWS_AS(parse_param("--param", "novalue"), Error);
  CHECK_THROWS_AS(parse_param("--param", "=x"), Error);
  CHECK(parse_param("--param", "k=v=w").second == "v=w");
  CHECK_THROWS_AS(make(plain_provider("https://as.example/a?state=x"), {}), Error);
  CHECK_THROWS_AS(make(plain_provider(), {.params = {{"prompt", "none"}}, .prompt = "login"}),
                  Error);
}

TEST_CASE("an authorize URL that must not be opened is refused, AZ-13") {
  for (const char* url : {"http://as.example/a", "javascript:alert(1)", "file:///etc/passwd",
                          "https://as.example/#f", "https://user@as.example/", "as.example", ""}) {
    CAPTURE(url);
    CHECK_THROWS_AS(make(plain_provider(url), {}), Error);
  }
  CHECK_NOTHROW(make(plain_provider("http://127.0.0.1:9/a"), {}));
}

TEST_CASE("a resource needs to be an absolute URI without fragment, AZ-12") {
  CHECK_THROWS_AS(make(plain_provider(), {.resource = {"https://r.example/#f"}}), Error);
  CHECK_THROWS_AS(make(plain_provider(), {.resource = {"relative"}}), Error);
}

TEST_CASE("add_scopes splits at spaces and commas and repeats nothing") {
  std::vector<std::string> scopes = {"a"};
  add_scopes(scopes, " b,c  a ,, d");
  CHECK(joined(scopes, " ") == "a b c d");
  CHECK(joined(scopes, ",") == "a,b,c,d");
  CHECK(missing_scopes(scopes, "c,a x") == "b d");
  CHECK(missing_scopes(scopes, "d c b a").empty());
}

TEST_CASE("an authorize request has the names and parameters that the preset gives it") {
  const auto preset = parse_preset("test", R"({"authorize_url":"https://as.example/authorize",
      "token_url":"https://as.example/token","client_id_parameter":"client_key",
      "scope_parameter":"user_scope","scope_separator":",",
      "authorize_params":{"access_type":"offline","prompt":"consent","extra":"preset"}})");
  const auto pending = make_authorization_request(
      preset, {.id = "c"}, "http://127.0.0.1:8000/callback",
      {.scope = {"a", "b"}, .params = {{"extra", "mine"}}, .prompt = "login"}, {}, {}, {});
  CHECK(pending.url.query->starts_with(
      "response_type=code&client_key=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fcallback"
      "&user_scope=a%2Cb&state="));
  CHECK(pending.url.query->ends_with(
      "&code_challenge=" + code_challenge(pending.code_verifier.reveal()) +
      "&code_challenge_method=S256&access_type=offline&prompt=login&extra=mine"));
}

TEST_CASE("every embedded preset asks with a challenge by S256 and proves it with the verifier") {
  for (const auto& id : preset_ids()) {
    CAPTURE(id);
    auto preset = *find_preset(id);
    preset.authorize_url = "https://as.example/authorize";
    preset.token_url = "https://as.example/token";
    const auto pending = make_authorization_request(
        preset, {.id = "c"}, "http://127.0.0.1:8000/callback", {}, {}, {}, {});
    const auto sent = parameters_of(pending.url);
    CHECK(sent.at("code_challenge") == code_challenge(pending.code_verifier.reveal()));
    CHECK(sent.at("code_challenge_method") == "S256");
    const auto callback = std::get<CheckedCallback>(
        check_callback(pending, "code=a&state=" + pending.state.reveal()));
    const auto request = make_code_request(pending, callback, {}, {});
    CHECK(encode_form(*request.form).reveal().find("code_verifier=") != std::string::npos);
  }
}

TEST_CASE("an answer comes in the query or in a posted form, and in no other way, CB-14, LI-8") {
  const Provider plain = plain_provider();
  CHECK(response_mode_of(plain, {}) == ResponseMode::query);
  CHECK(response_mode_of(plain, {{"response_mode", "query"}}) == ResponseMode::query);
  CHECK(response_mode_of(plain, {{"response_mode", "form_post"}}) == ResponseMode::form_post);
  auto preset = plain_provider("https://as.example/a?response_mode=fragment");
  CHECK_THROWS_AS(response_mode_of(preset, {}), Error);
  preset.authorize_params = {{"response_mode", "form_post"}};
  CHECK(response_mode_of(preset, {}) == ResponseMode::form_post);
  CHECK(make(plain_provider(), {.params = {{"response_mode", "form_post"}}}).response_mode ==
        ResponseMode::form_post);
  for (const char* other : {"fragment", "web_message", "jwt", "query.jwt", "form_post.jwt"}) {
    CAPTURE(other);
    CHECK_THROWS_AS(response_mode_of(plain, {{"response_mode", other}}), Error);
  }
}

TEST_CASE("with openid in the scope a nonce is sent, and only then, AZ-8") {
  const auto nonce_of = [](const Provider& provider, const std::vector<std::string>& scope) {
    const auto pending = make(provider, {.scope = scope});
    const auto sent = parameters_of(pending.url);
    const std::string nonce = sent.count("nonce") == 0 ? "" : sent.at("nonce");
    CHECK(pending.nonce.matches(nonce));
    return nonce;
  };
  CHECK(nonce_of(plain_provider(), {"openid", "email"}).size() == 43);
  CHECK(nonce_of(plain_provider(), {"email", "openid2"}).empty());
  Provider without = plain_provider();
  without.id_token_nonce = false;
  CHECK(nonce_of(without, {"openid"}).empty());
}
