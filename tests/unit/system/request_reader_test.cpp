#include "system/request_reader.h"

#include <doctest/doctest.h>

#include <string>

using namespace xauth;

namespace {

const std::string kHost = "Host: 127.0.0.1\r\n";

RequestReader reader_of(std::string_view bytes, std::size_t body = 0) {
  ServerLimits limits;
  limits.body = body;
  RequestReader reader(limits);
  reader.feed(bytes);
  return reader;
}

int refusal_of(std::string_view bytes, std::size_t body = 0) {
  return reader_of(bytes, body).refusal();
}

// A request line of `size` bytes without its end.
std::string request_line(std::size_t size) {
  const std::string around = "GET / HTTP/1.1";
  return "GET /" + std::string(size - around.size(), 'a') + " HTTP/1.1\r\n";
}

// A head whose header lines are `size` bytes with their ends.
std::string head_of(std::size_t size) {
  const std::string around = kHost + "X: \r\n";
  return "GET / HTTP/1.1\r\n" + kHost + "X: " + std::string(size - around.size(), 'a') + "\r\n\r\n";
}

std::string head_with(std::size_t headers) {
  std::string head = "GET / HTTP/1.1\r\n" + kHost;
  for (std::size_t i = 1; i < headers; ++i) head += "A: b\r\n";
  return head + "\r\n";
}

}  // namespace

TEST_CASE("a request is taken byte for byte, however it is cut into packets, LI-6") {
  const std::string target = "/%63allback?code=abc==&state=a%3D+b&iss=https://h/a?b=c?d&x={}|";
  const std::string text = "GET " + target + " HTTP/1.1\r\nHost:127.0.0.1:8000\r\n" +
                           "X-Odd: \t a%0d%0ab, \xC3\xB6 \t\r\nEmpty:\r\n\r\n";
  for (const std::size_t step : {text.size(), std::size_t(1), std::size_t(7)}) {
    RequestReader reader({});
    for (std::size_t i = 0; i < text.size(); i += step) {
      CHECK_FALSE(reader.ended());
      reader.feed(std::string_view(text).substr(i, step));
    }
    REQUIRE(reader.complete());
    const auto request = reader.take();
    CHECK(request.method == "GET");
    CHECK(request.target == target);
    REQUIRE(request.headers.size() == 3);
    CHECK(find_header(request.headers, "host") == "127.0.0.1:8000");
    CHECK(find_header(request.headers, "x-odd") == "a%0d%0ab, \xC3\xB6");
    CHECK(find_header(request.headers, "empty") == "");
  }
}

