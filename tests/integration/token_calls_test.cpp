// What the system sees of `xauth token` with a valid token. Needs strace.
#include <doctest/doctest.h>

#include <cstdlib>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

TEST_CASE("a valid token is printed without network, lock or settings") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider, {.lifetime = 3600});
  const std::string trace = kept.path_of("trace");
  const Finished ended = kept.shell("exec strace -f -o " + trace + " \"$0\" token work");
  if (ended.status == 127 || ended.err.find("ptrace") != std::string::npos) {
    if (std::getenv("CI") == nullptr) std::exit(77);
  }
  REQUIRE(ended.status == 0);
  CHECK(ended.out == kept.token("access_token") + "\n");
  const std::string calls = content_of(trace);
  CHECK(calls.find("work.json") != std::string::npos);
  for (const char* call : {"socket(", "flock(", "connect(", "clone", "fork(", "config.json",
                           "O_CREAT", "O_RDWR", "fcntl(F_SETLK"}) {
    CHECK_MESSAGE(calls.find(call) == std::string::npos, call);
  }
}
