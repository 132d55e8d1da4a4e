// A server for faults: each test writes the bytes itself and chooses how the connection ends.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/certificates.h"

namespace xauth::test {

// One accepted connection, plain or TLS. Writes to a peer that is gone are ignored.
class Connection {
 public:
  Connection(int fd, SSL* ssl) : fd_(fd), ssl_(ssl) {}

  // The request's head and the body that its Content-Length announces; what came so far when the
  // peer ends before.
  std::string read_request();

  void write(std::string_view bytes);
  void drip(std::string_view bytes);  // one byte every few milliseconds, while the peer is there
  void wait_for_peer();               // until the peer closes
  void pump(int port);                // to and from a server on this machine, until both end

  void end();    // close_notify, where there is TLS, and FIN
  void cut();    // FIN alone
  void reset();  // RST

 private:
  std::ptrdiff_t read_some(char* data, std::size_t size);

  int fd_;
  SSL* ssl_;
};

struct TlsSettings {
  Certificate certificate;
  std::vector<Certificate> chain{};  // sent behind it
  int newest = TLS1_3_VERSION;
  bool demand_client = false;                     // ask for a client certificate and insist
  std::optional<Certificate> client_authority{};  // who must have signed it
  bool only_http2 = false;                        // refuse every ALPN protocol but h2
};

// Listens on a free port of 127.0.0.1 and gives each connection to the handler, on a thread of its
// own. The destructor closes what is open and waits for the handlers.
class RawServer {
 public:
  using Handler = std::function<void(Connection&)>;

  explicit RawServer(Handler handler, std::optional<TlsSettings> tls = std::nullopt);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const { return port_; }
  int accepted() const;                        // connections so far
  std::vector<std::string> asked_for() const;  // the names that TLS clients sent (SNI), "" for none
  std::vector<std::string> clients() const;  // the common names of their certificates, "" for none

 private:
  void accept_all();
  void serve(int fd);
  void note_names(SSL* ssl);

  Handler handler_;
  std::optional<TlsSettings> tls_;
  std::shared_ptr<SSL_CTX> context_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  bool stopping_ = false;
  int accepted_ = 0;
  std::vector<int> open_;
  std::vector<std::string> names_;
  std::vector<std::string> clients_;
  std::list<std::thread> workers_;
  std::thread acceptor_;
};

// A port of 127.0.0.1 at which nobody listens.
int closed_port();

}  // namespace xauth::test
