#include "flow/retry.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <vector>

using namespace xauth;
using namespace xauth::flow;
using std::chrono::milliseconds;

namespace {

using Answer = std::function<HttpResponse()>;

Answer status(int status, Headers headers = {}) {
  return [=] { return HttpResponse{status, headers, ""}; };
}

Answer fails(bool reached, Code code = Code::unreachable) {
  return [=]() -> HttpResponse { throw SendFailure(code, "failed", {}, reached); };
}

// A server with the answers given, the last of which stays, and a clock that only sleep moves.
struct Server {
  explicit Server(std::deque<Answer> answers) : answers(std::move(answers)) {
    system.now = [this] { return Time(Seconds(1'700'000'000)) + whole(slept()); };
    system.sleep = [this](milliseconds time) { pauses.push_back(time); };
    system.fill_random = [this](std::span<std::byte> bytes) {
      std::fill(bytes.begin(), bytes.end(), lot);
    };
    system.say = [this](const std::string& line) { told.push_back(line); };
    system.send = [this](const HttpRequest& request) {
      sent.push_back(request);
      const Answer answer = this->answers.front();
      if (this->answers.size() > 1) this->answers.pop_front();
      return answer();
    };
  }

  static Seconds whole(milliseconds time) { return std::chrono::floor<Seconds>(time); }

  milliseconds slept() const {
    milliseconds sum{0};
    for (const auto pause : pauses) sum += pause;
    return sum;
  }

  // The status of the last answer; 0 when the last try failed.
  int ask(const Retries& retries) {
    try {
      return send_patiently(
                 system,
                 [this] {
                   HttpRequest request;
                   request.url = *parse_url("https://as.example/" + std::to_string(++made));
                   return request;
                 },
                 retries)
          .response.status;
    } catch (const SendFailure&) {
      return 0;
    }
  }

  System system;
  std::deque<Answer> answers;
  std::byte lot{0};
  int made = 0;
  std::vector<HttpRequest> sent;
  std::vector<milliseconds> pauses;
  std::vector<std::string> told;
};

// How often a request is sent that always ends in that way.
std::size_t times(const Answer& answer, const Retries& retries) {
  Server server({answer});
  server.ask(retries);
  return server.sent.size();
}

}  // namespace

TEST_CASE("how often a request is sent, by what becomes of it, TQ-16, RF-11, RV-3") {
  struct Row {
    const char* what;
    Answer answer;
    std::size_t refresh, code, revocation, lookup;  // a question is asked like a refresh
  };
  const Row rows[] = {{"200", status(200), 1, 1, 1, 1},
                      {"400", status(400), 1, 1, 1, 1},
                      {"401", status(401), 1, 1, 1, 1},
                      {"501", status(501), 1, 1, 1, 1},
                      {"500", status(500), 2, 1, 1, 1},
                      {"502", status(502), 2, 1, 1, 1},
                      {"504", status(504), 2, 1, 1, 1},
                      {"503", status(503), 3, 1, 3, 1},
                      {"429", status(429), 3, 1, 3, 1},
                      {"no connection", fails(false), 3, 3, 3, 2},
                      {"a cut connection", fails(true), 2, 1, 1, 1},
                      {"broken HTTP", fails(true, Code::bad_response), 1, 1, 1, 1}};
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(times(row.answer, kForRefresh) == row.refresh);
    CHECK(times(row.answer, kForQuestion) == row.refresh);
    CHECK(times(row.answer, kForCode) == row.code);
    CHECK(times(row.answer, kForRevocation) == row.revocation);
    CHECK(times(row.answer, kForLookup) == row.lookup);
  }
}

TEST_CASE("each try is made afresh, and the answer comes with the request that got it, TQ-11") {
  Server server({status(503), fails(false), status(200)});
  const auto exchange = send_patiently(
      server.system,
      [&] {
        HttpRequest request;
        request.url = *parse_url("https://as.example/" + std::to_string(++server.made));
        return request;
      },
      kForRefresh);
  CHECK(exchange.response.status == 200);
  CHECK(exchange.request.url.path == "/3");
  CHECK(server.made == 3);
}

TEST_CASE("troubles of several kinds do not add up to more than three tries, TQ-16") {
  Server server({status(503), status(500), fails(false), status(200)});
  CHECK(server.ask(kForRefresh) == 0);
  CHECK(server.sent.size() == 3);
  Server lost({status(500), status(503), status(502), status(200)});
  CHECK(lost.ask(kForRefresh) == 502);
  CHECK(lost.sent.size() == 3);
}

TEST_CASE("the pause is short, longer before the third try, and drawn by lot, TQ-16") {
  Server first({status(503)});
  first.ask(kForRefresh);
  CHECK(first.pauses == std::vector{milliseconds(100), milliseconds(300)});
  Server last({status(503)});
  last.lot = std::byte{255};
  last.ask(kForRefresh);
  CHECK(last.pauses == std::vector{milliseconds(300), milliseconds(900)});
}

TEST_CASE("Retry-After counts in both forms, and is never undercut, TQ-16") {
  for (const char* text : {"7", "Tue, 14 Nov 2023 22:13:27 GMT"}) {
    CAPTURE(text);
    Server server({status(429, {{"retry-after", text}}), status(200)});
    CHECK(server.ask(kForRefresh) == 200);
    REQUIRE(server.pauses.size() == 1);
    CHECK(server.pauses[0] == milliseconds(7'100));
    CHECK(server.told ==
          std::vector<std::string>{"as.example asks to wait 7 s before it is asked again"});
  }
}

TEST_CASE("a Retry-After that is past, or says nothing, leaves the pause as it is") {
  for (const char* text : {"0", "", "soon", "-1", "1.5", "Tue, 14 Nov 2023 22:13:00 GMT", "1 s"}) {
    CAPTURE(text);
    Server server({status(503, {{"Retry-After", text}}), status(200)});
    CHECK(server.ask(kForRefresh) == 200);
    CHECK(server.pauses == std::vector{milliseconds(100)});
    CHECK(server.told.empty());
  }
}

TEST_CASE("a Retry-After that no try can wait for ends the trying at once, TQ-16") {
  for (const char* text : {"10", "11", "3600", "4294967295", "Tue, 14 Nov 2033 22:13:20 GMT"}) {
    CAPTURE(text);
    Server server({status(503, {{"Retry-After", text}}), status(200)});
    CHECK(server.ask(kForRefresh) == 503);
    CHECK(server.pauses.empty());
  }
}

TEST_CASE("no try begins later than 10 s after the first, so that all end within 40 s, TQ-16") {
  Server server({status(503, {{"Retry-After", "6"}})});
  CHECK(server.ask(kForRefresh) == 503);
  CHECK(server.sent.size() == 2);
  CHECK(server.slept() <= milliseconds(10'000));
}

TEST_CASE("a signal during the wait ends it, LI-18") {
  Server server({status(503), status(200)});
  server.system.sleep = [](milliseconds) { throw Error::interrupted_by(2); };
  CHECK_THROWS_AS(server.ask(kForRefresh), Error);
  CHECK(server.sent.size() == 1);
}
