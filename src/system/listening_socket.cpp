#include "system/listening_socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "system/loopback_server.h"
#include "system/port_holder.h"

namespace xauth {

namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

BindFailure bind_failure(const std::string& address, int port, int reason) {
  const std::string where = "port " + std::to_string(port) + " on " + address;
  if (reason == EADDRINUSE) {
    const std::string holder = holder_of(port);
    return {where + " is in use" + (holder.empty() ? "" : " by " + holder), "", reason};
  }
  if (reason == EACCES) return {where + ": permission denied", "", reason};
  return {where + ": " + std::generic_category().message(reason), "", reason};
}

// The literal as an address; nothing is looked up. Null when it is none.
Addresses resolve_literal(const std::string& address, int port) {
  addrinfo wanted{};
  wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const bool valid = !address.empty() && port >= 0 && port <= 65'535;
  if (valid) {
    static_cast<void>(
        ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &found));
  }
  return {found, &::freeaddrinfo};
}

bool set(int socket, int level, int option) {
  const int on = 1;
  return ::setsockopt(socket, level, option, &on, sizeof on) == 0;
}

// Every connection that arrives before start() waits here; more than a browser and its scanners.
constexpr int kBacklog = 1024;

bool bind_and_listen(int socket, const addrinfo& address, int port) {
  return (port == 0 || set(socket, SOL_SOCKET, SO_REUSEADDR)) &&
         (address.ai_family != AF_INET6 || set(socket, IPPROTO_IPV6, IPV6_V6ONLY)) &&
         ::bind(socket, address.ai_addr, address.ai_addrlen) == 0 &&
         ::listen(socket, kBacklog) == 0;
}

}  // namespace

int listen_on(const std::string& address, int port) {
  const auto literal = resolve_literal(address, port);
  if (!literal) throw bind_failure(address, port, EINVAL);
  const int socket = ::socket(literal->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) throw bind_failure(address, port, errno);
  if (!bind_and_listen(socket, *literal, port)) {
    const int reason = errno;
    ::close(socket);
    throw bind_failure(address, port, reason);
  }
  return socket;
}

int port_of(int socket) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size);
  // The port is at the same place in an IPv4 and an IPv6 address.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
}

int duplicate(int socket) {
  const int copy = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (copy < 0)
    throw std::system_error(errno, std::generic_category(), "cannot duplicate a socket");
  return copy;
}

}  // namespace xauth
