#include "flow/answer_wait.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::flow;

namespace {

using std::chrono::steady_clock;

// Standard input is a pipe that holds `text`, while this lives; it ends there unless `open`.
class Piped {
 public:
  explicit Piped(const std::string& text, bool open = false) : before_(dup(STDIN_FILENO)) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    REQUIRE(write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    if (open) {
      writer_ = ends[1];
    } else {
      close(ends[1]);
    }
  }
  ~Piped() {
    dup2(before_, STDIN_FILENO);
    close(before_);
    if (writer_ >= 0) close(writer_);
  }
  Piped(const Piped&) = delete;
  Piped& operator=(const Piped&) = delete;

 private:
  int before_;
  int writer_ = -1;
};

struct Pasting {
  // What the wait for a pasted answer ends with: its code, or `STATUS MESSAGE`.
  std::string paste(const std::string& text, bool open = false,
                    std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    const Piped piped(text, open);
    LineReader input;
    const SignalsWatched signals;
    if (signal != 0) std::raise(signal);
    const auto tell = [this](const std::string& line) { told += line + "\n"; };
    try {
      return wait_for_answer(pending, {nullptr, &input, &signals}, steady_clock::now() + patience,
                             tell)
          .code()
          .reveal();
    } catch (const Error& error) {
      return std::to_string(error.exit_status()) + " " + error.message;
    }
  }

  const oauth::PendingAuthorization pending = oauth::pending_at();
  const std::string state = "state=" + pending.state.reveal();
  int signal = 0;
  std::string told;
};

}  // namespace

TEST_CASE("a pasted URL or query is taken, CB-13") {
  Pasting pasting;
  CHECK(pasting.paste("http://127.0.0.1:8000/callback?code=c&" + pasting.state + "\n") == "c");
  CHECK(pasting.paste("\n  code=abc==&" + pasting.state + "\r\n", true) == "abc==");
  CHECK(pasting.paste("?" + pasting.state + "&code=c") == "c");  // without a line end
  CHECK(pasting.paste(std::string(9000, ' ') + pasting.state + "&code=c\n") == "c");
  CHECK(pasting.told.empty());
}

TEST_CASE("a pasted answer that is not ours is told, and the wait goes on, CB-1, CB-13") {
  Pasting pasting;
  CHECK(pasting.paste("code=c\nhello\ncode=c&state=x\ncode=c&" + pasting.state + "\n") == "c");
  CHECK(pasting.told.find("it has no state") != std::string::npos);
  CHECK(pasting.told.find("its state is not the one of this login") != std::string::npos);
  CHECK(pasting.told.find("code=c") == std::string::npos);
}

TEST_CASE("a pasted refusal ends the wait with its code, CB-12") {
  Pasting pasting;
  CHECK(pasting.paste("error=access_denied&" + pasting.state + "\n") ==
        "3 the login was refused: access_denied");
  CHECK(pasting.paste("error=invalid_scope&error_description=No+b&" + pasting.state + "\n") ==
        "3 the login was refused: invalid_scope: No b");
  CHECK(pasting.paste("code=a&code=b&" + pasting.state + "\n").starts_with("7 "));
}

TEST_CASE("input that ends without an answer ends the wait only when nothing else can answer") {
  Pasting pasting;
  CHECK(pasting.paste("") == "2 the input ended without the redirected URL");
  CHECK(pasting.paste("hello\n") == "2 the input ended without the redirected URL");

  CallbackListener listener(
      {oauth::parse_redirect_uri("http://127.0.0.1:0/callback")}, std::nullopt,
      [](const std::string&) {}, [](const std::string&) {});
  listener.start(pasting.pending);
  const Piped piped("");
  LineReader input;
  const SignalsWatched signals;
  const auto deadline = steady_clock::now() + std::chrono::milliseconds(50);
  try {
    wait_for_answer(pasting.pending, {&listener, &input, &signals}, deadline,
                    [](const std::string&) {});
    FAIL("nobody answered");
  } catch (const Error& error) {
    CHECK(error.code == Code::timeout);
  }
}

TEST_CASE("the wait ends at its deadline, and at a signal before all else, LI-18") {
  Pasting pasting;
  CHECK(pasting.paste("", true, std::chrono::milliseconds(1)) ==
        "5 nobody finished the login in time");
  pasting.signal = SIGINT;
  CHECK(pasting.paste("code=c&" + pasting.state + "\n") == "130 interrupted");
}

TEST_CASE("the wait shows that it goes on, and takes that away for what is typed and at its end") {
  Pasting pasting;
  std::string signs;
  const WaitSigns shown{.show = [&](Seconds left) { signs += std::to_string(left.count()) + " "; },
                        .clear = [&] { signs += "clear "; }};
  const auto wait = [&](const std::string& text, bool open, std::chrono::milliseconds patience) {
    signs.clear();
    const Piped piped(text, open);
    LineReader input;
    const SignalsWatched signals;
    const AnswerSources sources{nullptr, &input, &signals, shown};
    wait_for_answer(pasting.pending, sources, steady_clock::now() + patience,
                    [](const std::string&) {});
  };
  wait("code=c&" + pasting.state + "\n", true, std::chrono::seconds(20));
  CHECK(signs == "20 clear clear ");
  CHECK_THROWS_AS(wait("", true, std::chrono::milliseconds(450)), Error);
  CHECK(signs == "1 1 1 clear ");
  // A line that was begun stays untouched.
  CHECK_THROWS_AS(wait("code=c", true, std::chrono::milliseconds(450)), Error);
  CHECK(signs == "1 clear clear ");
}
