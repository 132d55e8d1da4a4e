#include "oauth/device.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

namespace {

constexpr const char* kSound =
    R"({"device_code":"dc","user_code":"WDJB-MJHT","verification_uri":"https://as.example/device",)"
    R"("verification_uri_complete":"https://as.example/device?user_code=WDJB-MJHT",)"
    R"("expires_in":1800,"interval":7})";

Provider provider() {
  Provider as;
  as.device_url = "https://as.example/device_authorization";
  as.token_url = "https://as.example/token";
  return as;
}

const Client kClient{.id = "client", .auth = ClientAuth::none, .secret = {}};

HttpRequest request() { return make_device_request(provider(), kClient, {}, {}); }

HttpResponse json(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

DeviceAuthorization read(const std::string& body, const Provider& as = provider()) {
  return std::get<DeviceAuthorization>(check_device_response(as, request(), json(body)));
}

// What the answer is refused with; empty when it is taken.
std::string refused_with(const HttpResponse& response) {
  try {
    check_device_response(provider(), request(), response);
    return {};
  } catch (const Error& error) {
    CHECK((error.code == Code::bad_response || error.code == Code::unreachable));
    return error.message;
  }
}

// kSound with `member` (and what follows up to the next comma or the end) replaced by `by`.
std::string with(const std::string& member, const std::string& by) {
  Json body = *parse_json(kSound);
  if (by.empty()) {
    body.erase(member);
  } else {
    body.set(member, *parse_json(by));
  }
  return body.text();
}

std::string form_of(const HttpRequest& request) { return encode_form(*request.form).reveal(); }

DevicePoll poll(const HttpResponse& response, const Provider& as = provider()) {
  const auto asked = make_device_token_request(as, kClient, Secret("dc"), {}, {});
  return check_device_token_response(as, asked, response);
}

}  // namespace

TEST_CASE("a code is asked for by POST with client_id and scope, DV-1") {
  const AuthorizationOptions options{.scope = {"a", "b"},
                                     .audience = "api",
                                     .resource = {"https://r.example/1", "https://r.example/2"},
                                     .params = {{"x", "y"}},
                                     .prompt = {},
                                     .login_hint = {},
                                     .max_age = {}};
  const auto asked = make_device_request(provider(), kClient, options, {});
  CHECK(asked.method == "POST");
  CHECK(asked.url.text() == "https://as.example/device_authorization");
  CHECK(form_of(asked) ==
        "scope=a+b&audience=api&resource=https%3A%2F%2Fr.example%2F1&resource="
        "https%3A%2F%2Fr.example%2F2&x=y&client_id=client");
  CHECK(form_of(request()) == "client_id=client");
  Provider plain_http = provider();
  plain_http.device_url = "http://as.example/device";
  CHECK_THROWS_AS(make_device_request(plain_http, kClient, {}, {}), Error);
  CHECK_THROWS_AS(make_device_request(provider(), kClient, {.resource = {"nowhere"}}, {}), Error);
}

TEST_CASE("a provider's own names in the requests are in its preset") {
  Provider as = provider();
  as.scope_separator = ",";
  as.device.scope_parameter = "scopes";
  as.device.params = {{"response_type", "device_code"}};
  as.device.code_parameter = "code";
  as.device.grant_type = "device";
  CHECK(form_of(make_device_request(as, kClient, {.scope = {"a", "b"}}, {})) ==
        "scopes=a%2Cb&response_type=device_code&client_id=client");
  const auto asked = make_device_token_request(as, kClient, Secret("dc"), {}, {});
  CHECK(form_of(asked) == "grant_type=device&code=dc&client_id=client");
  CHECK(asked.url.text() == "https://as.example/token");
  as.device.token_url = "https://as.example/poll";
  CHECK(make_device_token_request(as, kClient, Secret("dc"), {}, {}).url.path == "/poll");
}

TEST_CASE("a poll is a token request like the others: the preset's parameters and its format") {
  Provider as = provider();
  as.token_params = {{"tenant", "7"}, {"x", "preset"}};
  const auto asked = make_device_token_request(as, kClient, Secret("dc"), {{"x", "given"}}, {});
  CHECK(form_of(asked).ends_with("&device_code=dc&tenant=7&x=given&client_id=client"));
  as.token_request = BodyFormat::json;
  CHECK(make_device_token_request(as, kClient, Secret("dc"), {}, {}).format == BodyFormat::json);
}

TEST_CASE("a code may come as a form, or where the preset says that answers are") {
  const HttpResponse form{200,
                          {{"Content-Type", "application/x-www-form-urlencoded"}},
                          "device_code=dc&user_code=AB-1&verification_uri=https%3A%2F%2Fas.example"
                          "%2Fd&expires_in=900&interval=9"};
  const auto code =
      std::get<DeviceAuthorization>(check_device_response(provider(), request(), form));
  CHECK(code.device_code.reveal() == "dc");
  CHECK(code.verification_uri.text() == "https://as.example/d");
  CHECK(code.interval == Seconds(9));
  Provider as = provider();
  as.grant.answer_at = {"data"};
  CHECK(read("{\"data\":" + std::string(kSound) + "}", as).interval == Seconds(7));
  CHECK(read(kSound, as).interval == Seconds(7));
}

TEST_CASE("a slow_down keeps its interval in a form and where answers are nested, DV-4") {
  const auto slow = std::get<Pending>(poll({400,
                                            {{"Content-Type", "application/x-www-form-urlencoded"}},
                                            "error=slow_down&interval=10"}));
  CHECK(slow.slow_down);
  CHECK(slow.interval == Seconds(10));
  Provider as = provider();
  as.grant.answer_at = {"data"};
  const auto nested = poll(json(R"({"error":"slow_down","data":{"interval":11}})", 400), as);
  CHECK(std::get<Pending>(nested).interval == Seconds(11));
}

TEST_CASE("what a sound answer holds, DV-1") {
  const auto code = read(kSound);
  CHECK(code.device_code.reveal() == "dc");
  CHECK(code.user_code == "WDJB-MJHT");
  CHECK(code.verification_uri.text() == "https://as.example/device");
  CHECK(code.verification_uri_complete->text() == "https://as.example/device?user_code=WDJB-MJHT");
  CHECK(code.expires_in == Seconds(1800));
  CHECK(code.interval == Seconds(7));
  CHECK_FALSE(read(with("verification_uri_complete", "")).verification_uri_complete);
  CHECK(read(with("interval", "")).interval == Seconds(5));
  CHECK(read(with("interval", "null")).interval == Seconds(5));
  CHECK(read(with("interval", "0")).interval == Seconds(1));
  CHECK(read(with("interval", "\"9\"")).interval == Seconds(9));
  CHECK(read(with("expires_in", "\"900\"")).expires_in == Seconds(900));
  CHECK(read(with("expires_in", "1e300")).expires_in == Seconds(30 * 86400));
}

TEST_CASE("another name of verification_uri counts where the preset says so, DV-1") {
  Json body = *parse_json(with("verification_uri", ""));
  body.set("verification_url", Json("https://www.example/device"));
  CHECK(refused_with(json(body.text())).find("holds no verification_uri") != std::string::npos);
  Provider as = provider();
  as.device.verification_uri_field = "verification_url";
  CHECK(read(body.text(), as).verification_uri.text() == "https://www.example/device");
}

TEST_CASE("an answer with a member missing or wrong is refused by the member's name, DV-1, DV-8") {
  const std::pair<const char*, const char*> cases[] = {
      {"device_code", ""},
      {"device_code", "\"\""},
      {"device_code", "1"},
      {"user_code", ""},
      {"user_code", "null"},
      {"user_code", "\"12345678901234567890123456789012345678901234567890123456789012345\""},
      {"verification_uri", ""},
      {"verification_uri", "\"http://as.example/device\""},
      {"verification_uri", "\"javascript:alert(1)\""},
      {"verification_uri", "\"-remote\""},
      {"verification_uri", "\"https://user@as.example/\""},
      {"verification_uri_complete", "\"file:///etc/passwd\""},
      {"verification_uri_complete", "\"https://as.example/$(id)\""},
      {"verification_uri_complete", "7"},
      {"expires_in", ""},
      {"expires_in", "0"},
      {"expires_in", "-1"},
      {"expires_in", "\"soon\""},
      {"expires_in", "true"},
      {"interval", "-5"},
      {"interval", "\"x\""},
  };
  for (const auto& [member, value] : cases) {
    CAPTURE(std::string(member));
    CAPTURE(std::string(value));
    const auto message = refused_with(json(with(member, value)));
    CHECK(message.find(member) != std::string::npos);
    CHECK(message.find("as.example") != std::string::npos);
  }
}

TEST_CASE("a user code cannot steer the terminal, DV-8") {
  CHECK(read(with("user_code", R"("A\u001b]0;x\u0007\u202eB")")).user_code ==
        "A\uFFFD]0;x\uFFFD\uFFFDB");
  CHECK(read(with("user_code", "\"ÄÖÜ-1234\"")).user_code == "ÄÖÜ-1234");
}

