// A TCP client for tests that says exactly the bytes it is told, to a server on this machine.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace xauth::testing {

class RawClient {
 public:
  explicit RawClient(int port, int family = AF_INET)
      : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (!connect(port, family)) {
      const int reason = errno;
      ::close(std::exchange(socket_, -1));
      errno = reason;
      throw std::runtime_error("cannot connect");
    }
  }
  RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  // False once the server has closed the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void end() { ::shutdown(socket_, SHUT_WR); }

  // Whether something (or the end) arrives within `patience`.
  bool readable(std::chrono::milliseconds patience) {
    pollfd wanted{socket_, POLLIN, 0};
    return ::poll(&wanted, 1, static_cast<int>(patience.count())) > 0;
  }

  // What arrives until `part` was among it or the server closes; throws when it takes too long.
  std::string read_until(std::string_view part = {}) {
    std::string text;
    std::array<char, 65'536> buffer{};
    while (part.empty() || text.find(part) == std::string::npos) {
      if (!readable(std::chrono::seconds(20))) throw std::runtime_error("no end after 20 s");
      const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
      reset_ = got < 0 && errno == ECONNRESET;
      if (got <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
  }

  // Whether read_until() ended because the server threw bytes of ours away.
  bool reset() const { return reset_; }

  std::string ask(std::string_view bytes) {
    send(bytes);
    return read_until();
  }

 private:
  bool connect(int port, int family) const {
    if (family == AF_INET6) {
      sockaddr_in6 address{};
      address.sin6_family = AF_INET6;
      address.sin6_port = htons(static_cast<std::uint16_t>(port));
      address.sin6_addr = in6addr_loopback;
      return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  int socket_;
  bool reset_ = false;
};

}  // namespace xauth::testing
