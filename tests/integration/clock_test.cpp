// A machine whose clock is wrong, or is changed, by the library of Debian's faketime.
#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>

#include "support/kept_login.h"
#include "support/openid_place.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// The clock of the programs that are started with these variables is off by `offset` ("+2h"); the
// one that only counts is as it is.
void shift(Variables& variables, const std::string& offset) {
  variables["LD_PRELOAD"] = "/usr/$LIB/faketime/libfaketime.so.1";
  variables["FAKETIME"] = offset;
  variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
}

// Whether clocks can be shifted here; in CI they must.
bool can_shift() {
  Variables variables;
  shift(variables, "+400d");
  const Finished date =
      run({.arguments = {"+%s"}, .variables = variables, .program = "/usr/bin/date"});
  const bool shifted = std::stoll(date.out) > clock_now() + 300 * 86'400;
  if (!shifted) MESSAGE("skipped: faketime is not installed; ./dev setup installs it");
  CHECK((shifted || std::getenv("CI") == nullptr));
  return shifted;
}

std::string http_date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

// The provider tells the time with what it answers at `path`.
void tell_date(demo::Provider& provider, const std::string& path) {
  provider.server().wrap(path, [](const IncomingRequest& request, const demo::Answer& original) {
    OutgoingReply reply = original(request);
    reply.headers.push_back({"Date", http_date_now()});
    return reply;
  });
}

struct KeptCase {
  explicit KeptCase(int lifetime) : kept(*provider, {.lifetime = lifetime}) {
    kept.set_token("issued_at", Json(clock_now()));
  }

  // `token` with the clock off by that, which must give the token that is kept afterwards.
  void check_token(const std::string& offset, int asked) {
    CAPTURE(offset);
    const int before = provider->server().refreshes();
    shift(kept.variables, offset);
    const Finished ended = kept.xauth({"token", "work"});
    CHECK(ended.status == 0);
    CHECK(ended.err == "");
    CHECK(ended.out == kept.token("access_token") + "\n");
    CHECK(provider->server().refreshes() - before == asked);
  }

  std::int64_t issued_at() const { return *kept.tokens().find("issued_at")->integer(); }

  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept;
};

demo::Manner quick_openid() {
  demo::Manner manner = demo::plain();
  manner.id_token_alg = jose::Algorithm::ES256;
  return manner;
}

}  // namespace

TEST_CASE("a token of two hours is renewed when they are over, and not before, RF-12") {
  if (!can_shift()) return;
  KeptCase here(7200);
  here.check_token("+0", 0);
  here.check_token("+7000", 0);
  here.check_token("+7150", 1);  // less than a minute left
  CHECK(here.issued_at() >= clock_now() + 7100);
  here.check_token("+7200", 0);
  here.check_token("+8d", 1);
}

TEST_CASE("a clock that was set back makes a token of unknown age, which is renewed, RF-12") {
  if (!can_shift()) return;
  KeptCase here(3600);
  here.check_token("-30", 0);  // clocks differ that much
  here.check_token("-10d", 1);
  CHECK(here.issued_at() < clock_now() - 9 * 86'400);
  here.check_token("-10d", 0);
  here.check_token("+0", 1);  // it is set right again
}

TEST_CASE("with the clock set back and the provider away nothing is lost") {
  if (!can_shift()) return;
  KeptCase here(3600);
  const std::string before = here.kept.token_text();
  here.provider.reset();
  shift(here.kept.variables, "-1d");
  const Finished ended = here.kept.xauth({"token", "work"});
  CHECK(ended.status == 6);
  CHECK(ended.out == "");
  CHECK(here.kept.token_text() == before);
  shift(here.kept.variables, "+0");
  CHECK(here.kept.xauth({"token", "work"}).out == here.kept.token("access_token") + "\n");
}

TEST_CASE("an ID token is taken by a clock that is wrong by less than a minute, ID-11") {
  if (!can_shift()) return;
  for (const char* offset : {"-45", "+0", "+45", "+590"}) {  // it may be ten minutes old
    CAPTURE(offset);
    OpenidPlace here(quick_openid());
    shift(here.variables, offset);
    here.check_accepted();
  }
}

TEST_CASE(
    "an ID token of another time is refused, and the clock is blamed where it is wrong, ID-11") {
  if (!can_shift()) return;
  OpenidPlace here(quick_openid());
  const auto refused = [&](const std::string& offset, const std::string& complaint) {
    shift(here.variables, offset);
    here.check_refused(complaint);
  };
  refused("-90", "was issued in the future (iat)");
  refused("-90", "compare this machine's clock: xauth doctor");
  refused("+11m", "was issued more than 10 minutes ago (iat)");
  refused("+2h", "has expired (exp)");
  tell_date(*here.provider, "/token");
  refused("-90", "set this machine's clock: it is ");
  refused("-90", " s behind the provider's");
  refused("+2h", " s ahead of the provider's");
  shift(here.variables, "+0");
  here.check_accepted();
}

TEST_CASE("doctor tells a clock that is wrong") {
  if (!can_shift()) return;
  KeptCase here(-60);
  tell_date(*here.provider, "/robots.txt");
  shift(here.kept.variables, "+1d");
  const Finished ended = here.kept.xauth({"doctor", "work"});
  CHECK(ended.out.find("clock: 1 day ahead of 127.0.0.1") != std::string::npos);
  CHECK(ended.status == 1);
}

TEST_CASE("a clock that jumps while a person signs in ends nothing") {
  if (!can_shift()) return;
  Workplace here;
  const std::string clock = here.home.path_of("clock");
  std::ofstream(clock) << "+0\n";
  shift(here.variables, "");
  here.variables.erase("FAKETIME");
  here.variables["FAKETIME_TIMESTAMP_FILE"] = clock;
  here.variables["FAKETIME_NO_CACHE"] = "1";
  Running login(here.start(here.login("work", kPublicClient, {"--timeout", "300"})));
  const std::string told = await_url(login);
  std::ofstream(clock) << "+1d\n";
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  const Json tokens = here.json_of("tokens/work.json");
  CHECK(*tokens.find("issued_at")->integer() >= clock_now() + 86'000);
  CHECK(*tokens.find("expires_at")->integer() - *tokens.find("issued_at")->integer() == 3600);
}
