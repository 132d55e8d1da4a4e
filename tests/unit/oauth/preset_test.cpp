#include "oauth/preset.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "oauth/authorization.h"
#include "oauth/redirect_uri.h"
#include "oauth/url_parameters.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

std::string refusal_of(const std::string& json) {
  try {
    parse_preset("test", json);
    return "accepted";
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message;
  }
}

// A value for each parameter.
Parameters sample_values(const Provider& provider) {
  Parameters values;
  for (const auto& parameter : provider.parameters) {
    const bool whole = parameter.kind == UrlParameter::Kind::url;
    values.emplace_back(parameter.name, whole ? "https://login.example" : "login.example");
  }
  return values;
}

bool is_short_ascii(const std::string& text) {
  constexpr std::size_t kLongest = 200;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

TEST_CASE("every embedded preset is sound and has what a login needs") {
  REQUIRE(preset_ids().size() >= 70);
  std::set<std::string> names;
  for (const auto& id : preset_ids()) {
    CAPTURE(id);
    const auto provider = find_preset(id);
    REQUIRE(provider);
    CHECK(is_short_ascii(provider->name));
    CHECK(names.insert(provider->name).second);
    const Provider filled = with_parameters(*provider, sample_values(*provider));
    CHECK_NOTHROW(endpoint("authorize_url", filled.authorize_url));
    CHECK_NOTHROW(endpoint("token_url", filled.token_url));
    CHECK_FALSE(provider->client_auth.empty());
    CHECK_FALSE(provider->redirect_note.empty());
    CHECK_FALSE((provider->registration_page + provider->registration_note).empty());
    CHECK((provider->paste_only || can_listen(usual_redirect_uri(*provider))));
    if (!provider->any_port) CHECK(usual_redirect_uri(*provider).url->port != 0);
  }
}

TEST_CASE("what a preset says to people is short and plain") {
  for (const auto& id : preset_ids()) {
    CAPTURE(id);
    const auto provider = *find_preset(id);
    CHECK(is_short_ascii(provider.redirect_note));
    CHECK((provider.registration_note.empty() || is_short_ascii(provider.registration_note)));
    for (const auto& note : provider.notes) {
      CAPTURE(note);
      CHECK(is_short_ascii(note));
      CHECK(note.ends_with('.'));
    }
    for (const auto& parameter : provider.parameters) CHECK(is_short_ascii(parameter.about));
    for (const auto& advice : provider.advice) {
      CAPTURE(advice.about);
      CHECK(is_short_ascii(advice.about));
      CHECK(is_short_ascii(advice.fix));
    }
  }
}

TEST_CASE("what a preset sends is what can be sent") {
  for (const auto& id : preset_ids()) {
    CAPTURE(id);
    const auto provider = *find_preset(id);
    for (const auto& scope : provider.scope) {
      CAPTURE(scope);
      CHECK(scope.find_first_of(" ,") == std::string::npos);
      CHECK(scope.find(provider.scope_separator) == std::string::npos);
    }
    for (const auto& [name, value] : provider.account_headers) {
      CAPTURE(name);
      CHECK(is_short_ascii(name + value));
      CHECK(name.find_first_of(" :") == std::string::npos);
      CHECK(name != "Authorization");
    }
    for (const auto* params : {&provider.authorize_params, &provider.token_params}) {
      for (const auto& [name, value] : *params) CHECK_NOTHROW(parse_param("", name + "=" + value));
    }
    if (provider.userinfo_url.empty()) CHECK(provider.account_field.empty());
    for (const auto& host : with_parameters(provider, sample_values(provider)).host) {
      CHECK(parse_url("https://" + host)->authority() == host);
    }
  }
}

TEST_CASE("every named part of a preset's URLs is used") {
  for (const auto& id : preset_ids()) {
    const auto provider = *find_preset(id);
    for (const auto& parameter : provider.parameters) {
      CAPTURE(id);
      CAPTURE(parameter.name);
      const std::string urls = provider.issuer + provider.authorize_url + provider.token_url;
      CHECK(urls.find("{" + parameter.name + "}") != std::string::npos);
      CHECK_FALSE(parameter.about.empty());
      if (!parameter.usual.empty()) CHECK_NOTHROW(check_parameter(parameter, parameter.usual));
    }
  }
}

TEST_CASE("the preset x holds what X documents") {
  const auto x = *find_preset("x");
  CHECK(x.authorize_url == "https://x.com/i/oauth2/authorize");
  CHECK(x.token_url == "https://api.x.com/2/oauth2/token");
  CHECK(x.revoke_url == "https://api.x.com/2/oauth2/revoke");
  CHECK(x.scope == std::vector<std::string>{"tweet.read", "users.read", "offline.access"});
  CHECK_FALSE(x.any_port);
  CHECK(choose_client_auth(x.client_auth, std::nullopt, {}) == ClientAuth::none);
  CHECK(choose_client_auth(x.client_auth, std::nullopt, {.secret = true}) == ClientAuth::basic);
}

TEST_CASE("the preset x advises on its error page, the refresh token's scope and its one login") {
  const auto advice = find_preset("x")->advice;
  REQUIRE(advice.size() == 3);
  CHECK(advice[0].about.find("three causes") != std::string::npos);
  CHECK(advice[1].without_scope == "offline.access");
  CHECK(advice[2].about.find("one login") != std::string::npos);
}

TEST_CASE("a preset file with a fault is refused by the field's name") {
  CHECK(refusal_of("[]") == "preset test: is not a JSON object");
  CHECK(refusal_of(R"({"nmae":"x"})") == "preset test: nmae is not a field");
  CHECK(refusal_of(R"({"pkce":"plain"})") == "preset test: pkce is not a field");
  CHECK(refusal_of(R"({"name":1})") == "preset test: name needs a string");
  CHECK(refusal_of(R"({"any_port":"yes"})") == "preset test: any_port needs true or false");
  CHECK(refusal_of(R"({"scope":[1]})") == "preset test: scope needs an array of strings");
  CHECK(refusal_of(R"({"token_url":"http://as.example/"})") ==
        "preset test: token_url must be https (http is for this machine only)");
  CHECK(refusal_of(R"({"client_auth":["magic"]})") ==
        "preset test: magic is not a client authentication method");
  CHECK(refusal_of(R"({"token_params":{"a":1}})") ==
        "preset test: token_params needs an object of strings");
  CHECK(refusal_of(R"({"success":true})") == "preset test: success needs an object");
  CHECK(refusal_of(R"({"token_request":"xml"})") ==
        "preset test: token_request must be one of form, json, query");
  CHECK(refusal_of(R"({"n\u001bame":""})") == "preset test: n\uFFFDame is not a field");
}

TEST_CASE("a fault inside of a preset's field is refused by its place") {
  CHECK(refusal_of(R"({"errors":[{"means":"invalid_grant"},{"maens":"invalid_grant"}]})") ==
        "preset test: errors[1].maens is not a field");
  CHECK(refusal_of(R"({"errors":[{"error":"x","means":"gone"}]})") ==
        "preset test: errors[0].means is no standard error");
  CHECK(refusal_of(R"({"errors":[{"status":"400","means":"invalid_grant"}]})") ==
        "preset test: errors[0].status needs a number up to 999");
  CHECK(refusal_of(R"({"errors":[{"value":1,"means":"invalid_grant"}]})") ==
        "preset test: errors[0].field is needed beside value and contains");
  CHECK(refusal_of(R"({"device":{"colour":"red"}})") ==
        "preset test: device.colour is not a field");
  CHECK(refusal_of(R"({"advice":[{"fix":"a"}]})") == "preset test: advice[0].about is needed");
  CHECK(refusal_of(R"({"advice":[{"about":"a","hint":"b"}]})") ==
        "preset test: advice[0].hint is not a field");
  CHECK(refusal_of(R"({"success":{"value":0}})") == "preset test: success.field is needed");
  CHECK(refusal_of(R"({"parameters":[{"kind":"host"}]})") ==
        "preset test: parameters[0].name is needed");
}

TEST_CASE("a preset cannot set what is sent anyway, nor what cannot be sent") {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"redirect_uri":"nonsense"})", "redirect_uri must be an absolute URI"},
      {R"({"redirect_uri":"http://host.example/cb"})", "redirect_uri must be an absolute URI"},
      {R"({"redirect_uri":"http://127.0.0.1/cb#f"})", "redirect_uri must be an absolute URI"},
      {R"({"token_params":{"code":"c"}})", "token_params cannot set code: it is sent anyway"},
      {R"({"token_params":{"grant_type":"password"}})", "token_params cannot set grant_type"},
      {R"({"refresh_params":{"client_id":"c"}})", "refresh_params cannot set client_id"},
      {R"({"authorize_params":{"state":"s"}})", "authorize_params cannot set state"},
      {R"({"client_id_parameter":"key","token_params":{"key":"k"}})",
       "token_params cannot set key"},
      {R"({"device":{"params":{"client_id":"c"}}})", "device.params cannot set client_id"},
      {R"({"account_headers":{"A":"b\r\nC: d"}})", "account_headers has control characters in A"},
      {R"({"account_headers":{"A b":"c"}})", "account_headers holds what is no name of a header"},
      {R"({"account_headers":{"authorization":"Basic x"}})", "account_headers cannot set Authori"},
      {R"({"scope_separator":"\n"})", "scope_separator cannot hold control characters"},
      {R"({"host":["https://git.example/x"]})", "host needs host names"},
      {R"({"host":["Git.example"]})", "host needs host names"},
      {R"({"host":["{instance}"]})", "host holds a {name} that is not among its parameters"},
      {R"({"parameters":[{"name":"a b{"}]})", "parameters[0].name may hold letters, digits"},
  };
  for (const auto& [json, refusal] : cases) {
    CAPTURE(std::string(json));
    CHECK(refusal_of(json).starts_with("preset test: " + std::string(refusal)));
  }
  for (const char* sound :
       {R"({"redirect_uri":"app:/cb"})", R"({"redirect_uri":"https://a.example"})",
        R"({"device":{"params":{"response_type":"device_code"}}})",
        R"({"host":["git.example:8443"],"account_headers":{"Accept":"a/b"}})"}) {
    CAPTURE(std::string(sound));
    CHECK(refusal_of(sound) == "accepted");
  }
}

TEST_CASE("a preset file that is no JSON is refused by the line, a repeated field by its name") {
  CHECK(refusal_of("{\n  \"name\": \"A\",\n  \"scope\" [\n}") ==
        "preset test: is no JSON from line 3 on");
  CHECK(refusal_of("") == "preset test: is no JSON from line 1 on");
  CHECK(refusal_of(R"({"name":"A","name":"B"})") == "preset test: repeats the member name");
  CHECK(refusal_of(R"({"device":{"a\u001b":1,"a\u001b":1}})") ==
        "preset test: repeats the member a\uFFFD");
}

TEST_CASE("URLs of a preset hold only names that are among its parameters") {
  const std::string host = R"({"parameters":[{"name":"instance","kind":"host"}],)";
  CHECK(refusal_of(host + R"("token_url":"https://{instance}/token"})") == "accepted");
  CHECK(refusal_of(host + R"("token_url":"http://{instance}/token"})") ==
        "preset test: token_url must be https (http is for this machine only)");
  CHECK(refusal_of(host + R"("token_url":"https://{instace}/token"})") ==
        "preset test: token_url holds a {name} that is not among its parameters");
  const std::string base = R"({"parameters":[{"name":"base","kind":"url"}],)";
  CHECK(refusal_of(base + R"("token_url":"{base}/token"})") == "accepted");
  CHECK(refusal_of(R"({"issuer_claims":{"tenantid":"tid"},"issuer":"https://as/{tenantid}/v2"})") ==
        "accepted");
  CHECK(refusal_of(R"({"revoke_url":"https://as/applications/{client_id}/token"})") == "accepted");
}

TEST_CASE("what a preset does not say is as the standards have it") {
  const auto provider = parse_preset("test", "{}");
  CHECK(provider.scope_separator == " ");
  CHECK(provider.scope_parameter == "scope");
  CHECK(provider.client_id_parameter == "client_id");
  CHECK(provider.token_request == BodyFormat::form);
  CHECK(provider.revoke_style == RevokeStyle::rfc7009);
  CHECK(provider.account_method == "GET");
  CHECK(provider.grant.access_token == "access_token");
  CHECK(provider.device.verification_uri_field == "verification_uri");
}

TEST_CASE("a preset says how its answers look") {
  const auto provider = parse_preset("test", R"({
    "success": {"field": "ok", "value": true},
    "answer_at": ["data.0"], "scope_field": "scopes",
    "errors": [{"grant": "refresh_token", "status": 401, "field": "code", "value": 7,
                "means": "invalid_grant", "fix": "client"}],
    "device": {"scope_parameter": "scopes"}})");
  CHECK(provider.grant.success_field == "ok");
  CHECK(provider.grant.success_value == "true");
  CHECK(provider.grant.answer_at == std::vector<Path>{"data.0"});
  CHECK(provider.grant.scope == "scopes");
  REQUIRE(provider.errors.size() == 1);
  CHECK(provider.errors[0].status == 401);
  CHECK(provider.errors[0].value == "7");
  CHECK(provider.errors[0].fix == "client");
  CHECK(provider.device.scope_parameter == "scopes");
}
