#include "flow/answer_wait.h"

#include <poll.h>

#include <array>
#include <cerrno>
#include <optional>

namespace xauth::flow {

namespace {

using std::chrono::steady_clock;

// Sleeps until something may have come; throws Error (timeout) once the deadline has passed.
void sleep_until_news(const AnswerSources& sources, steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
  if (left.count() <= 0) {
    throw Error(Code::timeout, "nobody finished the login in time",
                "run the command again; --timeout SECONDS gives more time");
  }
  std::array<pollfd, 3> news = {{
      {sources.signals->descriptor(), POLLIN, 0},
      {sources.listener != nullptr ? sources.listener->descriptor() : -1, POLLIN, 0},
      {sources.input != nullptr ? sources.input->descriptor() : -1, POLLIN, 0},
  }};
  poll(news.data(), news.size(), static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
  if (sources.input != nullptr && news[2].revents != 0) sources.input->read_some();
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

oauth::CheckedCallback accept(oauth::CallbackVerdict verdict) {
  if (auto* callback = std::get_if<oauth::CheckedCallback>(&verdict)) return *callback;
  if (const auto* refusal = std::get_if<oauth::Refusal>(&verdict)) {
    throw Error(oauth::code_of(*refusal), "the login was refused: " + oauth::text_of(*refusal), {},
                refusal->error);
  }
  throw std::get<Error>(verdict);
}

}  // namespace

oauth::CheckedCallback wait_for_answer(const oauth::PendingAuthorization& pending,
                                       const AnswerSources& sources,
                                       steady_clock::time_point deadline,
                                       const CallbackListener::Say& say) {
  while (true) {
    SignalsWatched::throw_if_received();
    if (sources.listener != nullptr) {
      if (auto verdict = sources.listener->take_answer()) return accept(*std::move(verdict));
    }
    if (sources.input != nullptr) {
      if (auto verdict = take_pasted(pending, *sources.input, say)) {
        return accept(*std::move(verdict));
      }
      if (sources.listener == nullptr && sources.input->descriptor() < 0) {
        throw Error(Code::usage, "the input ended without the redirected URL",
                    "paste the whole address that the browser ended at");
      }
    }
    sleep_until_news(sources, deadline);
  }
}

}  // namespace xauth::flow
