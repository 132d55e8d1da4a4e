// Answers in which real providers leave the standards. The embedded provider gives each in the
// manner of a preset, and odd_answers.json says what must come of it, by these members:
//
//   preset   whose manner; none: a provider of which only the URLs are known
//   own      the preset is not embedded, but a person's own file with these members
//   asks     code | refresh | device (for a code) | poll (for its outcome) | revoke
//   status, type, body   the answer; a body that is a string is sent as it is
//   kept     members of the token file; expires_in counts from issued_at. Any other is absent
//            after a login, and as before after a refresh
//   told     members of the event that tells the device code
//   again    seconds after which the outcome is asked for again
//   gone     the token is revoked
//   refused  {status, means, says, hint}: exit status, standard error, parts of message and hint
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>

#include "oauth/json_path.h"
#include "support/dry_login.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;
using oauth::text_at;

namespace {

const Json::Array& odd_answers() {
  static const Json all =
      parse_json(content_of(tests_directory() + "/integration/odd_answers.json")).value();
  return *all.array();
}

const Json& odd_answer(const std::string& id) {
  const auto found = std::find_if(odd_answers().begin(), odd_answers().end(),
                                  [&](const Json& odd) { return text_at(odd, "id") == id; });
  REQUIRE(found != odd_answers().end());
  return *found;
}

demo::Answer answer_of(const Json& odd) {
  const Json& body = *odd.find("body");
  return always(static_cast<int>(*odd.find("status")->integer()),
                body.string() != nullptr ? *body.string() : body.text(), text_at(odd, "type"));
}

std::string preset_of(const Json& odd) {
  const Json* own = odd.find("own");
  if (own == nullptr) {
    return odd.find("preset") != nullptr ? preset_text(text_at(odd, "preset")) : "";
  }
  Json file = *own;
  for (const char* url : {"authorize_url", "token_url"}) file.set(url, Json("https://as.example/"));
  return file.text();
}

// One answer, and the login that gets it.
struct OddLogin : DryLogin {
  explicit OddLogin(const Json& its_answer)
      : DryLogin(its_answer.find("preset") != nullptr ? text_at(its_answer, "preset") : "plain",
                 preset_of(its_answer)),
        odd(its_answer),
        server(here.provider->server()) {}

  Json token_json() const { return here.json_of(token_file()); }

