// A small HTTP server for browsers on this machine: cpp-httplib behind a stream that has one
// deadline and a byte cap for each connection, so that no peer can hold it up.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/http_message.h"

namespace xauth {

// Why an address could not be bound; `reason` is the errno (EADDRINUSE, EACCES, EADDRNOTAVAIL, …).
struct BindFailure : Error {
  BindFailure(std::string message, std::string hint, int reason)
      : Error(Code::failure, std::move(message), std::move(hint)), reason(reason) {}
  int reason;
};

// What one connection may cost.
struct ServerLimits {
  std::size_t request_line = 8 * 1024;   // bytes: an authorize answer fits many times
  std::size_t header_block = 16 * 1024;  // bytes
  std::size_t header_count = 64;
  std::size_t body = 0;                      // bytes; 0: a request with a body is refused
  std::size_t connections = 16;              // at once; the oldest idle one is closed past it
  std::chrono::milliseconds read{2'000};     // for one read
  std::chrono::milliseconds request{5'000};  // from accept to the end of the request
};

// Serves requests on one or two addresses, one request a connection. Every request that is within
// the limits goes to the handler, on a thread of its connection; the handler may block (it decides
// when the answer is ready) and may throw (the browser then gets a bare 500).
class LoopbackServer {
 public:
  using Handler = std::function<OutgoingReply(const IncomingRequest&)>;

  explicit LoopbackServer(Handler handler, ServerLimits limits = {});
  ~LoopbackServer();  // stop()
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  // Binds `address` (an IP literal without brackets) and `port` (0: any free one); requests wait
  // in the backlog until start(). Returns the port. May be called again for a second address.
  // Throws BindFailure, an Error that names address, port and cause.
  int bind(const std::string& address, int port);

  // Serves from now on.
  void start();

  // Stops accepting, lets answers that are being written finish for at most `grace`, closes every
  // connection and frees the ports. Returns within `grace` and a little, whatever the peers and
  // handlers do: a blocked handler must be released by its owner before. Safe to call twice.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(500));

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xauth