TEST_CASE("a refusal, also in a 200, and answers that are none") {
  const auto refusal = [](const HttpResponse& response) {
    return std::get<Refusal>(check_device_response(provider(), request(), response)).error;
  };
  CHECK(refusal(json(R"({"error":"invalid_scope"})", 400)) == "invalid_scope");
  CHECK(refusal(json(R"({"error":"device_flow_disabled"})")) == "device_flow_disabled");
  for (const auto& response :
       {json("{}"), json("[]"), json(""), json(kSound, 400), json("", 503), json("", 302),
        json(R"({"access_token":"at","token_type":"bearer"})"),
        HttpResponse{404, {{"Content-Type", "text/html"}}, "<html>"}}) {
    CAPTURE(response.body);
    CHECK_FALSE(refused_with(response).empty());
  }
}

TEST_CASE("the tokens are asked for with the device code, DV-4") {
  const Client confidential{.id = "client", .auth = ClientAuth::basic, .secret = Secret("s")};
  const auto asked =
      make_device_token_request(provider(), confidential, Secret("dc"), {{"x", "y"}}, {});
  CHECK(asked.method == "POST");
  CHECK(form_of(asked) ==
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dc&x=y");
  CHECK_FALSE(asked.authorization.empty());
}

TEST_CASE("what each answer to a poll means, DV-5") {
  CHECK(std::get<TokenGrant>(poll(json(R"({"access_token":"at","token_type":"bearer"})")))
            .access_token.reveal() == "at");
  for (const int status : {200, 400, 403, 428}) {
    CAPTURE(status);
    const auto pending =
        std::get<Pending>(poll(json(R"({"error":"authorization_pending"})", status)));
    CHECK_FALSE(pending.slow_down);
    CHECK_FALSE(pending.interval);
  }
  const auto slow = std::get<Pending>(poll(json(R"({"error":"slow_down","interval":10})", 403)));
  CHECK(slow.slow_down);
  CHECK(slow.interval == Seconds(10));
  for (const char* error : {"access_denied", "expired_token", "invalid_grant", "server_error"}) {
    const std::string body = "{\"error\":\"" + std::string(error) + "\"}";
    CHECK(std::get<Refusal>(poll(json(body, 400))).meaning == error);
  }
  CHECK_THROWS_AS(poll(json("{}")), Error);
}

TEST_CASE("the interval only grows: 5 s for each slow_down, or what the answer names, DV-4") {
  const auto named = [](int seconds) { return std::optional<Seconds>(seconds); };
  CHECK(next_interval(Seconds(5), {}) == Seconds(5));
  CHECK(next_interval(Seconds(5), {.slow_down = true, .interval = {}}) == Seconds(10));
  CHECK(next_interval(Seconds(5), {.slow_down = true, .interval = named(10)}) == Seconds(10));
  CHECK(next_interval(Seconds(5), {.slow_down = true, .interval = named(30)}) == Seconds(30));
  CHECK(next_interval(Seconds(5), {.slow_down = true, .interval = named(1)}) == Seconds(10));
  CHECK(next_interval(Seconds(5), {.slow_down = false, .interval = named(8)}) == Seconds(8));
  CHECK(next_interval(Seconds(5), {.slow_down = false, .interval = named(2)}) == Seconds(5));
}
