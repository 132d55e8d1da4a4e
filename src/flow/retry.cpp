#include "flow/retry.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/http_date.h"

namespace xauth::flow {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// When the last try may begin. It takes 30 s at most, and others wait 45 s for the profile's lock.
constexpr milliseconds kLatest{10'000};
constexpr milliseconds kPause{200};   // before the second try; three times that before the third
constexpr milliseconds kTold{3'000};  // waits from here on are told
constexpr int kMost = 2;              // tries after the first

enum class Trouble { none, unsent, busy, lost };

Trouble trouble_of(const HttpResponse& response) {
  switch (response.status) {
    case 429:
    case 503:
      return Trouble::busy;
    case 500:
    case 502:
    case 504:
      return Trouble::lost;
    default:
      return Trouble::none;
  }
}

Trouble trouble_of(const SendFailure& failure) {
  if (failure.code != Code::unreachable) return Trouble::none;
  return failure.reached ? Trouble::lost : Trouble::unsent;
}

// Between one half and three halves of `pause`, so that many processes do not come back together.
milliseconds by_lot(const System& system, milliseconds pause) {
  std::array<std::byte, 2> drawn{};
  system.fill_random(drawn);
  const int lot = std::to_integer<int>(drawn[0]) * 256 + std::to_integer<int>(drawn[1]);
  return pause / 2 + pause * lot / 65'535;
}

// The tries and the time that are left.
class Patience {
 public:
  Patience(const System& system, const Retries& retries) : system_(system), left_(retries) {}

  HttpResponse send(const HttpRequest& request) {
    struct Timed {
      milliseconds& spent;
      Clock::time_point begun = Clock::now();
      ~Timed() { spent += std::chrono::duration_cast<milliseconds>(Clock::now() - begun); }
    };
    const Timed timed{spent_};
    return system_.send(request);
  }

  // Waits before another try; false when there is to be none.
  bool wait(Trouble trouble, const HttpRequest& request, std::optional<Seconds> told) {
    int* left = left_for(trouble);
    if (left == nullptr || *left == 0 || tries_ == kMost) return false;
    const Seconds asked = told.value_or(Seconds(0));
    if (asked > kLatest) return false;
    const milliseconds pause = asked + by_lot(system_, tries_ == 0 ? kPause : 3 * kPause);
    if (spent_ + pause > kLatest) return false;
    if (pause >= kTold) {
      system_.say(request.url.host + " asks to wait " + std::to_string(asked.count()) +
                  " s before it is asked again");
    }
    system_.sleep(pause);
    spent_ += pause;
    ++tries_;
    --*left;
    return true;
  }

 private:
  int* left_for(Trouble trouble) {
    switch (trouble) {
      case Trouble::unsent:
        return &left_.unsent;
      case Trouble::busy:
        return &left_.busy;
      case Trouble::lost:
        return &left_.lost;
      case Trouble::none:
        return nullptr;
    }
    return nullptr;
  }

  const System& system_;
  Retries left_;
  int tries_ = 0;  // after the first
  milliseconds spent_{0};
};

}  // namespace

std::optional<Seconds> retry_after(const HttpResponse& response, Time now) {
  return parse_retry_after(find_header(response.headers, "Retry-After").value_or(""), now);
}

Exchange send_patiently(const System& system, const std::function<HttpRequest()>& make,
                        const Retries& retries) {
  Patience patience(system, retries);
  for (;;) {
    HttpRequest request = make();
    try {
      HttpResponse response = patience.send(request);
      const Trouble trouble = trouble_of(response);
      const bool again = trouble != Trouble::none &&
                         patience.wait(trouble, request, retry_after(response, system.now()));
      if (!again) return {std::move(request), std::move(response)};
    } catch (const SendFailure& failure) {
      if (!patience.wait(trouble_of(failure), request, std::nullopt)) throw;
    }
  }
}

}  // namespace xauth::flow