TEST_CASE("what stands behind the request is ignored") {
  auto reader = reader_of("GET /1 HTTP/1.0\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
  REQUIRE(reader.complete());
  CHECK(reader.take().target == "/1");
  auto with_body = reader_of("POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\na=bGET /", 3);
  REQUIRE(with_body.complete());
  CHECK(with_body.take().body == "a=b");
}

TEST_CASE("the request line may have 8,192 bytes, LI-12") {
  const std::string rest = kHost + "\r\n";
  CHECK(reader_of(request_line(8191) + rest).complete());
  CHECK(reader_of(request_line(8192) + rest).complete());
  CHECK(refusal_of(request_line(8193) + rest) == 414);
  CHECK(refusal_of("GET /" + std::string(8187, 'a')) == 0);    // 8,192 bytes, and no more yet
  CHECK(refusal_of("GET /" + std::string(8188, 'a')) == 414);  // refused without its end
}

TEST_CASE("the header block may have 16 KiB and 64 fields, LI-12") {
  CHECK(reader_of(head_of(16383)).complete());
  CHECK(reader_of(head_of(16384)).complete());
  CHECK(refusal_of(head_of(16385)) == 431);
  CHECK(reader_of(head_with(64)).complete());
  CHECK(refusal_of(head_with(65)) == 431);
  std::string endless = "GET / HTTP/1.1\r\n";
  while (endless.size() < 20'000) endless += "A: " + std::string(2000, 'a') + "\r\n";
  CHECK(refusal_of(endless) == 431);
}

TEST_CASE("a body is taken up to its limit only, LI-12") {
  const auto post = [](const std::string& length, const std::string& body) {
    return "POST / HTTP/1.1\r\n" + kHost + "Content-Length: " + length + "\r\n\r\n" + body;
  };
  CHECK(reader_of(post("0", "")).complete());
  CHECK(refusal_of(post("1", "")) == 413);
  CHECK(refusal_of(post("5", ""), 4) == 413);
  CHECK(refusal_of(post("18446744073709551615", ""), 4) == 413);
  CHECK(refusal_of(post("99999999999999999999999999", ""), 4) == 413);
  auto reader = reader_of(post("4", "ab"), 4);
  CHECK_FALSE(reader.ended());
  reader.feed("cdef");
  REQUIRE(reader.complete());
  CHECK(reader.take().body == "abcd");
}

TEST_CASE("a body whose length could be read in two ways is refused") {
  const std::string head = "POST / HTTP/1.1\r\n" + kHost;
  for (const char* fields :
       {"Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length: 0\r\ncontent-length: 4\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 1, 1\r\n",
        "Content-Length: -1\r\n", "Content-Length: +1\r\n", "Content-Length: 0x1\r\n",
        "Content-Length: 1 1\r\n", "Content-Length:\r\n", "Content-Length: 1a\r\n"}) {
    CAPTURE(fields);
    CHECK(refusal_of(head + fields + "\r\n", 100) == 400);
  }
}

TEST_CASE("what is no plain HTTP/1 request is refused with 400") {
  const std::string rest = " HTTP/1.1\r\n" + kHost + "\r\n";
  for (const std::string& text : {
           std::string("GET /\r\n"),                             // HTTP/0.9
           std::string("\r\n"),                                  // nothing
           std::string("GET  / HTTP/1.1\r\n"),                   // two spaces
           std::string("GET / HTTP/1.1 \r\n"),                   // a space behind
           std::string("GET /a b HTTP/1.1\r\n"),                 //
           std::string("GET / HTTP/1.2\r\n"),                    //
           std::string("GET / http/1.1\r\n"),                    //
           std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),      // HTTP/2 preface
           std::string("\x16\x03\x01\x02", 4),                   // TLS ClientHello
           std::string("GET /\0 HTTP/1.1\r\n", 18),              // NUL
           std::string("GET /\t HTTP/1.1\r\n"),                  //
           std::string("GET /\xC3\xB6 HTTP/1.1\r\n"),            //
           std::string("GET / HTTP/1.1\n"),                      // a bare LF
           std::string("GET / HTTP/1.1\r\r\n"),                  // a bare CR
           std::string("G@T / HTTP/1.1\r\n"),                    //
           "GET http://127.0.0.1/" + rest,                       // absolute form
           "CONNECT 127.0.0.1:80" + rest,                        //
           "OPTIONS *" + rest,                                   //
           "GET /#fragment" + rest,                              //
           "GET " + rest,                                        //
           std::string("GET / HTTP/1.1\r\n\r\n"),                // no Host
           "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n",        // two
           "GET / HTTP/1.1\r\n" + kHost + " folded\r\n",         //
           "GET / HTTP/1.1\r\n" + kHost + "\tfolded\r\n",        //
           std::string("GET / HTTP/1.1\r\nHost 127.0.0.1\r\n"),  // no colon
           std::string("GET / HTTP/1.1\r\nHost : a\r\n"),        // a space before it
           std::string("GET / HTTP/1.1\r\n: a\r\n"),             // no name
           std::string("GET / HTTP/1.1\r\nA: b\0c\r\n", 24),     // NUL
           std::string("GET / HTTP/1.1\r\nA: b\x1b[2J\r\n"),     //
           std::string("GET / HTTP/1.1\r\nA: b\nB: c\r\n"),      // a bare LF
           std::string("GET / HTTP/1.1\r\nA: b\rB: c\r\n"),      // a bare CR
       }) {
    CAPTURE(text);
    CHECK(refusal_of(text) == 400);
  }
}

TEST_CASE("only a peer that holds its body back is told to continue") {
  const std::string head = "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\n";
  CHECK(reader_of(head + "Expect: 100-Continue\r\n\r\n", 9).wants_continue());
  CHECK_FALSE(reader_of(head + "Expect: 100-continue\r\n\r\na", 9).wants_continue());
  CHECK_FALSE(reader_of(head + "Expect: 100-continue\r\n\r\n").wants_continue());  // 413
  CHECK_FALSE(reader_of(head + "\r\n", 9).wants_continue());
  CHECK_FALSE(reader_of("POST / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", 9)
                  .wants_continue());
}
