// An HTTP/1.1 answer, taken apart line by line as it comes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "system/http_client.h"

namespace xauth {

// Keeps what is wanted of an answer and refuses what breaks HTTP or the limits. Interim answers
// (1xx) and trailers are skipped. RFC 9110 §15.2, RFC 9112 §4 to §6
class AnswerReader {
 public:
  explicit AnswerReader(const HttpLimits& limits) : limits_(limits) {}

  // One line before or behind the body, with its end: a status line, a header, the empty line, a
  // trailer. False: refused, and fault() says why.
  bool take_line(std::string_view line);

  // A piece of the body, without the framing. False: refused, and fault() says why.
  bool take_body(std::string_view bytes);

  // Whether the head of the final answer is whole.
  bool has_head() const { return part_ == Part::body; }

  // Whether only the end of the connection tells where the body ends. RFC 9112 §6.3
  bool ends_with_connection() const;

  // What the peer did wrong, to stand behind its name ("answered more than 1 MiB"); empty: nothing.
  const std::string& fault() const { return fault_; }

  // The answer; call once, at its end.
  HttpResponse take() { return std::move(response_); }

 private:
  enum class Part { status_line, headers, body };

  bool take_status(std::string_view line);
  bool take_header(std::string_view line);
  bool end_head();
  bool refuse(std::string fault);

  HttpLimits limits_;
  Part part_ = Part::status_line;
  std::size_t head_bytes_ = 0;  // of interim answers and trailers too
  HttpResponse response_;
  std::string fault_;
};

}  // namespace xauth
