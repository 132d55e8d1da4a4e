#include "system/child.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system/process.h"
#include "unit/system/sandbox.h"

using namespace xauth;

namespace {

Child::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

Child shell(const std::string& script) { return start_for_output({"/bin/sh", "-c", script}, {}); }

}  // namespace

TEST_CASE("a child is read to its end, and one byte beyond the bound at most") {
  CHECK(shell("printf abc; sleep 0.1; printf def").read(6, soon()) == "abcdef");
  CHECK(shell("printf abcdef").read(4, soon()) == "abcde");
  CHECK(shell("head -c 100000 /dev/zero").read(100'000, soon())->size() == 100'000);
  CHECK(shell("exec >&-; exec sleep 60").read(4, soon()) == "");
}

TEST_CASE("a child's status is known once") {
  Child child = shell("printf abc; exit 3");
  CHECK(child.read(9, soon()) == "abc");
  CHECK(child.wait(soon()) == 3);
  CHECK(shell("kill -TERM $$").wait(soon()) == 128 + SIGTERM);
}

TEST_CASE("a child that is not over at the deadline is killed when it goes") {
  {
    Child child = shell("printf begun; exec sleep 60");
    const auto now = std::chrono::steady_clock::now();
    CHECK_FALSE(child.wait(now));
    CHECK_FALSE(child.read(9, now + std::chrono::milliseconds(50)));
  }
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}
