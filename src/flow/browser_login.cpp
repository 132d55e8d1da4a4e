#include "flow/browser_login.h"

#include <chrono>
#include <future>

#include "base/http_date.h"
#include "flow/answer_wait.h"
#include "flow/login_refusal.h"
#include "flow/moment.h"
#include "flow/retry.h"
#include "system/signals.h"
#include "system/terminal.h"

namespace xauth::flow {

namespace {

constexpr int kPastedPort = 8000;  // stands for "any" where nobody listens

std::string pasted_redirect_uri(const oauth::RedirectUri& uri) {
  return uri.url && uri.url->port == 0 ? oauth::with_port(uri, kPastedPort).text : uri.text;
}

// Starts the browser beside the wait: some openers take a while, and the answer may come before
// they have ended. The end of the result is the end of the opener's first second.
std::future<void> open_browser(const System& system, const Url& url) {
  return std::async(std::launch::async, [&system, url] {
    try {
      system.open_browser(url);
    } catch (const Error& error) {
      system.say(error.message);
    }
  });
}

Granted exchange(const System& system, const BrowserLogin& login,
                 const oauth::PendingAuthorization& pending,
                 const oauth::CheckedCallback& callback) {
  const auto make = [&] {
    return oauth::make_code_request(pending, callback, login.token_params, moment_of(system));
  };
  const auto [request, response] = send_patiently(system, make, kForCode);
  auto answer = oauth::check_token_response(pending.provider, request, response);
  if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
    throw login_refused(*refusal, pending.client, pending.registered_uri);
  }
  Granted granted{.grant = std::get<oauth::TokenGrant>(std::move(answer)),
                  .account = std::nullopt,
                  .issued_at = system.now(),
                  .redirect_uri = pending.redirect_uri,
                  .id_token_asked = std::nullopt};
  if (oauth::asks_openid(login.options.scope)) {
    const auto date = find_header(response.headers, "Date").value_or("");
    granted.id_token_asked = {.nonce = pending.nonce,
                              .max_age = max_age_of(login.options.max_age),
                              .provider_time = parse_http_date(date, granted.issued_at)};
  }
  return granted;
}

Page page_for(const Error& error) {
  return error.code == Code::refused ? Page::refused : Page::failed;
}

oauth::PendingAuthorization prepare(const System& system, const BrowserLogin& login,
                                    const std::string& redirect_uri) {
  auto pending =
      oauth::make_authorization_request(login.provider, login.client, redirect_uri, login.options,
                                        draw(system), draw(system), draw(system));
  pending.registered_uri = oauth::registered_form(login.redirect_uris, redirect_uri);
  return pending;
}

// One login from the bound listener on; `listener` is null when the answer is to be pasted.
class Attempt {
 public:
  Attempt(const System& system, const BrowserLogin& login, CallbackListener* listener)
      : system_(system),
        login_(login),
        listener_(listener),
        pending_(prepare(system, login,
                         listener != nullptr ? listener->redirect_uri()
                                             : pasted_redirect_uri(login.redirect_uris.front()))) {}

  Granted run(const SignalsWatched& signals, const Keep& keep) {
    if (listener_ != nullptr) listener_->start(pending_);
    login_.on_authorize_url(pending_.url, pending_.redirect_uri);
    const std::future<void> opener = open_browser(system_, pending_.url);
    login_.on_waiting(pending_.redirect_uri);

    const auto callback = wait(signals);
    Granted granted = exchange(system_, login_, pending_, callback);
    keep_granted(system_, pending_.provider, pending_.client, granted, keep);
    return granted;
  }

 private:
  oauth::CheckedCallback wait(const SignalsWatched& signals) {
    std::optional<LineReader> input;
    if (login_.read_input) input.emplace();
    const AnswerSources sources{listener_, input ? &*input : nullptr, &signals, login_.signs};
    return wait_for_answer(pending_, sources, std::chrono::steady_clock::now() + login_.timeout,
                           system_.say);
  }

  const System& system_;
  const BrowserLogin& login_;
  CallbackListener* listener_;
  const oauth::PendingAuthorization pending_;
};

}  // namespace

Granted browser_login(const System& system, const BrowserLogin& login, const Keep& keep) {
  const SignalsWatched signals;
  std::optional<CallbackListener> listener;
  if (!login.paste_only) {
    listener.emplace(login.redirect_uris, login.listen, system.say, login.on_detail,
                     oauth::response_mode_of(login.provider, login.options.params));
  }
  Attempt attempt(system, login, listener ? &*listener : nullptr);
  try {
    Granted granted = attempt.run(signals, keep);
    if (listener) listener->finish(Page::saved);
    return granted;
  } catch (const Error& error) {
    if (listener) listener->finish(page_for(error));
    SignalsWatched::throw_if_received();
    throw;
  }
}

}  // namespace xauth::flow
