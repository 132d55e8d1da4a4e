#include "flow/answer_wait.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "flow/login_refusal.h"

namespace xauth::flow {

namespace {

using std::chrono::steady_clock;

// A provider that does not know the redirect URI tells the person, in the browser, and nobody else.
Error nobody_came(const oauth::PendingAuthorization& pending) {
  return {Code::timeout, "nobody finished the login in time",
          "run the command again (--timeout SECONDS gives more time); if the browser showed an "
          "error, register this redirect URI with the provider: " +
              pending.registered_uri};
}

// Shows that the wait goes on, and how long it may be until the next time.
std::chrono::milliseconds show_sign(const AnswerSources& sources, std::chrono::milliseconds left) {
  constexpr std::chrono::milliseconds kLongest{60'000};
  constexpr std::chrono::milliseconds kTurn{200};
  const bool typing = sources.input != nullptr && sources.input->within_line();
  if (!sources.signs.show || typing) return kLongest;
  sources.signs.show(std::chrono::ceil<Seconds>(left));
  return kTurn;
}

// Sleeps until something may have come, at most until the deadline.
void sleep_until_news(const AnswerSources& sources, steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
  const auto most = show_sign(sources, left);
  std::array<pollfd, 3> news = {{
      {sources.signals->descriptor(), POLLIN, 0},
      {sources.listener != nullptr ? sources.listener->descriptor() : -1, POLLIN, 0},
      {sources.input != nullptr ? sources.input->descriptor() : -1, POLLIN, 0},
  }};
  poll(news.data(), news.size(),
       static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, most.count())));
  if (sources.input == nullptr || news[2].revents == 0) return;
  if (sources.signs.clear) sources.signs.clear();
  sources.input->read_some();
}

std::optional<oauth::CallbackVerdict> take_pasted(const oauth::PendingAuthorization& pending,
                                                  LineReader& input,
                                                  const CallbackListener::Say& say) {
  std::string line;
  while (input.take_line(line)) {
    const std::string query = oauth::query_of_pasted(line);
    if (query.empty()) continue;
    auto verdict = oauth::check_callback(pending, query);
    const auto* stray = std::get_if<oauth::NotOurs>(&verdict);
    if (stray == nullptr) return verdict;
    say("that is not the answer to this login (" + stray->why +
        "); paste the whole address that the browser ended at, only here");
  }
  return std::nullopt;
}

oauth::CheckedCallback accept(oauth::CallbackVerdict verdict,
                              const oauth::PendingAuthorization& pending) {
  if (auto* callback = std::get_if<oauth::CheckedCallback>(&verdict)) return *callback;
  if (const auto* refusal = std::get_if<oauth::Refusal>(&verdict)) {
    throw login_refused(*refusal, pending.client, pending.registered_uri);
  }
  throw std::get<Error>(verdict);
}

}  // namespace

oauth::CheckedCallback wait_for_answer(const oauth::PendingAuthorization& pending,
                                       const AnswerSources& sources,
                                       steady_clock::time_point deadline,
                                       const CallbackListener::Say& say) {
  struct Cleared {  // however the wait ends
    const WaitSigns& signs;
    ~Cleared() {
      if (signs.clear) signs.clear();
    }
  };
  const Cleared at_end{sources.signs};
  while (true) {
    SignalsWatched::throw_if_received();
    if (sources.listener != nullptr) {
      if (auto verdict = sources.listener->take_answer())
        return accept(*std::move(verdict), pending);
    }
    if (sources.input != nullptr) {
      if (auto verdict = take_pasted(pending, *sources.input, say)) {
        return accept(*std::move(verdict), pending);
      }
      if (sources.listener == nullptr && sources.input->descriptor() < 0) {
        throw Error(Code::usage, "the input ended without the redirected URL",
                    "paste the whole address that the browser ended at");
      }
    }
    if (steady_clock::now() >= deadline) throw nobody_came(pending);
    sleep_until_news(sources, deadline);
  }
}

}  // namespace xauth::flow
