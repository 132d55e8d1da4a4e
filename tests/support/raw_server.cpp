#include "support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace xauth::test {

namespace {

constexpr int kDripPause = 5;  // milliseconds

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bound_socket(int& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("test server: no port");
  }
  port = ntohs(address.sin_port);
  return fd;
}

// A write to a peer that is gone must fail, not end the tests.
void keep_from_broken_pipes() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

int refuse_all_but_http2(SSL*, const unsigned char** out, unsigned char* out_size,
                         const unsigned char* in, unsigned in_size, void*) {
  constexpr unsigned char kOnly[] = {2, 'h', '2'};
  unsigned char* chosen = nullptr;
  const int verdict = SSL_select_next_proto(&chosen, out_size, kOnly, sizeof(kOnly), in, in_size);
  *out = chosen;
  return verdict == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> make_context(const TlsSettings& tls) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);  // weak keys and old versions are what is tested
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), tls.newest);
  SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_use_certificate(context.get(), tls.certificate.certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), tls.certificate.key.get());
  for (const auto& next : tls.chain) SSL_CTX_add1_chain_cert(context.get(), next.certificate.get());
  if (tls.demand_client) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    if (tls.client_authority) {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()),
                          tls.client_authority->certificate.get());
    }
  }
  if (tls.only_http2) SSL_CTX_set_alpn_select_cb(context.get(), refuse_all_but_http2, nullptr);
  return context;
}

std::string common_name(const X509* certificate) {
  std::array<char, 256> name{};
  if (certificate == nullptr) return {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                            static_cast<int>(name.size()));
  return name.data();
}

// Moves what `from` has to `to`; false at its end.
bool move_some(int from, int to) {
  std::array<char, 4096> bytes;
  const ssize_t got = recv(from, bytes.data(), bytes.size(), 0);
  if (got > 0) send(to, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
  return got > 0;
}

}  // namespace

std::ptrdiff_t Connection::read_some(char* data, std::size_t size) {
  return ssl_ ? SSL_read(ssl_, data, static_cast<int>(size)) : recv(fd_, data, size, 0);
}

std::string Connection::read_request() {
  std::string text;
  std::array<char, 4096> bytes;
  std::size_t wanted = std::string::npos;
  while (text.size() < wanted) {
    const auto got = read_some(bytes.data(), bytes.size());
    if (got <= 0) return text;
    text.append(bytes.data(), static_cast<std::size_t>(got));
    const auto head = text.find("\r\n\r\n");
    if (head == std::string::npos || wanted != std::string::npos) continue;
    const auto length = text.find("Content-Length: ");
    wanted = head + 4;
    if (length < head) wanted += static_cast<std::size_t>(std::atoi(text.c_str() + length + 16));
  }
  return text;
}

void Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::ptrdiff_t put = ssl_ ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                    : send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void Connection::drip(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    write(bytes.substr(i, 1));
    pollfd peer{fd_, POLLIN | POLLRDHUP, 0};
    if (poll(&peer, 1, kDripPause) != 0) return;  // it went
  }
}

void Connection::wait_for_peer() {
  std::array<char, 4096> bytes;
  while (read_some(bytes.data(), bytes.size()) > 0) {
  }
}

void Connection::pump(int port) {
  const int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (connect(other, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    pollfd ends[] = {{fd_, POLLIN, 0}, {other, POLLIN, 0}};
    bool open = true;
    while (open && poll(ends, 2, -1) > 0) {
      if (ends[0].revents) open = move_some(fd_, other);
      if (open && ends[1].revents) open = move_some(other, fd_);
    }
  }
  close(other);
}

void Connection::end() {
  if (ssl_) SSL_shutdown(ssl_);
  cut();
}

void Connection::cut() { shutdown(fd_, SHUT_WR); }

void Connection::reset() {
  const linger at_once{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  // The RST leaves when the server closes the descriptor, right after the handler.
}

RawServer::RawServer(Handler handler, std::optional<TlsSettings> tls)
    : handler_(std::move(handler)), tls_(std::move(tls)) {
  if (tls_) context_ = make_context(*tls_);
  listener_ = bound_socket(port_);
  listen(listener_, SOMAXCONN);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int fd : open_) shutdown(fd, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (auto& worker : workers_) worker.join();
  close(listener_);
}

void RawServer::accept_all() {
  while (true) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (fd < 0 || stopping_) {
      if (fd >= 0) close(fd);
      return;
    }
    ++accepted_;
    open_.push_back(fd);
    workers_.emplace_back([this, fd] { serve(fd); });
  }
}

void RawServer::serve(int fd) {
  keep_from_broken_pipes();
  SSL* ssl = nullptr;
  if (context_) {
    ssl = SSL_new(context_.get());
    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) != 1) {
      SSL_free(ssl);
      ssl = nullptr;
    } else {
      note_names(ssl);
    }
  }
  Connection connection(fd, ssl);
  if (ssl || !context_) handler_(connection);
  SSL_free(ssl);
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  close(fd);
}

void RawServer::note_names(SSL* ssl) {
  const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  const std::lock_guard lock(mutex_);
  names_.emplace_back(name ? name : "");
  clients_.push_back(common_name(SSL_get0_peer_certificate(ssl)));
}

int RawServer::accepted() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

std::vector<std::string> RawServer::asked_for() const {
  const std::lock_guard lock(mutex_);
  return names_;
}

std::vector<std::string> RawServer::clients() const {
  const std::lock_guard lock(mutex_);
  return clients_;
}

int closed_port() {
  int port = 0;
  close(bound_socket(port));
  return port;
}

}  // namespace xauth::test
