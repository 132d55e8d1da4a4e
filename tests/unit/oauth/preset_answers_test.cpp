// How the embedded presets have answers read, all of them alike.
#include <doctest/doctest.h>

#include "base/error.h"
#include "oauth/error_answer.h"
#include "oauth/preset.h"
#include "oauth/token.h"
#include "support/preset_dialect.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest asking(const Provider& provider, const std::string& grant) {
  HttpRequest request;
  request.url = *parse_url("https://as.example/token");
  request.form = {{"grant_type", grant == "device_code" ? provider.device.grant_type : grant}};
  return request;
}

HttpResponse json(int status, const std::string& body) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

Refusal refusal_of(const Provider& provider, const HttpResponse& response,
                   const std::string& grant = "refresh_token") {
  const auto answer = check_token_response(provider, asking(provider, grant), response);
  REQUIRE(std::holds_alternative<Refusal>(answer));
  return std::get<Refusal>(answer);
}

TokenGrant grant_of(const Provider& provider, const HttpResponse& response) {
  const auto answer =
      check_token_response(provider, asking(provider, "authorization_code"), response);
  REQUIRE(std::holds_alternative<TokenGrant>(answer));
  return std::get<TokenGrant>(answer);
}

// The code that the answer to a refresh ends with, as a refusal or thrown.
Code ends_with(const Provider& provider, const HttpResponse& response) {
  try {
    return code_of(refusal_of(provider, response));
  } catch (const Error& error) {
    return error.code;
  }
}

// All presets, and the provider of which only the URLs are known.
std::vector<Provider> all_providers() {
  std::vector<Provider> providers(1);
  for (const auto& id : preset_ids()) providers.push_back(*find_preset(id));
  return providers;
}

bool is_sound(const Path& path) {
  return !path.empty() && path.front() != '.' && path.back() != '.' &&
         path.find("..") == std::string::npos && path.find(' ') == std::string::npos;
}

std::vector<Path> paths_of(const Provider& provider) {
  const GrantFields& grant = provider.grant;
  std::vector<Path> paths = {grant.access_token, grant.refresh_token, grant.expires_in,
                             grant.scope};
  for (const auto& path : {grant.expires_at, grant.success_field}) {
    if (!path.empty()) paths.push_back(path);
  }
  for (const auto* more :
       {&grant.answer_at, &provider.error_fields, &provider.description_fields}) {
    paths.insert(paths.end(), more->begin(), more->end());
  }
  for (const auto& rule : provider.errors) {
    if (!rule.field.empty()) paths.push_back(rule.field);
  }
  return paths;
}

// An answer that fulfils the conditions of `rule`, and says no more.
HttpResponse answer_for(const Provider& provider, const ErrorMeaning& rule) {
  Json body((Json::Object()));
  const auto first = [](const std::vector<Path>& paths, const char* usual) {
    return paths.empty() ? Path(usual) : paths.front();
  };
  if (!rule.field.empty()) test::put(body, rule.field, Json(rule.value + rule.contains));
  if (!rule.error.empty()) test::put(body, first(provider.error_fields, "error"), Json(rule.error));
  if (!rule.description.empty()) {
    const auto path = first(provider.description_fields, "error_description");
    test::put(body, path, Json("Well: " + rule.description + " 1"));
  }
  const std::string type = rule.type.empty() ? "application/json" : rule.type;
  return {rule.status.value_or(400), {{"Content-Type", type}}, body.text()};
}

struct Case {
  const char* preset;
  int status;
  const char* body;
};

}  // namespace

TEST_CASE("the paths of every preset lead somewhere") {
  for (const auto& provider : all_providers()) {
    CAPTURE(provider.id);
    for (const auto& path : paths_of(provider)) CHECK_MESSAGE(is_sound(path), path);
  }
}

TEST_CASE("every rule of every preset has an answer that it decides") {
  for (const auto& provider : all_providers()) {
    CAPTURE(provider.id);
    for (const auto& rule : provider.errors) {
      const std::string grant = rule.grant.empty() ? "authorization_code" : rule.grant;
      const HttpResponse response = answer_for(provider, rule);
      CAPTURE(response.body);
      const auto refusal = refusal_of(provider, response, grant);
      CHECK(refusal.meaning == rule.means);
      CHECK(refusal.fix == rule.fix);
    }
  }
}

