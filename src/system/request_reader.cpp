#include "system/request_reader.h"

#include <algorithm>
#include <charconv>

#include "base/header_name.h"

namespace xauth {

namespace {

constexpr std::size_t kLineEnd = 2;  // CR LF

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

// The origin form alone; a `#` never reaches a server. RFC 9112 §3.2.1
bool is_target(std::string_view text) {
  return !text.empty() && text.front() == '/' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_visible(c) && c != '#'; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

void RequestReader::feed(std::string_view bytes) {
  begun_ = begun_ || !bytes.empty();
  for (const char c : bytes) {
    if (ended()) return;
    if (phase_ != Phase::body) {
      take_head_byte(c);
    } else {
      request_.body += c;
      if (request_.body.size() == body_expected_) phase_ = Phase::complete;
    }
  }
}

bool RequestReader::wants_continue() const {
  return phase_ == Phase::body && http_1_1_ && request_.body.empty() &&
         same_header_name(find_header(request_.headers, "Expect").value_or(""), "100-continue");
}

void RequestReader::take_head_byte(char c) {
  if (c == '\n') return after_cr_ ? end_line() : refuse(400);
  if (after_cr_) return refuse(400);
  if (c == '\r') {
    after_cr_ = true;
  } else if (!may_hold(c)) {
    refuse(400);
  } else if (line_.size() == room()) {
    refuse(phase_ == Phase::request_line ? 414 : 431);
  } else {
    line_ += c;
  }
}

// The longest line that is still within the limits.
std::size_t RequestReader::room() const {
  if (phase_ == Phase::request_line) return limits_.request_line;
  const std::size_t used = header_bytes_ + kLineEnd;
  return limits_.header_block > used ? limits_.header_block - used : 0;
}

// Refused at the first wrong byte, so that a TLS client is told at once.
bool RequestReader::may_hold(char c) const {
  const bool ascii = is_visible(c) || c == ' ';
  const bool field_only = c == '\t' || static_cast<unsigned char>(c) >= 0x80;  // RFC 9110 §5.5
  return ascii || (field_only && phase_ == Phase::headers);
}

void RequestReader::end_line() {
  after_cr_ = false;
  if (phase_ == Phase::request_line) {
    take_request_line();
  } else if (line_.empty()) {
    end_head();
  } else {
    take_header();
  }
  line_.clear();
}

void RequestReader::take_request_line() {
  const std::string_view line = line_;
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == last) return refuse(400);  // HTTP/0.9 has no version
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  http_1_1_ = version == "HTTP/1.1";
  if (!is_token(method) || !is_target(target) || !(http_1_1_ || version == "HTTP/1.0")) {
    return refuse(400);
  }
  request_.method = method;
  request_.target = target;
  phase_ = Phase::headers;
}

void RequestReader::take_header() {
  if (request_.headers.size() == limits_.header_count) return refuse(431);
  const std::string_view line = line_;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return refuse(400);
  header_bytes_ += line.size() + kLineEnd;
  request_.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

std::size_t RequestReader::count(std::string_view name) const {
  const auto is_it = [&](const auto& header) { return same_header_name(header.first, name); };
  return static_cast<std::size_t>(
      std::count_if(request_.headers.begin(), request_.headers.end(), is_it));
}

// Whatever two parsers could read in two ways is refused. RFC 9112 §3.2, §6.3
void RequestReader::end_head() {
  const std::size_t hosts = count("Host");
  if (hosts > 1 || (hosts == 0 && http_1_1_)) return refuse(400);
  if (count("Transfer-Encoding") > 0 || count("Content-Length") > 1) return refuse(400);
  expect_body(find_header(request_.headers, "Content-Length").value_or("0"));
}

void RequestReader::expect_body(const std::string& content_length) {
  const char* end = content_length.data() + content_length.size();
  const bool digits = !content_length.empty() &&
                      content_length.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return refuse(400);
  const auto parsed = std::from_chars(content_length.data(), end, body_expected_);
  if (parsed.ec != std::errc() || body_expected_ > limits_.body) return refuse(413);
  phase_ = body_expected_ == 0 ? Phase::complete : Phase::body;
}

}  // namespace xauth
