// A token endpoint that goes wrong in every way: the exit status says how, no token is lost or
// told, and a code is sent once.
#include <doctest/doctest.h>

#include "base/http_date.h"
#include "support/http_exchange.h"
#include "support/kept_login.h"
#include "support/tally.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// What the endpoint does to a request, and the exit status of the refresh and of the login that
// meet it.
struct Fault {
  std::string name;
  std::string answer;
  int refresh;
  int login;
  Ending ending = Ending::end;
};

const std::string kToken = R"({"access_token":"new-canary","token_type":"Bearer"})";

std::string reply(const std::string& status, const std::string& headers, const std::string& body,
                  const std::string& type = "application/json") {
  return "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string error(const std::string& status, const std::string& name,
                  const std::string& headers = {}) {
  return reply(status, headers, "{\"error\":\"" + name + "\"}");
}

std::string good(const std::string& headers = {}) { return reply("200", headers, kToken); }

std::string sized(const std::string& length) {
  return kOk + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + kToken;
}

std::string chunked(const std::string& body) {
  return kOk + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

const std::string kChunk = "33\r\n" + kToken + "\r\n";  // the size of kToken

// Broken off, or never begun.
const Fault kCut[] = {
    {"closed at once", "", 6, 6},
    {"half a status line", "HTTP/1.1 20", 6, 6},
    {"half the headers", kOk + "Content-Type: appli", 6, 6},
    {"half the body", sized("60"), 6, 6},
    {"half the body, without close_notify", sized("60"), 6, 6, Ending::cut},
    {"half the body, reset", sized("60"), 6, 6, Ending::reset},
    {"no length, without close_notify", kOk + "\r\n" + kToken, 6, 6, Ending::cut},
    {"reset at once", "", 6, 6, Ending::reset},
    {"no last chunk", chunked(kChunk), 6, 6},
    {"half a chunk", chunked("33\r\n{\"acc"), 6, 6},
    {"a 100 alone", "HTTP/1.1 100 Continue\r\n\r\n", 6, 6},
};

// Whole, and not HTTP, or not what was asked for.
const Fault kMalformed[] = {
    {"a negative length", sized("-2"), 7, 7},
    {"a length that is too short", sized("9"), 7, 7},
    {"two lengths", sized("51\r\nContent-Length: 9"), 7, 7},
    {"length and chunks", sized("51\r\nTransfer-Encoding: chunked"), 7, 7},
    {"a chunk size that is none", chunked("zz\r\n" + kToken + "\r\n0\r\n\r\n"), 7, 7},
    {"a chunk with a wrong end", chunked("33\r\n" + kToken + "XX0\r\n\r\n"), 7, 7},
    {"gzip unasked", good("Content-Encoding: gzip\r\n"), 7, 7},
    {"HTTP/0.9", kToken, 7, 7},
    {"HTTP/2 in words", "HTTP/2 200\r\n\r\n" + kToken, 7, 7},
    {"a status line of 40 kB", "HTTP/1.1 200 " + std::string(40'000, 'x') + "\r\n\r\n", 7, 7},
    {"a header of 1 MB", kOk + "X: " + std::string(1 << 20, 'x') + "\r\n\r\n", 7, 7},
    {"a body of 2 MB", reply("200", "", std::string(2 << 20, ' ')), 7, 7},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n", 7, 7},
    {"an empty body", reply("200", "", ""), 7, 7},
    {"a web page", reply("200", "", "<html>Sign in</html>", "text/html"), 7, 7},
    {"a token that is called text", reply("200", "", kToken, "text/plain"), 7, 7},
    {"a token that is called a web page", reply("200", "", kToken, "text/html"), 7, 7},
    {"a BOM", reply("200", "", "\xef\xbb\xbf" + kToken), 7, 7},
    {"text behind the token", reply("200", "", kToken + "x"), 7, 7},
    {"a NUL behind the token", reply("200", "", kToken + '\0'), 7, 7},
    {"nested 100,000 deep", reply("200", "", std::string(100'000, '[')), 7, 7},
    {"two access tokens", reply("200", "", R"({"access_token":"a","access_token":"b"})"), 7, 7},
    {"a line end in the token", reply("200", "", R"({"access_token":"a\nb"})"), 7, 7},
    {"no token", reply("200", "", "{}"), 7, 7},
};

// Sent elsewhere.
const Fault kRedirects[] = {
    {"301 to another host", reply("301", "Location: https://evil.example/token\r\n", ""), 7, 7},
    {"302 to http", reply("302", "Location: http://as.example/token\r\n", ""), 7, 7},
    {"303 to itself", reply("303", "Location: /token\r\n", ""), 7, 7},
    {"307 to another host", reply("307", "Location: https://evil.example/token\r\n", ""), 7, 7},
    {"308 to itself", reply("308", "Location: /token\r\n", ""), 7, 7},
    {"300 without a Location", reply("300", "", ""), 7, 7},
};

// A refusal. RFC 6749 §5.2
const Fault kRefusals[] = {
    {"400 invalid_request", error("400", "invalid_request"), 3, 3},
    {"400 invalid_client", error("400", "invalid_client"), 2, 2},
    {"401 invalid_client", error("401", "invalid_client"), 2, 2},
    {"401 invalid_client with WWW-Authenticate",
     error("401", "invalid_client", "WWW-Authenticate: Basic realm=\"x\"\r\n"), 2, 2},
    {"400 unauthorized_client", error("400", "unauthorized_client"), 2, 2},
    {"400 unsupported_grant_type", error("400", "unsupported_grant_type"), 3, 3},
    {"400 invalid_scope", error("400", "invalid_scope"), 3, 3},
    {"400 an error of its own", error("400", "as_it_likes"), 3, 3},
    {"400 a steering error", error("400", "\\u001b]0;x\\u0007"), 3, 3},
    {"400 an error that is no text", reply("400", "", R"({"error":5})"), 7, 7},
    {"400 without a body", reply("400", "", ""), 7, 7},
    {"401 without a body", reply("401", "", ""), 7, 7},
    {"403 a web page", reply("403", "", "<h1>No</h1>", "text/html"), 7, 7},
    {"404 a web page", reply("404", "", "<h1>Gone</h1>", "text/html"), 7, 7},
    {"408", reply("408", "", ""), 7, 7},
    {"200 with an error", error("200", "invalid_scope"), 3, 3},
};

// Trouble of its own.
const Fault kTroubles[] = {
    {"500", reply("500", "", ""), 6, 6},
    {"500 with a dead grant", error("500", "invalid_grant"), 6, 6},
    {"502 a web page", reply("502", "", "<h1>Bad gateway</h1>", "text/html"), 6, 6},
    {"400 temporarily_unavailable", error("400", "temporarily_unavailable"), 6, 6},
    {"503 Retry-After in the past",
     reply("503", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", ""), 6, 6},
    {"503 Retry-After 1", reply("503", "Retry-After: 1\r\n", ""), 6, 6},
    {"503 Retry-After 10^9", reply("503", "Retry-After: 1000000000\r\n", ""), 6, 6},
    {"429 Retry-After in 2100", reply("429", "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n", ""),
     6, 6},
    {"429 Retry-After that is none", reply("429", "Retry-After: soon\r\n", ""), 6, 6},
};

// Not wrong: what leads nowhere is overread.
const Fault kGood[] = {
    {"as it should be", good(), 0, 0},
    {"100 and 103 first",
     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + good(), 0, 0},
    {"chunks with an extension and trailers",
     chunked("33;x=y\r\n" + kToken + "\r\n0\r\nX: y\r\n\r\n"), 0, 0},
    {"whole by its length, without close_notify", good(), 0, 0, Ending::cut},
};

// The endpoint with its fault, and those who meet it.
class Meeting {
 public:
  Meeting(const Fault& fault, bool tls)
      : fault_(fault),
        server_(answers(fault.answer, fault.ending),
                tls ? std::optional<TlsSettings>(trusted().tls) : std::nullopt),
        url_(tls ? secure(server_) : plain(server_)) {}

  void refresh(const KeptLogins& kept) const {
    kept.set_setting("token_url", Json(url_));
    kept.set_setting("ca_file", Json(trusted().file.path()));
    const std::string before = kept.token_text();
    const Finished ended = kept.xauth({"refresh"});
    CAPTURE(ended.err);
    CHECK(ended.status == fault_.refresh);
    check_told(ended);
    if (ended.status != 0) CHECK(kept.token_text() == before);
    kept.write("tokens/work.json", before);
    CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  }

  void log_in(const Workplace& here) const {
    auto arguments = here.login("work", kPublicClient, {"--ca-file", trusted().file.path()});
    for (auto& word : arguments) {
      if (word == here.provider->token_url()) word = url_;
    }
    const int before = server_.accepted();
    const Finished ended = here.log_in(arguments);
    CAPTURE(ended.err);
    CHECK(ended.status == fault_.login);
    check_told(ended);
    CHECK(server_.accepted() == before + 1);  // a code is for once. TQ-10
    CHECK(here.files().empty() == (ended.status != 0));
    std::filesystem::remove_all(here.path_of(""));
  }

 private:
  static void check_told(const Finished& ended) {
    CHECK(ended.err.find("canary") == std::string::npos);
    CHECK(ended.err.find('\x1b') == std::string::npos);
    CHECK((ended.status == 0 || ended.err.find("xauth: ") != std::string::npos));
  }

  const Fault& fault_;
  RawServer server_;
  std::string url_;
};

template <std::size_t N>
void meet(const Fault (&faults)[N]) {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const Workplace here;
  for (const Fault& fault : faults) {
    for (const bool tls : {false, true}) {
      if (!tls && fault.ending == Ending::cut) continue;  // there it is no fault
      CAPTURE(fault.name);
      CAPTURE(tls);
      const Meeting meeting(fault, tls);
      meeting.refresh(kept);
      meeting.log_in(here);
      tally("faults of a token endpoint", 2);
    }
  }
}

}  // namespace

TEST_CASE("token endpoint: an answer that breaks off, TR-10") { meet(kCut); }

TEST_CASE("token endpoint: an answer that is malformed, TQ-13, TR-1, TR-3, TR-8, TR-9") {
  meet(kMalformed);
}

TEST_CASE("token endpoint: a redirect is followed nowhere, IN-5, TQ-5") { meet(kRedirects); }

TEST_CASE("token endpoint: each refusal has its status") { meet(kRefusals); }

TEST_CASE("token endpoint: trouble of its own, TQ-16") { meet(kTroubles); }

TEST_CASE("token endpoint: what is odd and whole is taken, TR-10") { meet(kGood); }
