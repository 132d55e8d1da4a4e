// Everything outside the program that a test may want to fake, and no more.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "base/error.h"
#include "base/http_message.h"
#include "base/time.h"

namespace xauth {

// Where an exchange came to its end: at the server's name, the connection (the proxy's too), the
// TLS handshake, or the answer.
enum class Stage { name, connection, tls, answer };

// Why no answer came back. `reached` tells whether the request may have left this machine, so
// that nobody sends a one-time value twice.
struct SendFailure : Error {
  SendFailure(Code code, std::string message, std::string hint, bool reached,
              Stage stage = Stage::answer)
      : Error(code, std::move(message), std::move(hint)), reached(reached), stage(stage) {}
  bool reached;
  Stage stage;
};

struct System {
  // The wall clock.
  std::function<Time()> now;

  // Waits that long; throws Error (interrupted) when a watched signal comes.
  std::function<void(std::chrono::milliseconds)> sleep;

  // Fills the span from the operating system's generator.
  std::function<void(std::span<std::byte>)> fill_random;

  // Sends the request and returns the answer, whatever its status; throws SendFailure when there
  // is none (unreachable) or it breaks HTTP or our limits (bad_response).
  std::function<HttpResponse(const HttpRequest&)> send;

  // Starts the person's browser at the URL; throws Error (failure) when none could be started.
  std::function<void(const Url&)> open_browser;

  // Tells the person one line, without its end, on standard error.
  std::function<void(const std::string& line)> say;
};

}  // namespace xauth