TEST_CASE("a refresh token that is dead in the standard's words is dead with every preset, RF-10") {
  for (const auto& provider : all_providers()) {
    CAPTURE(provider.id);
    for (const int status : {200, 400, 401, 403}) {
      CAPTURE(status);
      const std::string body = R"({"error":"invalid_grant","error_description":"gone"})";
      CHECK(is_dead_grant(refusal_of(provider, json(status, body))));
      const HttpResponse form = {status,
                                 {{"Content-Type", "application/x-www-form-urlencoded"}},
                                 "error=invalid_grant&error_description=gone"};
      CHECK(is_dead_grant(refusal_of(provider, form)));
    }
  }
}

TEST_CASE("a refresh token that is dead in the provider's own words is dead, RF-10") {
  const Case cases[] = {
      {"x", 400,
       R"({"error":"invalid_request","error_description":"Value passed for the token was invalid."})"},
      {"slack", 200, R"({"ok":false,"error":"invalid_refresh_token"})"},
      {"slack-openid", 200, R"({"ok":false,"error":"invalid_refresh_token"})"},
      {"twitch", 400, R"({"error":"Bad Request","status":400,"message":"Invalid refresh token"})"},
      {"twitch", 401, R"({"status":401,"message":"Invalid refresh token"})"},
      {"strava", 400,
       R"({"message":"Bad Request","errors":[{"resource":"RefreshToken","code":"invalid"}]})"},
      {"hubspot", 400, R"({"status":"BAD_REFRESH_TOKEN","message":"missing or unknown"})"},
      {"hubspot", 400,
       R"({"status":"EXPIRED_REFRESH_TOKEN","message":"refresh token is expired"})"},
      {"github", 200,
       R"({"error":"bad_refresh_token","error_description":"incorrect or expired"})"},
      {"slack", 200, R"({"ok":false,"error":"token_revoked"})"},
      {"slack-openid", 200, R"({"ok":false,"error":"token_expired"})"},
      {"facebook", 400,
       R"({"error":{"message":"Error validating access token","type":"OAuthException","code":190}})"},
      {"instagram", 400,
       R"({"error":{"message":"Error validating access token","type":"OAuthException","code":190}})"},
      {"withings", 200, R"({"status":401,"body":{},"error":"XRequestID: invalid_token"})"},
      {"withings", 200,
       R"({"status":503,"body":{},"error":"Invalid Params: invalid refresh_token"})"},
      {"reddit", 400, R"({"message":"Bad Request","error":400})"},
      {"square", 401, R"({"message":"Invalid refresh token","type":"service.not_authorized"})"},
      {"square", 401,
       R"({"errors":[{"category":"AUTHENTICATION_ERROR","code":"UNAUTHORIZED","detail":"bad token"}]})"},
      {"wechat", 200, R"({"errcode":40030,"errmsg":"invalid refresh_token"})"},
      {"wechat", 200, R"({"errcode":42002,"errmsg":"refresh_token expired"})"},
      {"zoom", 401, R"({"reason":"Invalid Token!","error":"invalid_request"})"},
      {"atlassian", 403,
       R"({"error":"unauthorized_client","error_description":"refresh_token is invalid"})"},
      {"zoho", 200, R"({"error":"invalid_code"})"},
      {"microsoft", 400,
       R"({"error":"invalid_grant","error_description":"AADSTS700082: expired","error_codes":[700082]})"},
  };
  for (const auto& dead : cases) {
    CAPTURE(std::string(dead.preset));
    CHECK(is_dead_grant(refusal_of(*find_preset(dead.preset), json(dead.status, dead.body))));
  }
}

