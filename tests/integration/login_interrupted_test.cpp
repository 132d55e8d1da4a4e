// Ctrl-C at the very end of a login: the provider has granted it, and nothing is kept yet.
#include <doctest/doctest.h>

#include <csignal>
#include <future>

#include "support/file_locks.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A login whose tokens are there, and that waits for its profile's lock, which is held by another.
struct AtTheLock {
  explicit AtTheLock(const Workplace& here, const std::vector<std::string>& arguments)
      : login(here.start(arguments)),
        page(std::async(std::launch::async,
                        [url = authorize_url_in(await_url(login))] { return decide(url); })) {
    await_waiting(login);
  }

  Running login;
  std::future<demo::FinalPage> page;
};

constexpr const char* kLock = "tokens/.work.lock";

}  // namespace

TEST_CASE("a signal ends a login that waits for the profile's lock, and the new grant, LI-18") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  const auto before = here.files();
  const HeldLock held(here.path_of(kLock));
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    const int revoked = here.provider->server().count("/revoke");
    AtTheLock at(here, here.login("work", kPublicClient));
    CHECK(here.provider->server().grants_alive() == 2);
    at.login.signal(signal);
    const Finished ended = at.login.wait(std::chrono::seconds(10));
    CHECK(ended.status == 128 + signal);
    CHECK(ended.err.find("xauth: interrupted") != std::string::npos);
    CHECK(at.page.get().body.find("The login did not work") != std::string::npos);
    CHECK(here.files() == before);
    CHECK(here.provider->server().count("/revoke") > revoked);
    CHECK(here.provider->server().grants_alive() == 1);  // the former login's
  }
}

TEST_CASE("a login that waited for the profile's lock is kept when it gets it") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  const auto before = here.kept("tokens/work.json", "access_token");
  std::optional<HeldLock> held(std::in_place, here.path_of(kLock));
  AtTheLock at(here, here.login("work", kPublicClient));
  held.reset();
  CHECK(at.login.wait().status == 0);
  CHECK(here.kept("tokens/work.json", "access_token") != before);
  CHECK(here.provider->server().count("/revoke") == 0);
}
