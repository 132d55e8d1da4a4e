// Outbound HTTPS by libcurl, within limits that no peer can stretch.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/http_message.h"
#include "system/system.h"

namespace xauth {

struct HttpLimits {
  std::chrono::milliseconds connect{10'000};  // resolve, connect and TLS, each within it
  std::chrono::milliseconds total{30'000};    // the whole exchange, by the monotonic clock
  std::size_t status_line = 8 * 1024;         // bytes
  std::size_t header_block = 64 * 1024;       // bytes, all headers of the answer
  std::size_t body = 1024 * 1024;             // bytes
};

struct HttpSettings {
  std::string ca_file;  // PEM; empty: SSL_CERT_FILE, SSL_CERT_DIR, the system's
  HttpLimits limits;
  std::function<bool()> interrupted;  // asked while waiting; true ends the transfer. May be empty
};

// Sends `request` and returns the complete answer, whatever its status. https to anywhere, http
// to loopback hosts only; no redirect is followed, nothing is decompressed, loopback goes through
// no proxy, the certificate's name is checked against SAN alone, TLS is 1.2 or later.
// Throws SendFailure: unreachable (name, connect, TLS, time, a cut answer) or bad_response (what
// breaks HTTP or a limit); Error (usage), with nothing sent, when the URL or a header holds control
// characters, the URL is neither https nor loopback, or the CA file, the client certificate or
// HTTPS_PROXY is no use; Error
// (interrupted) never: the caller that interrupted knows. RFC 9110, RFC 6749 §1.6, RFC 9525 §6.3
HttpResponse send_http(const HttpRequest& request, const HttpSettings& settings);

}  // namespace xauth
