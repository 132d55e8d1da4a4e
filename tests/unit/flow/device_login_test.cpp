#include "flow/device_login.h"

#include <doctest/doctest.h>

#include <csignal>
#include <deque>

#include "support/id_tokens.h"
#include "system/signals.h"

using namespace xauth;
using namespace xauth::flow;

namespace {

using Answer = std::function<HttpResponse()>;

HttpResponse json(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

Answer error(const std::string& name, const std::string& more = {}, int status = 400) {
  return [=] { return json("{\"error\":\"" + name + "\"" + more + "}", status); };
}

const Answer kGranted = [] {
  return json(R"({"access_token":"at","token_type":"bearer","refresh_token":"rt"})");
};
const Answer kPending = error("authorization_pending");
const Answer kUnreachable = []() -> HttpResponse {
  throw SendFailure(Code::unreachable, "as.example does not answer", {}, false);
};

// A device login whose clock moves only while it sleeps, and whose polls are answered in turn, the
// last answer for ever.
class FakeDeviceLogin {
 public:
  FakeDeviceLogin() {
    login.provider.device_url = "https://as.example/device";
    login.provider.token_url = "https://as.example/token";
    login.client.id = "client";
    login.on_code = [this](const oauth::DeviceAuthorization& code, Seconds left) {
      user_code = code.user_code;
      told_left = left;
    };
    login.on_waiting = [this](Seconds left) { seconds_told.push_back(left.count()); };
  }

  // The status that the walk ends with; 0 when it went through.
  int ends_with() {
    const System system{
        .now = [this] { return Time(Seconds(1'700'000'000) + time + clock_change); },
        .sleep =
            [this](std::chrono::milliseconds duration) {
              time += std::chrono::ceil<Seconds>(duration);
              if (on_sleep) on_sleep();
              SignalsWatched::throw_if_received();
            },
        .fill_random = [](std::span<std::byte>) {},
        .send = [this](const HttpRequest& request) { return send(request); },
        .open_browser = [](const Url&) { FAIL("a browser is started"); },
        .say = [this](const std::string& line) { said += line + "\n"; },
    };
    try {
      device_login(system, login, [this](const Granted& granted) { kept.push_back(granted); });
      return 0;
    } catch (const Error& failure) {
      last_error = failure;
      return failure.exit_status();
    }
  }

  // The seconds between one request and the next, from the code on.
  std::vector<std::int64_t> pauses() const {
    std::vector<std::int64_t> out;
    for (std::size_t i = 1; i < asked_at.size(); ++i) {
      out.push_back((asked_at[i] - asked_at[i - 1]).count());
    }
    return out;
  }

  DeviceLogin login;
  std::string device_answer =
      R"({"device_code":"dc","user_code":"AB-CD","verification_uri":"https://as.example/d",)"
      R"("expires_in":60,"interval":5})";
  std::deque<Answer> answers = {kGranted};
  std::function<void()> on_sleep;
  Seconds clock_change{0};

  Seconds time{0};
  std::vector<Seconds> asked_at;
  std::string user_code;
  Seconds told_left{0};
  std::vector<std::int64_t> seconds_told;
  std::string said;
  std::vector<Granted> kept;
  Error last_error{Code::failure, ""};

 private:
  HttpResponse send(const HttpRequest& request) {
    asked_at.push_back(time);
    if (request.url.path == "/device") return json(device_answer);
    if (request.url.path == "/revoke") return json("{}");
    const Answer answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return answer();
  }
};

using Pauses = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a device login tells the code, asks until the person has answered, and keeps it, DV-5") {
  FakeDeviceLogin fake;
  fake.answers = {kPending, error("authorization_pending", "", 428), kGranted};
  CHECK(fake.ends_with() == 0);
  CHECK(fake.user_code == "AB-CD");
  CHECK(fake.told_left == Seconds(60));
  CHECK(fake.pauses() == Pauses{5, 5, 5});
  REQUIRE(fake.kept.size() == 1);
  CHECK(fake.kept.front().grant.access_token.reveal() == "at");
  CHECK(fake.kept.front().issued_at == Time(Seconds(1'700'000'015)));
  CHECK(fake.kept.front().redirect_uri.empty());
}

TEST_CASE("no two requests are closer than the interval of the moment, DV-4") {
  FakeDeviceLogin fake;
  fake.answers = {kPending, error("slow_down"), kPending, error("slow_down", ",\"interval\":7"),
                  kGranted};
  CHECK(fake.ends_with() == 0);
  CHECK(fake.pauses() == Pauses{5, 5, 10, 10, 15});
  FakeDeviceLogin named;
  named.answers = {error("slow_down", ",\"interval\":20"), kPending, kGranted};
  CHECK(named.ends_with() == 0);
  CHECK(named.pauses() == Pauses{5, 20, 20});
}

TEST_CASE("a clock that is put forward or back makes no request come early, DV-4") {
  for (const int change : {-7200, 20}) {
    CAPTURE(change);
    FakeDeviceLogin fake;
    fake.answers = {kPending, kGranted};
    fake.on_sleep = [&] { fake.clock_change = Seconds(change); };
    CHECK(fake.ends_with() == 0);
    CHECK(fake.pauses() == Pauses{5, 5});
  }
}

TEST_CASE("each second of the wait is told") {
  FakeDeviceLogin fake;
  CHECK(fake.ends_with() == 0);
  CHECK(fake.seconds_told == Pauses{60, 59, 58, 57, 56});
}

TEST_CASE("what ends the polling, and with which status, DV-5") {
  const std::tuple<Answer, int, const char*> cases[] = {
      {error("access_denied"), 3, "access_denied"},
      {error("expired_token"), 5, "expired"},
      {error("invalid_grant"), 3, "invalid_grant"},
      {error("server_error"), 6, "server_error"},
      {error("invalid_client"), 2, "invalid_client"},
      {[] { return json("{}"); }, 7, "access_token"},
      {[] { return json("", 302); }, 7, "redirect"},
  };
  for (const auto& [answer, status, message] : cases) {
    CAPTURE(message);
    FakeDeviceLogin fake;
    fake.answers = {kPending, answer, kGranted};
    CHECK(fake.ends_with() == status);
    CHECK(fake.last_error.message.find(message) != std::string::npos);
    CHECK(fake.pauses() == Pauses{5, 5});
    CHECK(fake.kept.empty());
  }
  FakeDeviceLogin expired;
  expired.answers = {error("expired_token")};
  CHECK(expired.ends_with() == 5);
  CHECK(expired.last_error.provider_error == "expired_token");
}

TEST_CASE("a provider that cannot be reached is asked ever more slowly, and told once, DV-6") {
  FakeDeviceLogin fake;
  fake.device_answer.replace(fake.device_answer.find("60"), 2, "900");
  const Answer busy = [] { return json("", 503); };
  fake.answers = {kUnreachable, busy, kUnreachable, kUnreachable, kUnreachable, kPending, kGranted};
  CHECK(fake.ends_with() == 0);
  CHECK(fake.pauses() == Pauses{5, 10, 20, 40, 60, 60, 5});
  CHECK(fake.said == "as.example does not answer; trying again, ever more slowly\n");
}

TEST_CASE(
    "a poll is not repeated before the provider's Retry-After has passed, whatever it answers") {
  const auto later = [](int status, const std::string& body) {
    return [=] {
      HttpResponse response = json(body, status);
      response.headers.emplace_back("Retry-After", "17");
      return response;
    };
  };
  for (const Answer& answer :
       {Answer(later(429, R"({"error":"rate_limited"})")), Answer(later(503, "")),
        Answer(later(400, R"({"error":"authorization_pending"})"))}) {
    FakeDeviceLogin fake;
    fake.answers = {answer, kPending, kGranted};
    CHECK(fake.ends_with() == 0);
    CHECK(fake.pauses() == Pauses{5, 17, 5});
  }
}

TEST_CASE("nothing asks after the code has expired, also while backing off, DV-6, DV-7") {
  for (const Answer& answer : {kPending, kUnreachable, error("slow_down")}) {
    FakeDeviceLogin fake;
    fake.answers = {answer};
    CHECK(fake.ends_with() == 5);
    CHECK(fake.asked_at.back() < Seconds(60));
    CHECK(fake.time == Seconds(60));
    CHECK(fake.last_error.message.find("expired") != std::string::npos);
    CHECK(fake.kept.empty());
  }
}

TEST_CASE("time that passes while the machine sleeps counts for the code's life, DV-7") {
  FakeDeviceLogin fake;
  fake.answers = {kPending};
  fake.on_sleep = [&] {
    if (fake.time == Seconds(7)) fake.clock_change = Seconds(3600);
  };
  CHECK(fake.ends_with() == 5);
  CHECK(fake.pauses() == Pauses{5});
}

TEST_CASE("--timeout ends the wait where it is shorter, and only then") {
  FakeDeviceLogin fake;
  fake.answers = {kPending};
  fake.login.timeout = Seconds(12);
  CHECK(fake.ends_with() == 5);
  CHECK(fake.told_left == Seconds(12));
  CHECK(fake.time == Seconds(12));
  CHECK(fake.last_error.hint.find("--timeout") != std::string::npos);
  FakeDeviceLogin longer;
  longer.answers = {kPending};
  longer.login.timeout = Seconds(3600);
  CHECK(longer.ends_with() == 5);
  CHECK(longer.time == Seconds(60));
}

TEST_CASE("a refused or broken request for a code ends the login before anything is told") {
  FakeDeviceLogin refused;
  refused.device_answer = R"({"error":"unauthorized_client"})";
  CHECK(refused.ends_with() == 2);
  FakeDeviceLogin broken;
  broken.device_answer = R"({"device_code":"dc"})";
  CHECK(broken.ends_with() == 7);
  for (const auto* fake : {&refused, &broken}) {
    CHECK(fake->asked_at.size() == 1);
    CHECK(fake->user_code.empty());
  }
}

TEST_CASE("a signal ends the wait at once, LI-18") {
  FakeDeviceLogin fake;
  fake.answers = {kPending};
  fake.on_sleep = [&] {
    if (fake.time == Seconds(7)) std::raise(SIGINT);
  };
  CHECK(fake.ends_with() == 130);
  CHECK(fake.time == Seconds(7));
  FakeDeviceLogin in_request;
  in_request.answers = {[]() -> HttpResponse {
    std::raise(SIGTERM);
    throw SendFailure(Code::unreachable, "interrupted", {}, true);
  }};
  CHECK(in_request.ends_with() == 128 + SIGTERM);
}

TEST_CASE("a device grant that cannot be kept is revoked") {
  FakeDeviceLogin fake;
  fake.login.provider.revoke_url = "https://as.example/revoke";
  const System system{
      .now = [&] { return Time(Seconds(fake.time)); },
      .sleep =
          [&](std::chrono::milliseconds duration) {
            fake.time += std::chrono::ceil<Seconds>(duration);
          },
      .fill_random = [](std::span<std::byte>) {},
      .send =
          [&](const HttpRequest& request) {
            fake.said += request.url.path + "\n";
            return request.url.path == "/device"  ? json(fake.device_answer)
                   : request.url.path == "/token" ? kGranted()
                                                  : json("{}");
          },
      .open_browser = {},
      .say = {},
  };
  const Keep refuse = [](const Granted&) { throw Error(Code::storage, "the disk is full"); };
  CHECK_THROWS_WITH(device_login(system, fake.login, refuse),
                    "the disk is full; the new login was not kept");
  CHECK(fake.said == "/device\n/token\n/revoke\n/revoke\n");
}

TEST_CASE("the ID token of a device login is checked, though no nonce was sent, DV-9") {
  const auto granted_with = [](const std::function<void(Json&)>& change) {
    auto parts = test::sound_id_token();
    parts.claims.erase("nonce");
    change(parts.claims);
    const auto token = test::sign_id_token(parts, test::ec_key()).reveal();
    return [=] { return json(R"({"access_token":"at","id_token":")" + token + "\"}"); };
  };
  FakeDeviceLogin fake;
  fake.login.options.scope = {"openid"};
  fake.answers = {granted_with([](Json&) {})};
  CHECK(fake.ends_with() == 0);
  CHECK(fake.kept.size() == 1);
  const std::pair<const char*, Json> wrong[] = {{"aud", Json("another")},
                                                {"exp", Json(std::int64_t{1})}};
  for (const auto& [claim, value] : wrong) {
    CAPTURE(claim);
    FakeDeviceLogin refused;
    refused.login.options.scope = {"openid"};
    refused.answers = {
        granted_with([&, name = claim, to = value](Json& claims) { claims.set(name, to); })};
    CHECK(refused.ends_with() == 7);
    CHECK(refused.kept.empty());
  }
}
