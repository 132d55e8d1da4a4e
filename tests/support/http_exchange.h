// One request to a test server, and what became of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "support/certificates.h"
#include "support/environment.h"
#include "support/raw_server.h"
#include "system/http_client.h"

namespace xauth::test {

// The answer, or why there is none.
struct Outcome {
  std::optional<HttpResponse> response;
  Code code = Code::failure;
  std::string message;
  std::string hint;
  bool reached = false;
  Stage stage = Stage::answer;

  bool failed(Code wanted) const { return !response && code == wanted; }
};

inline Outcome exchange(const HttpRequest& request, const HttpSettings& settings = {}) {
  Outcome outcome;
  try {
    outcome.response = send_http(request, settings);
  } catch (const SendFailure& failure) {
    outcome = {std::nullopt, failure.code,    failure.message,
               failure.hint, failure.reached, failure.stage};
  } catch (const Error& error) {
    outcome = {std::nullopt, error.code, error.message, error.hint, false};
  }
  return outcome;
}

inline HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = parse_url(url).value();
  return request;
}

inline const std::string kOk = "HTTP/1.1 200 OK\r\n";

// How a connection ends; `stay` waits for the peer to end it.
enum class Ending { end, cut, reset, stay };

inline void finish(Connection& connection, Ending ending) {
  switch (ending) {
    case Ending::end:
      return connection.end();
    case Ending::cut:
      return connection.cut();
    case Ending::reset:
      return connection.reset();
    case Ending::stay:
      return connection.wait_for_peer();
  }
}

// Reads the request, writes `bytes` and ends the connection.
inline RawServer::Handler answers(std::string bytes, Ending ending = Ending::end) {
  return [=](Connection& connection) {
    connection.read_request();
    connection.write(bytes);
    finish(connection, ending);
  };
}

// A server with one authority's certificate for 127.0.0.1 and localhost, and its CA file.
struct Trusted {
  Certificate authority = make_authority();
  TemporaryFile file{authority.pem()};
  TlsSettings tls{make_certificate({.alt_names = "IP:127.0.0.1,DNS:localhost"}, &authority), {}};
};

inline const Trusted& trusted() {
  static const Trusted trusted;
  return trusted;
}

// What believes in trusted()'s authority.
inline HttpSettings settings(std::chrono::milliseconds total = std::chrono::milliseconds(10'000)) {
  HttpSettings settings;
  settings.ca_file = trusted().file.path();
  settings.limits.total = total;
  return settings;
}

// URLs of a server, and how messages name it.
inline std::string plain(const RawServer& server, const std::string& path = "/token") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

inline std::string secure(const RawServer& server, const std::string& path = "/token") {
  return "https://127.0.0.1:" + std::to_string(server.port()) + path;
}

inline std::string host_of(const RawServer& server) {
  return "127.0.0.1:" + std::to_string(server.port());
}

}  // namespace xauth::test
