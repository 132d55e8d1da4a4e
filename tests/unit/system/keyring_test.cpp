#include "system/keyring.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "base/error.h"
#include "system/signals.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::Variable;

namespace {

constexpr std::chrono::seconds kLong{20};

// A bus that takes a connection and never says a word.
class SilentBus {
 public:
  SilentBus() : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    struct sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path().c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(fd_, reinterpret_cast<struct sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(fd_, 5) == 0);
  }
  SilentBus(const SilentBus&) = delete;
  SilentBus& operator=(const SilentBus&) = delete;
  ~SilentBus() { ::close(fd_); }

  std::string path() const { return directory_.path("bus"); }

 private:
  sandbox::Directory directory_;
  int fd_;
};

Error failure_of(const std::string& bus, std::chrono::seconds limit) {
  const Variable address("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + bus);
  try {
    keyring_lookup("some-key", limit);
  } catch (const Error& error) {
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);  // nobody is left
    return error;
  }
  return Error(Code::failure, "nothing was thrown");
}

}  // namespace

TEST_CASE("a session without a bus has no keyring, which is told") {
  const auto error = failure_of("/nonexistent/bus", kLong);
  CHECK(error.code == Code::storage);
  CHECK(error.message.starts_with("the keyring cannot be used: "));
  CHECK(error.hint != "");
}

TEST_CASE("a keyring that does not answer is not waited for") {
  const SilentBus bus;
  const auto error = failure_of(bus.path(), std::chrono::seconds(1));
  CHECK(error.code == Code::storage);
  CHECK(error.message == "the keyring did not answer within 1 s");
}

TEST_CASE("a signal that is watched ends the wait for the keyring") {
  const SilentBus bus;
  const SignalsWatched signals;
  ::raise(SIGTERM);
  CHECK(failure_of(bus.path(), kLong).exit_status() == 143);
}
