#include "system/reply_text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace xauth;

namespace {

constexpr std::string_view kBare500 = "HTTP/1.1 500 Internal Server Error\r\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a reply is written with its length and closes the connection") {
  const auto text = reply_text("GET", {200, {{"Content-Type", "text/html"}, {"X-A", "b"}}, "<p>"});
  CHECK(text.rfind("HTTP/1.1 200 OK\r\n", 0) == 0);
  CHECK(has(text, "\r\nContent-Type: text/html\r\n"));
  CHECK(has(text, "\r\nX-A: b\r\n"));
  CHECK(has(text, "\r\nContent-Length: 3\r\n"));
  CHECK(has(text, "\r\nConnection: close\r\n"));
  CHECK(text.substr(text.size() - 7) == "\r\n\r\n<p>");
}

TEST_CASE("repeated header names stay, and a redirect needs no body") {
  const auto text = reply_text(
      "GET", {303, {{"Location", "/done"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}}, ""});
  CHECK(text.rfind("HTTP/1.1 303 See Other\r\n", 0) == 0);
  CHECK(has(text, "Location: /done\r\n"));
  CHECK(has(text, "Set-Cookie: a\r\n"));
  CHECK(has(text, "Set-Cookie: b\r\n"));
  CHECK(has(text, "Content-Length: 0\r\n"));
}

TEST_CASE("the answer to HEAD is the head alone, LI-8") {
  const auto text = reply_text("HEAD", {200, {}, "0123456789"});
  CHECK(has(text, "Content-Length: 10\r\n"));
  CHECK_FALSE(has(text, "0123456789"));
  CHECK_FALSE(has(text, "Accept-Ranges"));
}

TEST_CASE("a body of any bytes and size is written whole") {
  const std::string body = std::string("\0\r\n\r\n%s%n", 9) + std::string(300'000, 'x');
  const auto text = reply_text("POST", {200, {}, body});
  CHECK(text.substr(text.find("\r\n\r\n") + 4) == body);
}

TEST_CASE("a reply that would break out of its place becomes a bare 500") {
  const OutgoingReply broken[] = {
      {200, {{"X", "a\r\nSet-Cookie: b"}}, "leak"},
      {200, {{"X", "a\nb"}}, "leak"},
      {200, {{"X", "a\rb"}}, "leak"},
      {200, {{"X", std::string("a\0b", 3)}}, "leak"},
      {200, {{"X: y\r\nZ", "a"}}, "leak"},
      {200, {{"", "a"}}, "leak"},
      {200, {{"X Y", "a"}}, "leak"},
      {200, {{"content-length", "3"}}, "leak"},
      {200, {{"Connection", "keep-alive"}}, "leak"},
      {200, {{"Transfer-Encoding", "chunked"}}, "leak"},
      {0, {}, "leak"},
      {100, {}, "leak"},
      {600, {}, "leak"},
  };
  for (const auto& reply : broken) {
    const auto text = reply_text("GET", reply);
    CAPTURE(text);
    CHECK(text.rfind(kBare500, 0) == 0);
    CHECK(has(text, "Content-Length: 0\r\n"));
    CHECK_FALSE(has(text, "leak"));
    CHECK_FALSE(has(text, "Set-Cookie"));
  }
}
