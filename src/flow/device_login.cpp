#include "flow/device_login.h"

#include <algorithm>

#include "flow/login_refusal.h"
#include "flow/moment.h"
#include "flow/retry.h"
#include "system/signals.h"

namespace xauth::flow {

namespace {

constexpr Seconds kLongestPause{60};  // between two tries to reach the provider

Error expired() {
  return {Code::timeout, "nobody approved the login before the code expired",
          "run the command again for a new code"};
}

Error nobody_answered() {
  return {Code::timeout, "nobody approved the login in time",
          "run the command again (--timeout SECONDS gives more time)"};
}

Error refused(const oauth::Refusal& refusal, const oauth::Client& client) {
  Error error = login_refused(refusal, client, {});
  if (refusal.meaning != "expired_token") return error;
  Error told = expired();
  told.provider_error = error.provider_error;
  return told;
}

// How long the wait may still last. Waits are counted as they are made, which no change of the
// clock shortens; but the clock also sees the time that a request, or a suspended machine, takes.
class Countdown {
 public:
  Countdown(const System& system, const DeviceLogin& login, Time start, Seconds life)
      : system_(system), login_(login), start_(start), life_(life) {}

  Seconds left() const { return life_ - std::max(waited_, system_.now() - start_); }

  // Waits `duration`, telling each second; false when the end came first.
  bool wait(Seconds duration) {
    while (duration.count() > 0 && left().count() > 0) {
      login_.on_waiting(left());
      system_.sleep(Seconds(1));
      waited_ += Seconds(1);
      duration -= Seconds(1);
    }
    return left().count() > 0;
  }

 private:
  const System& system_;
  const DeviceLogin& login_;
  const Time start_;
  const Seconds life_;
  Seconds waited_{0};
};

class Attempt {
 public:
  Attempt(const System& system, const DeviceLogin& login) : system_(system), login_(login) {}

  oauth::TokenGrant run() {
    const Time start = system_.now();
    const auto code = ask_for_code();
    const Seconds life = std::min(code.expires_in, login_.timeout.value_or(code.expires_in));
    Countdown countdown(system_, login_, start, life);
    login_.on_code(code, life);
    interval_ = code.interval;
    while (countdown.wait(pause())) {
      if (auto grant = poll(code)) return *std::move(grant);
    }
    throw life == code.expires_in ? expired() : nobody_answered();
  }

 private:
  oauth::DeviceAuthorization ask_for_code() const {
    const auto request = oauth::make_device_request(login_.provider, login_.client, login_.options,
                                                    moment_of(system_));
    auto answer = oauth::check_device_response(login_.provider, request, system_.send(request));
    if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
      throw refused(*refusal, login_.client);
    }
    return std::get<oauth::DeviceAuthorization>(std::move(answer));
  }

  // The pause before the next request: the interval, doubled for each failure in a row; or longer,
  // where the provider said so.
  Seconds pause() const {
    const Seconds least = std::max(interval_, told_to_wait_);
    if (failures_ == 0) return least;
    const Seconds doubled = interval_ * (1 << std::min(failures_, 6));
    return std::max(least, std::min(doubled, kLongestPause));
  }

  // The grant, once there is one.
  std::optional<oauth::TokenGrant> poll(const oauth::DeviceAuthorization& code) {
    auto answer = ask(code);
    if (auto* grant = std::get_if<oauth::TokenGrant>(&answer)) return std::move(*grant);
    if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
      throw refused(*refusal, login_.client);
    }
    interval_ = oauth::next_interval(interval_, std::get<oauth::Pending>(answer));
    return std::nullopt;
  }

  // The answer to one request; a provider that cannot be reached has not answered yet.
  oauth::DevicePoll ask(const oauth::DeviceAuthorization& code) {
    const auto request = oauth::make_device_token_request(
        login_.provider, login_.client, code.device_code, login_.token_params, moment_of(system_));
    told_to_wait_ = Seconds(0);
    try {
      const HttpResponse response = system_.send(request);
      told_to_wait_ = retry_after(response, system_.now()).value_or(Seconds(0));
      auto answer = oauth::check_device_token_response(login_.provider, request, response);
      failures_ = 0;
      return answer;
    } catch (const Error& error) {
      SignalsWatched::throw_if_received();
      if (error.code != Code::unreachable) throw;
      if (failures_++ == 0) system_.say(error.message + "; trying again, ever more slowly");
      return oauth::Pending{};
    }
  }

  const System& system_;
  const DeviceLogin& login_;
  Seconds interval_{0};
  Seconds told_to_wait_{0};  // by the last answer
  int failures_ = 0;         // in a row
};

// No nonce is sent to a device endpoint. RFC 8628 §3.1
std::optional<IdTokenAsked> id_token_asked(const DeviceLogin& login) {
  if (!oauth::asks_openid(login.options.scope)) return std::nullopt;
  return IdTokenAsked{
      .nonce = {}, .max_age = max_age_of(login.options.max_age), .provider_time = {}};
}

}  // namespace

Granted device_login(const System& system, const DeviceLogin& login, const Keep& keep) {
  const SignalsWatched signals;
  try {
    Granted granted{.grant = Attempt(system, login).run(),
                    .account = std::nullopt,
                    .issued_at = system.now(),
                    .redirect_uri = {},
                    .id_token_asked = id_token_asked(login)};
    keep_granted(system, login.provider, login.client, granted, keep);
    return granted;
  } catch (const Error&) {
    SignalsWatched::throw_if_received();
    throw;
  }
}

}  // namespace xauth::flow
