#include "cli/trace.h"

#include <chrono>
#include <memory>
#include <mutex>

#include "base/terminal_text.h"
#include "cli/redaction.h"
#include "system/proxy.h"

namespace xauth::cli {

namespace {

class Stopwatch {
 public:
  std::string text() const {
    const auto time = std::chrono::steady_clock::now() - begun_;
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) +
           " ms";
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

std::string through(const Url& url) {
  const Proxy proxy = find_proxy(url);
  if (proxy.url.empty()) return {};
  return " through the proxy " + for_terminal(name_of(proxy), 128) +
         (proxy.exceptions.empty() ? "" : ", unless NO_PROXY names the host");
}

// The secrets that were met so far; requests may be under way in several threads.
struct Traced {
  Send send;
  Tell tell;
  Redaction redaction;
  std::mutex mutex;

  void tell_request(const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    redaction.learn(request);
    tell("> " + request.method + " " + redaction.shown(request.url) + through(request.url));
    for (const auto& [name, value] : request.headers) {
      tell("> " + for_terminal(name) + ": " + redaction.shown_header(name, value));
    }
    if (!request.authorization.empty()) {
      const std::string& value = request.authorization.reveal();
      tell("> Authorization: " + for_terminal(value.substr(0, value.find(' ')), 16) + " ***");
    }
    if (request.form) tell("> " + redaction.shown(*request.form));
  }

  void tell_response(const HttpResponse& response, const std::string& time) {
    const std::lock_guard lock(mutex);
    redaction.learn(response);
    tell("< " + std::to_string(response.status) + " in " + time);
    for (const auto& [name, value] : response.headers) {
      tell("< " + for_terminal(name, 64) + ": " + redaction.shown_header(name, value));
    }
    if (const auto body = redaction.shown_body(response); !body.empty()) tell("< " + body);
  }

  void tell_failure(const Error& error, const std::string& time) {
    const std::lock_guard lock(mutex);
    tell("< no answer in " + time + ": " + error.message);
  }
};

// What happened to a redirect, which is not followed; empty for any other answer.
std::string redirect_of(const HttpResponse& response) {
  if (response.status < 300 || response.status > 399) return {};
  const auto target = parse_url(find_header(response.headers, "Location").value_or(""));
  return target ? ", a redirect to " + target->authority() + " that is not followed" : "";
}

}  // namespace

Send traced(Send send, Tell tell, std::vector<std::string> secret_paths) {
  const auto state = std::make_shared<Traced>();
  state->send = std::move(send);
  state->tell = std::move(tell);
  state->redaction = Redaction(std::move(secret_paths));
  return [state](const HttpRequest& request) {
    state->tell_request(request);
    const Stopwatch watch;
    try {
      HttpResponse response = state->send(request);
      state->tell_response(response, watch.text());
      return response;
    } catch (const Error& error) {
      state->tell_failure(error, watch.text());
      throw;
    }
  };
}

Send told_briefly(Send send, Tell tell) {
  return [send = std::move(send), tell = std::move(tell)](const HttpRequest& request) {
    const std::string what = request.method + " " + request.url.scheme + "://" +
                             request.url.authority() + for_terminal(request.url.path, 256) +
                             through(request.url) + ": ";
    const Stopwatch watch;
    try {
      HttpResponse response = send(request);
      tell(what + std::to_string(response.status) + redirect_of(response) + ", " + watch.text());
      return response;
    } catch (const Error& error) {
      tell(what + error.message + ", " + watch.text());
      throw;
    }
  };
}

}  // namespace xauth::cli