TEST_CASE(
    "what passes by itself, or is the client's fault, kills no grant with any preset, RF-10") {
  for (const auto& provider : all_providers()) {
    CAPTURE(provider.id);
    for (const int status : {429, 500, 502, 503, 504}) {
      CAPTURE(status);
      for (const char* body : {"", "<html>", R"({"error":"invalid_grant"})", R"({"status":503})",
                               R"({"error":"rate_limited"})", R"({"error":503,"message":"no"})"}) {
        CAPTURE(std::string(body));
        CHECK(ends_with(provider, json(status, body)) == Code::unreachable);
      }
    }
    for (const char* error : {"server_error", "temporarily_unavailable"}) {
      const std::string body = "{\"error\":\"" + std::string(error) + "\"}";
      CHECK(ends_with(provider, json(400, body)) == Code::unreachable);
    }
    CHECK(ends_with(provider, json(401, R"({"error":"invalid_client"})")) == Code::usage);
  }
}

TEST_CASE(
    "what passes by itself in the provider's own words and a success's status kills no grant") {
  const Case cases[] = {
      {"slack", 200, R"({"ok":false,"error":"ratelimited"})"},
      {"slack", 200, R"({"ok":false,"error":"service_unavailable"})"},
      {"slack-openid", 200, R"({"ok":false,"error":"internal_error"})"},
      {"slack", 200, R"({"ok":false,"error":"fatal_error"})"},
      {"facebook", 400,
       R"({"error":{"message":"limit reached","type":"OAuthException","code":4}})"},
      {"facebook", 400, R"({"error":{"message":"An unknown error","type":"x","code":1}})"},
      {"facebook", 400, R"({"error":{"message":"Service unavailable","type":"x","code":2}})"},
      {"withings", 200, R"({"status":601,"body":{"wait_seconds":188},"error":"Too Many Request"})"},
      {"wechat", 200, R"({"errcode":-1,"errmsg":"system error"})"},
  };
  for (const auto& away : cases) {
    CAPTURE(std::string(away.preset));
    CAPTURE(std::string(away.body));
    CHECK(ends_with(*find_preset(away.preset), json(away.status, away.body)) == Code::unreachable);
  }
}

TEST_CASE("the client's fault in the provider's own words kills no grant") {
  const Case cases[] = {
      {"github", 200, R"({"error":"incorrect_client_credentials"})"},
      {"github", 200, R"({"error":"redirect_uri_mismatch"})"},
      {"slack", 200, R"({"ok":false,"error":"invalid_client_id"})"},
      {"strava", 400,
       R"({"message":"Bad Request","errors":[{"resource":"Application","field":"client_secret"}]})"},
      {"reddit", 401, R"({"message":"Unauthorized","error":401})"},
      {"microsoft", 401,
       R"({"error":"invalid_client","error_description":"AADSTS7000218: no secret"})"},
      {"microsoft", 400,
       R"({"error":"invalid_request","error_description":"AADSTS9002327: from a page only"})"},
      {"facebook", 400,
       R"({"error":{"message":"Error validating client secret.","type":"OAuthException","code":1}})"},
      {"instagram", 400,
       R"({"error_type":"OAuthException","code":400,"error_message":"Invalid redirect_uri"})"},
      {"instagram", 400,
       R"({"error_type":"OAuthException","code":400,"error_message":"Invalid Client Secret"})"},
      {"withings", 200,
       R"({"status":503,"body":{},"error":"Invalid Params: invalid client_id/client_secret"})"},
      {"hubspot", 400, R"({"status":"BAD_CLIENT_SECRET","message":"bad secret"})"},
      {"hubspot", 400, R"({"status":"BAD_CLIENT_ID","message":"bad id"})"},
      {"twitch", 403, R"({"status":403,"message":"invalid client secret"})"},
      {"twitch", 400, R"({"status":400,"message":"invalid client"})"},
      {"google", 401, R"({"error":"deleted_client","error_description":"It was deleted."})"},
      {"atlassian", 401, R"({"error":"access_denied","error_description":"Unauthorized"})"},
      {"square", 401, R"({"message":"Not Authorized","type":"service.not_authorized"})"},
      {"wechat", 200, R"({"errcode":40125,"errmsg":"invalid appsecret"})"},
      {"discord", 400, R"({"client_id":["Value \"c\" is not snowflake."]})"},
  };
  for (const auto& wrong : cases) {
    CAPTURE(std::string(wrong.preset));
    CHECK(ends_with(*find_preset(wrong.preset), json(wrong.status, wrong.body)) == Code::usage);
  }
}

