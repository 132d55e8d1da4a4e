// Answers that do not come in the query of a redirect: posted by a form, or signed as a whole.
#include <doctest/doctest.h>

#include <atomic>

#include "support/http_exchange.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::vector<std::string> by_form(const Workplace& here) {
  return here.login("work", kPublicClient, {"--param", "response_mode=form_post"});
}

// How the provider answers the person's decision: with 200 a page whose form sends itself, with
// 303 a redirect.
struct Decisions {
  explicit Decisions(const Workplace& here) {
    here.provider->server().wrap("/consent", [this](const auto& request, const auto& original) {
      OutgoingReply reply = original(request);
      status = reply.status;
      return reply;
    });
  }

  std::atomic<int> status = 0;
};

// Brings `query` to the login as a redirect would.
void bring(const std::string& told, const std::string& query) {
  exchange(get(redirect_uri_in(told) + "?" + query));
}

}  // namespace

TEST_CASE("a login whose answer the browser posts as a form, LI-8, LI-12") {
  const Workplace here;
  Decisions decisions(here);
  const Finished login = here.log_in(by_form(here));
  CHECK(login.status == 0);
  const auto query = authorize_url_in(login.err).query.value_or("");
  CHECK(("&" + query + "&").find("&response_mode=form_post&") != std::string::npos);
  CHECK(decisions.status == 200);
  CHECK(here.provider->server().count("/token") == 1);
  CHECK(here.kept("tokens/work.json", "account") == "demo");
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);  // the mode is kept
  CHECK(decisions.status == 200);
  REQUIRE(here.log_in(here.login("usual", kPublicClient)).status == 0);
  CHECK(decisions.status == 303);
}

TEST_CASE("a person's no that comes by a form: 3, and nothing is kept, CB-12") {
  const Workplace here;
  Decisions decisions(here);
  const Finished login = here.log_in(by_form(here), demo::Decision::deny);
  CHECK(login.status == 3);
  CHECK(login.err.find("access_denied") != std::string::npos);
  CHECK(decisions.status == 200);
  CHECK(here.provider->server().count("/token") == 0);
  CHECK(here.files().empty());
}

TEST_CASE("a signed answer that nobody asked for is refused: 7, nothing is asked or kept, CB-14") {
  const Workplace here;
  for (const char* query : {"response=e30.e30.c2ln", "code=c&response=e30.e30.c2ln",
                            "error=access_denied&response=e30.e30.c2ln"}) {
    CAPTURE(query);
    Running login(here.start(here.login("work", kPublicClient)));
    const std::string told = await_url(login);
    bring(told, std::string(query) + "&state=" + state_in(told));
    const Finished ended = login.wait();
    CHECK(ended.status == 7);
    CHECK(ended.err.find("holds response, which was not asked for") != std::string::npos);
  }
  CHECK(here.provider->server().count("/token") == 0);
  CHECK(here.files().empty());
}

TEST_CASE("a signed answer without a state beside it is anybody's: the wait goes on, CB-1, CB-14") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient)));
  const std::string told = await_url(login);
  bring(told, "response=e30.e30.c2ln");
  login.await_error("it has no state");
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
}

TEST_CASE("a signed answer is not asked for either: 2, CB-14") {
  const Workplace here;
  for (const char* mode : {"jwt", "query.jwt", "form_post.jwt"}) {
    CAPTURE(mode);
    const Finished login = run(here.start(
        here.login("work", kPublicClient, {"--param", "response_mode=" + std::string(mode)})));
    CHECK(login.status == 2);
    CHECK(login.err.find("response_mode") != std::string::npos);
  }
}
