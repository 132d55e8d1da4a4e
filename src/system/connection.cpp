#include "system/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace xauth {

Connection::Connection(int socket) : socket_(socket) { ::fcntl(socket_, F_SETFD, FD_CLOEXEC); }

Connection::~Connection() { ::close(socket_); }

bool Connection::wait_for(short events, Clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{socket_, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

std::optional<std::size_t> Connection::read(char* buffer, std::size_t size, Clock::time_point end) {
  while (wait_for(POLLIN, end)) {
    const ssize_t got = ::recv(socket_, buffer, size, MSG_DONTWAIT);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EAGAIN && errno != EINTR) return 0;
  }
  return std::nullopt;
}

bool Connection::write(std::string_view bytes, Clock::time_point end) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT, end)) return false;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      return false;
    }
  }
  return true;
}

void Connection::finish(std::size_t most, Clock::time_point end) {
  ::shutdown(socket_, SHUT_WR);
  std::array<char, 4096> waste{};
  while (const auto got = read(waste.data(), std::min(waste.size(), most), end).value_or(0)) {
    most -= got;
    if (most == 0) return;
  }
}

void Connection::shut_down() noexcept { ::shutdown(socket_, SHUT_RDWR); }

}  // namespace xauth
