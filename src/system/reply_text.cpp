#include "system/reply_text.h"

#include <httplib.h>

#include <algorithm>
#include <cstring>

#include "base/encoding.h"
#include "base/header_name.h"

#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error \
    "take the macros of cpp-httplib from pkg-config: its classes have another layout without them"
#endif

namespace xauth {

namespace {

// Lets httplib read a request that we made and keeps what it answers.
class Memory : public httplib::Stream {
 public:
  explicit Memory(std::string_view request) : unread_(request) {}

  bool is_readable() const override { return !unread_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, unread_.size());
    std::memcpy(buffer, unread_.data(), count);
    unread_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, std::size_t size) override {
    written.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string written;

 private:
  std::string_view unread_;
};

// httplib never sees the peer's request: it would compress, cut ranges, decode, and run a handler
// for a request that it has read differently than we have.
class Writer : public httplib::Server {
 public:
  explicit Writer(const OutgoingReply& reply) {
    set_pre_routing_handler([&reply](const httplib::Request&, httplib::Response& response) {
      response.status = reply.status;
      response.body = reply.body;
      for (const auto& [name, value] : reply.headers) response.headers.emplace(name, value);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
      response.headers.erase("Accept-Ranges");  // added for HEAD, and untrue
    });
  }

  std::string write(bool head) {
    Memory stream(head ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n");
    bool closed = false;
    process_request(stream, true, closed, nullptr);
    return std::move(stream.written);
  }
};

bool is_framing(const std::string& name) {
  return same_header_name(name, "Content-Length") || same_header_name(name, "Connection") ||
         same_header_name(name, "Transfer-Encoding");
}

bool is_sound(const OutgoingReply& reply) {
  return reply.status >= 200 && reply.status <= 599 &&
         std::all_of(reply.headers.begin(), reply.headers.end(), [](const auto& header) {
           return is_token(header.first) && !is_framing(header.first) &&
                  !has_control(header.second);
         });
}

}  // namespace

std::string reply_text(std::string_view method, const OutgoingReply& reply) {
  if (!is_sound(reply)) return reply_text(method, OutgoingReply{500, {}, {}});
  return Writer(reply).write(method == "HEAD");
}

}  // namespace xauth
