#include "system/http_answer.h"

#include <doctest/doctest.h>

using namespace xauth;

namespace {

HttpLimits small() {
  HttpLimits limits;
  limits.status_line = 64;
  limits.header_block = 256;
  limits.body = 16;
  return limits;
}

// Feeds `head` line by line; what was wrong with it, or "".
std::string fault_of(std::string_view head) {
  AnswerReader reader(small());
  while (!head.empty()) {
    const auto end = head.find('\n') + 1;
    if (!reader.take_line(head.substr(0, end))) return reader.fault();
    head.remove_prefix(end);
  }
  return reader.fault();
}

}  // namespace

TEST_CASE("AnswerReader keeps status, headers and body, and skips 1xx and trailers, TR-10") {
  AnswerReader reader(small());
  for (const char* line : {"HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n",
                           "HTTP/1.1 201\r\n", "DPoP-Nonce:  a%2Bb\t\r\n", "Empty:\r\n"}) {
    REQUIRE(reader.take_line(line));
  }
  CHECK_FALSE(reader.has_head());
  REQUIRE(reader.take_line("\r\n"));
  CHECK(reader.has_head());
  REQUIRE(reader.take_body("12345678"));
  REQUIRE(reader.take_body("12345678"));
  REQUIRE(reader.take_line("Trailer: x\r\n"));
  const auto response = reader.take();
  CHECK(response.status == 201);
  CHECK(response.headers == Headers{{"DPoP-Nonce", "a%2Bb"}, {"Empty", ""}});
  CHECK(response.body == "1234567812345678");
}

TEST_CASE("AnswerReader counts the body to its limit and no further, TQ-13") {
  AnswerReader reader(small());
  CHECK(reader.take_body("1234567812345678"));
  CHECK_FALSE(reader.take_body("9"));
  CHECK(reader.fault() == "answered more than 16 bytes");
}

TEST_CASE("AnswerReader counts interim answers and trailers among the headers, TQ-13") {
  AnswerReader reader(small());
  int interim = 0;
  while (interim < 100 && reader.take_line("HTTP/1.1 100 C\r\n") && reader.take_line("\r\n")) {
    ++interim;
  }
  CHECK(interim == 14);
  CHECK(reader.fault() == "sent headers of more than 256 bytes");
}

TEST_CASE("AnswerReader refuses what breaks HTTP, TQ-13, TR-10") {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::pair<std::string, const char*> cases[] = {
      {"HTTP/1.1 200 " + std::string(60, 'x') + "\r\n", "status line of more than 64 bytes"},
      {ok + "A: " + std::string(300, 'x') + "\r\n", "headers of more than 256 bytes"},
      {"HTTP/2 200\r\n", "did not answer with HTTP/1.1"},
      {"HTTP/1.1 20\r\n", "did not answer with HTTP/1.1"},
      {"HTTP/1.1 2000\r\n", "did not answer with HTTP/1.1"},
      {"HTTP/1.1 -20\r\n", "did not answer with HTTP/1.1"},
      {"HTTP/1.1 600 X\r\n", "a status that HTTP does not know"},
      {"HTTP/1.1 099 X\r\n", "a status that HTTP does not know"},
      {ok + "no colon\r\n", "malformed header"},
      {ok + ": x\r\n", "malformed header"},
      {ok + "A : x\r\n", "malformed header"},
      {ok + "A: x\r\n folded\r\n", "malformed header"},
      {ok + "A: x\ry\r\n", "control character"},
      {ok + "A: x\x1b[2J\r\n", "control character"},
      {ok + std::string("A: x\0y\r\n", 8), "control character"},
      {ok + "A: x\x7f\r\n", "control character"},
      {ok + "Content-Length: 1\r\ncontent-length: 2\r\n\r\n", "more than one Content-Length"},
      {ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "both Content-Length and"},
      {ok + "Content-Length: 1, 1\r\n\r\n", "not a number"},
      {ok + "Content-Length: +1\r\n\r\n", "not a number"},
      {ok + "Content-Length:\r\n\r\n", "not a number"},
      {ok + "Content-Length: 17\r\n\r\n", "answered more than 16 bytes"},
      {ok + "Content-Length: 99999999999999999999\r\n\r\n", "answered more than 16 bytes"},
      {ok + "Content-Length: 0000000000000000000000016\r\n\r\n", ""},
      {ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", "other than chunked"},
      {ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "than chunked"},
      {ok + "Content-Encoding: gzip\r\n\r\n", "compressed"},
      {ok + "Content-Encoding: identity\r\nContent-Encoding: BR\r\n\r\n", "compressed"},
      {ok + "Content-Encoding: Identity\r\nTransfer-Encoding: Chunked\r\n\r\n", ""},
      {ok + "A: t\t\xe9\tb\r\n\r\n", ""},
      {"HTTP/1.0 204\n\n", ""},
  };
  for (const auto& one : cases) {
    const auto head = one.first;
    const auto* fault = one.second;
    CAPTURE(head);
    const std::string found = fault_of(head);
    CAPTURE(found);
    CHECK(found.empty() == (*fault == '\0'));
    CHECK(found.find(fault) != std::string::npos);
  }
}
