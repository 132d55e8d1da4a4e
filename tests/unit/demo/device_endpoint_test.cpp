#include "demo/device_endpoint.h"

#include <doctest/doctest.h>

#include "demo/user_agent.h"
#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

const Fields kAsk = {{"client_id", "public"}, {"scope", "openid profile"}};

OutgoingReply poll(DemoLogin& login, const OutgoingReply& codes,
                   const std::string& client_id = "public") {
  return login.post("/token", {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                               {"client_id", client_id},
                               {"device_code", member(codes, "device_code")}});
}

std::int64_t number(const OutgoingReply& reply, std::string_view name) {
  const auto json = parse_json(reply.body);
  const auto* value = json ? json->find(name) : nullptr;
  return value != nullptr ? value->integer().value_or(-1) : -1;
}

bool shows(const OutgoingReply& page, std::string_view text) {
  return page.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a device gets its codes, waits, and gets tokens once the person allowed, RFC 8628 §3") {
  DemoLogin login(plain());
  const auto codes = login.post("/device_authorization", kAsk);
  CHECK(codes.status == 200);
  const auto user_code = member(codes, "user_code");
  CHECK(user_code.size() == 9);
  CHECK(member(codes, "verification_uri") == "http://127.0.0.1:9000/device");
  CHECK(member(codes, "verification_uri_complete") ==
        "http://127.0.0.1:9000/device?user_code=" + user_code);
  CHECK(number(codes, "expires_in") == 600);
  CHECK(number(codes, "interval") == 5);
  CHECK(member(poll(login, codes), "error") == "authorization_pending");
  CHECK(login.server.approve(user_code));
  const auto tokens = poll(login, codes);
  CHECK(tokens.status == 200);
  CHECK(member(tokens, "scope") == "openid profile");
  CHECK(login.account_status(member(tokens, "access_token")) == 200);
  CHECK(login.refresh(member(tokens, "refresh_token")).status == 200);
  CHECK(member(poll(login, codes), "error") == "invalid_grant");  // once
  CHECK_FALSE(login.server.approve(user_code));
}

TEST_CASE("a device that asks too soon is slowed down, by five seconds more each time") {
  DemoLogin login(plain());
  const auto codes = login.post("/device_authorization", kAsk);
  const auto polled_after = [&](int seconds) {
    login.now += Seconds(seconds);
    return member(poll(login, codes), "error");
  };
  CHECK(polled_after(0) == "authorization_pending");
  CHECK(polled_after(5) == "authorization_pending");
  CHECK(polled_after(4) == "slow_down");
  CHECK(polled_after(9) == "slow_down");
  CHECK(polled_after(15) == "authorization_pending");
}

TEST_CASE("a device login ends when the person denies, or too late") {
  DemoLogin login(plain());
  const auto denied = login.post("/device_authorization", kAsk);
  CHECK(login.server.deny(member(denied, "user_code")));
  CHECK(member(poll(login, denied), "error") == "access_denied");
  const auto late = login.post("/device_authorization", kAsk);
  login.now += Seconds(600);
  CHECK_FALSE(login.server.approve(member(late, "user_code")));
  CHECK(member(poll(login, late), "error") == "expired_token");
  CHECK(login.server.grants_alive() == 0);
}

TEST_CASE("a device code serves its own client, which proves who it is") {
  DemoLogin login(plain());
  const auto codes = login.post("/device_authorization", kAsk);
  login.server.approve(member(codes, "user_code"));
  CHECK(member(poll(login, codes, "other"), "error") == "invalid_grant");
  CHECK(poll(login, codes).status == 200);
  check_error(login.post("/device_authorization", {{"client_id", "basic"}}), 401, "invalid_client",
              "Client authentication failed.");
  CHECK(login.post("/device_authorization", {{"client_id", "who"}}).status == 401);
  CHECK(login.post("/device_authorization", {}).status == 400);
}

TEST_CASE("the dialect of the device grant is a matter of the manner") {
  auto manner = plain();
  manner.device = {.code_lifetime = Seconds(60),
                   .interval = Seconds(1),
                   .tells_interval = false,
                   .tells_complete_uri = false,
                   .slow_down_tells_interval = true,
                   .uri_member = "verification_url"};
  manner.errors[Fault::authorization_pending] = {428, "", ""};
  DemoLogin login(manner);
  const auto codes = login.post("/device_authorization", kAsk);
  CHECK(member(codes, "verification_url") == "http://127.0.0.1:9000/device");
  CHECK(member(codes, "verification_uri").empty());
  CHECK(member(codes, "verification_uri_complete").empty());
  CHECK(number(codes, "interval") == -1);
  const auto pending = poll(login, codes);
  CHECK(pending.status == 428);
  CHECK(pending.body.empty());
  CHECK(number(poll(login, codes), "interval") == 6);
  DemoLogin without;
  CHECK(without.post("/device_authorization", kAsk).status == 404);
  CHECK(without.get("/device").status == 404);
}

TEST_CASE("the person types the code, compares it, and allows or denies, without a script") {
  DemoLogin login(plain());
  const auto codes = login.post("/device_authorization", kAsk);
  const auto user_code = member(codes, "user_code");
  const auto entry = login.get("/device");
  CHECK(entry.status == 200);
  CHECK(shows(entry, "<input id=\"user_code\" name=\"user_code\""));
  auto typed = user_code.substr(0, 4) + " " + user_code.substr(5);
  for (auto& c : typed) c = static_cast<char>(c == ' ' ? c : c - 'A' + 'a');
  const auto page = login.get("/device?user_code=" + form_encode(typed));
  CHECK(page.status == 200);
  CHECK(shows(page, user_code));
  CHECK(shows(page, "xauth"));
  CHECK(shows(page, "Confirm who you are"));
  const Fields answer = {{"page", DemoLogin::page_token(page)}, {"decision", "allow"}};
  CHECK(login.post("/device", with(answer, "decision", "maybe")).status == 400);
  CHECK(login.post("/device", with(answer, "page", "guess")).status == 400);
  CHECK(member(poll(login, codes), "error") == "authorization_pending");
  CHECK(shows(login.post("/device", answer), "Your device is logged in"));
  CHECK(login.post("/device", answer).status == 400);
  CHECK(login.get("/device?user_code=" + user_code).status == 400);
  CHECK(poll(login, codes).status == 200);
}

TEST_CASE("an unknown code is told on the page that asks for one, whatever it holds") {
  DemoLogin login(plain());
  const auto page = login.get("/device?user_code=%3Cscript%3E");
  CHECK(page.status == 400);
  CHECK(shows(page, "not known"));
  CHECK_FALSE(shows(page, "<script"));
  CHECK(login.get("/device?user_code=a&user_code=b").status == 400);
}

TEST_CASE("the built-in user agent answers the page of a device login") {
  DemoLogin login(plain());
  System system;
  system.send = [&](const HttpRequest& request) {
    const auto target = request.url.path + (request.url.query ? "?" + *request.url.query : "");
    Fields fields;
    for (const auto& field : parse_query(request.form ? encode_form(*request.form).reveal() : "")) {
      fields.emplace_back(field.name, field.value.value_or(""));
    }
    auto reply = request.method == "GET" ? login.get(target) : login.post(target, fields);
    return HttpResponse{reply.status, reply.headers, reply.body};
  };
  const auto codes = login.post("/device_authorization", kAsk);
  consent(system, *parse_url(member(codes, "verification_uri_complete")), Decision::deny);
  CHECK(member(poll(login, codes), "error") == "access_denied");
}