  // `login --device -o json MORE…`; a scope without openid, so that no ID token is looked at.
  Finished log_in_by_device(const std::vector<std::string>& more) const {
    auto arguments = words();
    arguments.insert(arguments.end(), {"--device", "--scope", "asked", "-o", "json"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ::xauth::test::run(here.start(arguments));
  }

  const Json& odd;
  demo::AuthorizationServer& server;
};

void check_kept(const OddLogin& login, const Json& before) {
  const Json& wanted = *login.odd.find("kept");
  for (const char* member : {"access_token", "refresh_token", "id_token", "scope"}) {
    CAPTURE(std::string(member));
    const Json* value = wanted.find(member);
    CHECK(login.kept(member) == (value != nullptr ? *value->string() : text_at(before, member)));
  }
  std::string expires_at = text_at(wanted, "expires_at");
  if (const Json* life = wanted.find("expires_in")) {
    expires_at = std::to_string(std::stoll(login.kept("issued_at")) + *life->integer());
  }
  CHECK(login.kept("expires_at") == expires_at);
  CHECK(login.kept("token_type") == "Bearer");
}

void check_refused(const OddLogin& login, const Finished& finished) {
  const Json& wanted = *login.odd.find("refused");
  CHECK(finished.status == wanted.find("status")->integer());
  const auto told = parse_json(finished.err);
  REQUIRE_MESSAGE(told, finished.err);
  CHECK(text_at(*told, "error.provider_error") == text_at(wanted, "means"));
  const std::string message = text_at(*told, "error.message");
  CHECK_MESSAGE(message.find(text_at(wanted, "says")) != std::string::npos, message);
  const std::string hint = text_at(*told, "error.hint");
  CHECK_MESSAGE(hint.find(text_at(wanted, "hint")) != std::string::npos, hint);
}

void check_code(OddLogin& login) {
  login.server.replace("/token", answer_of(login.odd));
  const Finished finished = login.log_in_with({"--scope", "asked"});
  if (login.odd.find("refused") != nullptr) {
    check_refused(login, finished);
    CHECK_FALSE(login.here.has(login.token_file()));
    return;
  }
  REQUIRE_MESSAGE(finished.status == 0, finished.err);
  Json asked;
  asked.set("scope", Json("asked"));
  check_kept(login, asked);
}

void check_refresh(OddLogin& login) {
  REQUIRE(login.log_in().status == 0);
  Json before = login.token_json();
  login.server.replace("/token", answer_of(login.odd));
  const Finished finished = login.run("refresh", {"-o", "json"});
  if (login.odd.find("refused") == nullptr) {
    REQUIRE_MESSAGE(finished.status == 0, finished.err);
    check_kept(login, before);
    return;
  }
  check_refused(login, finished);
  if (finished.status == 4) before.set("refused", Json(text_at(login.odd, "refused.says")));
  const Json after = login.token_json();
  CHECK(after.object()->size() == before.object()->size());
  for (const auto& [name, value] : *before.object())
    CHECK(text_at(after, name) == text_at(value, ""));
}

void check_device(OddLogin& login) {
  login.server.replace("/device_authorization", answer_of(login.odd));
  const Finished finished = login.log_in_by_device({"--timeout", "1"});
  CHECK(finished.status == 5);  // nobody approves it
  const auto event = parse_json(finished.out.substr(0, finished.out.find('\n')));
  REQUIRE_MESSAGE(event, finished.out);
  for (const auto& [name, value] : *login.odd.find("told")->object()) {
    CHECK(text_at(*event, name) == *value.string());
  }
}

void check_poll(OddLogin& login) {
  Json code =
      parse_json(R"({"device_code":"dc","user_code":"A-B","expires_in":600,"interval":1})").value();
  code.set(login.preset.device.verification_uri_field, Json("https://as.example/device"));
  login.server.replace("/device_authorization", always(200, code.text()));
  std::atomic<int> polls = 0;
  login.server.replace("/token", [&](const IncomingRequest& request) {
    const auto granted = always(200, R"({"access_token":"polled","token_type":"bearer"})");
    return (polls++ == 0 ? answer_of(login.odd) : granted)(request);
  });
  const Json* again = login.odd.find("again");
  const bool long_wait = again != nullptr && *again->integer() > 3;
  const Finished finished = login.log_in_by_device({"--timeout", long_wait ? "3" : "30"});
  if (again == nullptr) {
    check_refused(login, finished);
    CHECK_FALSE(login.here.has(login.token_file()));
  } else if (long_wait) {
    CHECK(finished.status == 5);
  } else {
    CHECK_MESSAGE(finished.status == 0, finished.err);
    CHECK(login.kept("access_token") == "polled");
  }
  CHECK(polls == (again == nullptr || long_wait ? 1 : 2));
}

void check_revoke(OddLogin& login) {
  REQUIRE(login.log_in().status == 0);
  login.server.replace("/revoke", answer_of(login.odd));
  const Finished finished = login.run("logout", {"-o", "json"});
  if (login.odd.find("gone") != nullptr) {
    CHECK_MESSAGE(finished.status == 0, finished.err);
  } else {
    check_refused(login, finished);
  }
  CHECK_FALSE(login.here.has(login.token_file()));
}

void check_odd_answer(const std::string& id) {
  OddLogin login(odd_answer(id));
  const std::string asks = text_at(login.odd, "asks");
  if (asks == "code") return check_code(login);
  if (asks == "refresh") return check_refresh(login);
  if (asks == "device") return check_device(login);
  if (asks == "poll") return check_poll(login);
  REQUIRE(asks == "revoke");
  check_revoke(login);
}

}  // namespace

#define ODD_ANSWERS(X)            \
  X("x-success-offline")          \
  X("x-success-no-refresh")       \
  X("x-refresh-rotated")          \
  X("x-verifier-mismatch")        \
  X("x-redirect-mismatch")        \
  X("x-missing-verifier")         \
  X("x-missing-client-id")        \
  X("x-exchange-rate")            \
  X("x-unavailable")              \
  X("github-json-success")        \
  X("github-app-user-token")      \
  X("github-200-bad-client")      \
  X("github-device-pending")      \
  X("github-device-slow-down")    \
  X("slack-bot-success")          \
  X("slack-user-nested")          \
  X("slack-user-rotating")        \
  X("slack-200-secret")           \
  X("slack-200-redirect")         \
  X("twitch-scope-array")         \
  X("twitch-bad-code")            \
  X("twitch-bad-refresh")         \
  X("google-success-first")       \
  X("google-refresh-no-rt")       \
  X("google-revoked")             \
  X("google-no-secret")           \
  X("google-device-auth")         \
  X("google-device-pending-428")  \
  X("ms-success")                 \
  X("ms-v1-strings")              \
  X("ms-device-declined")         \
  X("ms-device-bad-code")         \
  X("reddit-numeric-error")       \
  X("reddit-200-error")           \
  X("reddit-blocked-html")        \
  X("notion-success")             \
  X("facebook-nested-error")      \
  X("facebook-success")           \
  X("instagram-wrapped")          \
  X("instagram-error")            \
  X("strava-success")             \
  X("strava-bad-refresh")         \
  X("strava-bad-app")             \
  X("hubspot-bad-refresh")        \
  X("hubspot-bad-code")           \
  X("zoom-invalid-token")         \
  X("withings-success")           \
  X("withings-error")             \
  X("linkedin-catch-all")         \
  X("linkedin-success")           \
  X("atlassian-403")              \
  X("atlassian-403-unauthorized") \
  X("auth0-bad-secret")           \
  X("dropbox-success")            \
  X("dropbox-bad-code")           \
  X("paypal-string-expiry")       \
  X("salesforce-success")         \
  X("mastodon-success")           \
  X("mastodon-scope")             \
  X("mastodon-revoke-403")        \
  X("mastodon-revoke-ok")         \
  X("keycloak-code")              \
  X("intuit-success")             \
  X("vk-never")                   \
  X("square-date")                \
  X("yammer-object")              \
  X("trakt-device-pending")       \
  X("generic-html-502")           \
  X("generic-429")                \
  X("generic-float-expiry")       \
  X("generic-missing-type")

#define ODD_ANSWER_CASE(id) \
  TEST_CASE("odd answer: " id) { check_odd_answer(id); }
ODD_ANSWERS(ODD_ANSWER_CASE)

TEST_CASE("every odd answer in the file has a case of its own") {
#define ODD_ANSWER_ID(id) id,
  const std::vector<std::string> cases = {ODD_ANSWERS(ODD_ANSWER_ID)};
  std::vector<std::string> ids;
  for (const Json& odd : odd_answers()) ids.push_back(text_at(odd, "id"));
  CHECK(ids == cases);
}
