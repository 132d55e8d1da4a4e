#include "system/listening_socket.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "system/loopback_server.h"
#include "system/port_holder.h"
#include "unit/system/raw_client.h"

using namespace xauth;
using xauth::testing::RawClient;

namespace {

struct Listening {
  explicit Listening(const std::string& address, int port) : socket(listen_on(address, port)) {}
  ~Listening() { ::close(socket); }
  int option(int level, int name) const {
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket, level, name, &value, &size);
    return value;
  }
  int socket;
};

int reason_for(const std::string& address, int port, std::string* message = nullptr) {
  try {
    Listening refused(address, port);
    return 0;
  } catch (const BindFailure& failure) {
    if (message != nullptr) *message = failure.message;
    CHECK(failure.code == Code::failure);
    return failure.reason;
  }
}

bool has_ipv6_loopback() {
  const int reason = reason_for("::1", 0);
  return reason != EADDRNOTAVAIL && reason != EAFNOSUPPORT;
}

}  // namespace

TEST_CASE("a fixed port is never shared, and the second one is told so, LI-4") {
  const Listening first("127.0.0.1", 0);
  const int port = port_of(first.socket);
  std::string message;
  CHECK(reason_for("127.0.0.1", port, &message) == EADDRINUSE);
  CHECK(message ==
        "port " + std::to_string(port) + " on 127.0.0.1 is in use by " + holder_of(port));
  CHECK(message.ends_with(" (process " + std::to_string(getpid()) + ")"));
}

TEST_CASE("no listener of ours sets SO_REUSEPORT, and a free one not even SO_REUSEADDR, LI-4") {
  int port = 0;
  {
    const Listening any("127.0.0.1", 0);
    port = port_of(any.socket);
    CHECK(any.option(SOL_SOCKET, SO_REUSEPORT) == 0);
    CHECK(any.option(SOL_SOCKET, SO_REUSEADDR) == 0);
  }
  const Listening fixed("127.0.0.1", port);
  CHECK(port_of(fixed.socket) == port);
  CHECK(fixed.option(SOL_SOCKET, SO_REUSEPORT) == 0);
  CHECK(fixed.option(SOL_SOCKET, SO_REUSEADDR) == 1);
}

TEST_CASE("port 0 gives each listener a port of its own") {
  const Listening first("127.0.0.1", 0);
  const Listening second("127.0.0.1", 0);
  CHECK(port_of(first.socket) > 0);
  CHECK(port_of(first.socket) != port_of(second.socket));
}

TEST_CASE("an IPv6 listener takes IPv6 alone, so that both families can have one port, LI-2") {
  if (!has_ipv6_loopback()) return;
  const Listening six("::1", 0);
  CHECK(six.option(IPPROTO_IPV6, IPV6_V6ONLY) == 1);
  CHECK_NOTHROW(RawClient(port_of(six.socket), AF_INET6));
  CHECK_THROWS(RawClient(port_of(six.socket), AF_INET));
  const Listening all("::", 0);
  CHECK(all.option(IPPROTO_IPV6, IPV6_V6ONLY) == 1);
}

TEST_CASE("a program that is started inherits no listener") {
  const Listening socket("127.0.0.1", 0);
  CHECK((::fcntl(socket.socket, F_GETFD) & FD_CLOEXEC) != 0);
  const int copy = duplicate(socket.socket);
  CHECK((::fcntl(copy, F_GETFD) & FD_CLOEXEC) != 0);
  ::close(copy);
}

TEST_CASE(
    "an address that is not ours, or none, is refused with its reason and without a look-up") {
  std::string message;
  CHECK(reason_for("192.0.2.1", 0, &message) == EADDRNOTAVAIL);
  CHECK(message.rfind("port 0 on 192.0.2.1: ", 0) == 0);
  for (const char* address :
       {"", "localhost", "127.0.0.1:80", "[::1]", "256.0.0.1", " 127.0.0.1"}) {
    CAPTURE(address);
    CHECK(reason_for(address, 0) == EINVAL);
  }
  CHECK(reason_for("127.0.0.1", -1) == EINVAL);
  CHECK(reason_for("127.0.0.1", 65'536) == EINVAL);
}
