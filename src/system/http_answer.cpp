#include "system/http_answer.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace xauth {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// A tab is the one control character that a value may hold. RFC 9110 §5.5
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  });
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return text;
}

// The values of every header of that name (in lower case), in lower case too.
std::vector<std::string> values_of(const Headers& headers, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& header : headers) {
    if (lower(header.first) == name) values.push_back(lower(header.second));
  }
  return values;
}

std::string in_words(std::size_t bytes) {
  constexpr std::size_t kKib = 1024;
  if (bytes >= kKib * kKib && bytes % (kKib * kKib) == 0) {
    return std::to_string(bytes / (kKib * kKib)) + " MiB";
  }
  if (bytes >= kKib && bytes % kKib == 0) return std::to_string(bytes / kKib) + " KiB";
  return std::to_string(bytes) + " bytes";
}

// What is wrong with the way the headers say where the body ends; empty: nothing. RFC 9112 §6.3
std::string framing_fault(const Headers& headers) {
  const auto lengths = values_of(headers, "content-length");
  const auto codings = values_of(headers, "transfer-encoding");
  if (lengths.size() > 1) return "sent more than one Content-Length";
  if (!lengths.empty() && !codings.empty()) {
    return "sent both Content-Length and Transfer-Encoding";
  }
  for (const auto& length : lengths) {
    if (length.empty() || !std::all_of(length.begin(), length.end(), is_digit)) {
      return "sent a Content-Length that is not a number";
    }
  }
  if (codings.size() > 1 || (codings.size() == 1 && codings[0] != "chunked")) {
    return "sent a Transfer-Encoding other than chunked";
  }
  return {};
}

// Whether the headers announce a body of more than `most` bytes; any number of digits is fine.
bool announces_more(const Headers& headers, std::size_t most) {
  const auto length = find_header(headers, "Content-Length");
  std::size_t bytes = 0;
  if (!length) return false;
  const auto read = std::from_chars(length->data(), length->data() + length->size(), bytes);
  return read.ec == std::errc::result_out_of_range || bytes > most;
}

bool is_compressed(const Headers& headers) {
  const auto codings = values_of(headers, "content-encoding");
  return std::any_of(codings.begin(), codings.end(), [](const std::string& coding) {
    return !coding.empty() && coding != "identity";
  });
}

}  // namespace

bool AnswerReader::refuse(std::string fault) {
  fault_ = std::move(fault);
  return false;
}

bool AnswerReader::take_line(std::string_view line) {
  if (part_ == Part::status_line && line.size() > limits_.status_line) {
    return refuse("sent a status line of more than " + in_words(limits_.status_line));
  }
  head_bytes_ += line.size();
  if (head_bytes_ > limits_.header_block) {
    return refuse("sent headers of more than " + in_words(limits_.header_block));
  }
  line = without_line_end(line);
  if (part_ == Part::status_line) return take_status(line);
  if (part_ == Part::body) return true;  // a trailer: nothing in it is wanted
  return line.empty() ? end_head() : take_header(line);
}

bool AnswerReader::take_status(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.x ";
  const bool is_http = line.starts_with("HTTP/1.") && line.size() >= kVersion.size() + 3 &&
                       is_digit(line[7]) && line[8] == ' ';
  const auto digits = is_http ? line.substr(kVersion.size(), 3) : std::string_view();
  const auto rest = is_http ? line.substr(kVersion.size() + 3) : std::string_view();
  if (!is_http || !std::all_of(digits.begin(), digits.end(), is_digit) ||
      !(rest.empty() || rest.front() == ' ')) {
    return refuse("did not answer with HTTP/1.1");
  }
  std::from_chars(digits.data(), digits.data() + digits.size(), response_.status);
  if (response_.status < 100 || response_.status > 599) {
    return refuse("answered with a status that HTTP does not know");
  }
  part_ = Part::headers;
  return true;
}

bool AnswerReader::take_header(std::string_view line) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name)) {  // a folded line too: RFC 9112 §5.2
    return refuse("sent a malformed header");
  }
  const auto value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value)) return refuse("sent a header with a control character");
  response_.headers.emplace_back(name, value);
  return true;
}

bool AnswerReader::end_head() {
  if (response_.status < 200) {
    response_ = {};
    part_ = Part::status_line;
    return true;
  }
  part_ = Part::body;
  auto fault = framing_fault(response_.headers);
  if (!fault.empty()) return refuse(std::move(fault));
  if (announces_more(response_.headers, limits_.body)) {
    return refuse("answered more than " + in_words(limits_.body));
  }
  if (is_compressed(response_.headers)) return refuse("compressed its answer without being asked");
  return true;
}

bool AnswerReader::ends_with_connection() const {
  return response_.status != 204 && response_.status != 304 &&
         !find_header(response_.headers, "Content-Length") &&
         !find_header(response_.headers, "Transfer-Encoding");
}

bool AnswerReader::take_body(std::string_view bytes) {
  if (bytes.size() > limits_.body - response_.body.size()) {
    return refuse("answered more than " + in_words(limits_.body));
  }
  response_.body.append(bytes);
  return true;
}

}  // namespace xauth
