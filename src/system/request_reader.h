// Takes one HTTP/1.x request apart as its bytes arrive: strictly, and bounded at every byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "system/loopback_server.h"

namespace xauth {

// Feed it bytes until it is complete or refused. Only the plainest form passes, because a server
// for one browser needs no other: lines end in CRLF, the target begins with "/", HTTP/1.0 or 1.1,
// one `Host`, a body only by one `Content-Length`. Nothing is decoded: the target and the header
// values are the bytes of the wire. RFC 9112 §2-§6
class RequestReader {
 public:
  explicit RequestReader(const ServerLimits& limits) : limits_(limits) {}

  // Takes the next bytes; those behind the end of the request are ignored.
  void feed(std::string_view bytes);

  bool begun() const { return begun_; }
  bool complete() const { return phase_ == Phase::complete; }

  // 0, or the status that a refused request is answered with: 400, 413, 414 or 431.
  int refusal() const { return refusal_; }

  bool ended() const { return complete() || refusal_ != 0; }

  // Whether the peer keeps its body until it is told `100 Continue`. RFC 9110 §10.1.1
  bool wants_continue() const;

  // The request; call once, when complete.
  IncomingRequest take() { return std::move(request_); }

 private:
  enum class Phase { request_line, headers, body, complete };

  void take_head_byte(char c);
  void end_line();
  void take_request_line();
  void take_header();
  void end_head();
  void expect_body(const std::string& content_length);
  std::size_t room() const;
  bool may_hold(char c) const;
  std::size_t count(std::string_view name) const;
  void refuse(int status) { refusal_ = status; }

  ServerLimits limits_;
  Phase phase_ = Phase::request_line;
  int refusal_ = 0;
  bool begun_ = false;
  bool after_cr_ = false;
  bool http_1_1_ = false;
  std::string line_;               // the current line of the head, without its end
  std::size_t header_bytes_ = 0;   // of the header lines taken so far, with their ends
  std::size_t body_expected_ = 0;  // at most limits_.body
  IncomingRequest request_;
};

}  // namespace xauth
