// One accepted TCP connection, whose every wait has an end.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace xauth {

class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  // Takes over the accepted socket, and keeps it from programs that are started later.
  explicit Connection(int socket);
  ~Connection();  // closes it
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Clock::time_point accepted() const { return accepted_; }

  // What has arrived, at most `size` bytes of it, waiting until `end` for the first one. 0: the
  // peer or shut_down() ended the connection; nothing: time is over.
  std::optional<std::size_t> read(char* buffer, std::size_t size, Clock::time_point end);

  // Sends all of `bytes`; false when the peer went away or has not taken them by `end`.
  bool write(std::string_view bytes, Clock::time_point end);

  // Says that nothing more follows and throws away what still arrives, until the peer ends its
  // side too, `end`, or `most` bytes. Closing with unread bytes would reset the connection, and
  // the peer might lose the answer. RFC 9112 §9.6
  void finish(std::size_t most, Clock::time_point end);

  // Ends both directions: every wait of another thread in here returns. From any thread.
  void shut_down() noexcept;

 private:
  bool wait_for(short events, Clock::time_point end);

  const int socket_;
  const Clock::time_point accepted_ = Clock::now();
};

}  // namespace xauth