TEST_CASE("every preset takes what real answers have beside the standard") {
  for (auto provider : all_providers()) {
    CAPTURE(provider.id);
    provider.grant.scope = "scope";
    provider.grant.expires_in = "expires_in";
    const auto grant = grant_of(provider, json(200, R"({"access_token":"a","token_type":"BEARER",
        "expires_in":"3600","scope":["a","b,c"],"refresh_token":null,"id_token":null,
        "error":null,"info":{"id":1},"refresh_expires_in":0,"created_at":1573979017})"));
    CHECK(grant.access_token.matches("a"));
    CHECK(grant.refresh_token.empty());
    CHECK(grant.expires_in == Seconds(3600));
    CHECK(grant.scope == "a b c");
    const auto form =
        grant_of(provider, {200,
                            {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
                            "access_token=a&scope=a%2Cb&token_type=bearer&expires_in=60"});
    CHECK(form.scope == "a b");
    CHECK(form.expires_in == Seconds(60));
  }
}

TEST_CASE("JSON that comes as plain text is read where the provider sends it so") {
  const auto grant = grant_of(*find_preset("wechat"),
                              {200,
                               {{"Content-Type", "text/plain"}},
                               R"({"access_token":"a","expires_in":7200,"refresh_token":"r"})"});
  CHECK(grant.access_token.matches("a"));
}

TEST_CASE("codes and outcomes in the provider's own words") {
  struct Row {
    Case answer;
    const char* grant;
    const char* meaning;
  };
  const Row rows[] = {
      {{"x", 400,
        R"({"error":"invalid_request","error_description":"Value passed for the authorization code was invalid."})"},
       "authorization_code",
       "invalid_grant"},
      {{"github", 200, R"({"error":"bad_verification_code"})"},
       "authorization_code",
       "invalid_grant"},
      {{"slack", 200, R"({"ok":false,"error":"invalid_code"})"},
       "authorization_code",
       "invalid_grant"},
      {{"strava", 400, R"({"message":"Bad Request","errors":[{"resource":"AuthorizationCode"}]})"},
       "authorization_code",
       "invalid_grant"},
      {{"threads", 400,
        R"({"error_type":"OAuthException","code":400,"error_message":"Matching code was not found or was already used"})"},
       "authorization_code",
       "invalid_grant"},
      {{"wechat", 200, R"({"errcode":40029,"errmsg":"invalid code"})"},
       "authorization_code",
       "invalid_grant"},
      {{"linkedin", 400,
        R"({"error":"invalid_request","error_description":"Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code."})"},
       "authorization_code",
       "invalid_grant"},
      {{"okta", 403, R"({"errorCode":"E0000006","errorSummary":"no permission"})"},
       "authorization_code",
       "E0000006"},
      {{"figma", 400, R"({"error":true,"status":400,"message":"no"})"}, "authorization_code", ""},
      {{"twitch", 400, R"({"status":400,"message":"authorization_pending"})"},
       "device_code",
       "authorization_pending"},
      {{"github", 200, R"({"error":"token_expired"})"}, "device_code", "expired_token"},
      {{"github", 200, R"({"error":"expired_token"})"}, "device_code", "expired_token"},
      {{"trakt", 404, ""}, "device_code", "invalid_grant"},
      {{"trakt", 409, ""}, "device_code", "invalid_grant"},
      {{"trakt", 410, ""}, "device_code", "expired_token"},
      {{"trakt", 418, ""}, "device_code", "access_denied"},
      {{"trakt", 429, ""}, "device_code", "slow_down"},
  };
  for (const auto& [answer, grant, meaning] : rows) {
    CAPTURE(std::string(answer.preset));
    CAPTURE(answer.status);
    const auto refusal =
        refusal_of(*find_preset(answer.preset), json(answer.status, answer.body), grant);
    CHECK(refusal.meaning == meaning);
  }
}
