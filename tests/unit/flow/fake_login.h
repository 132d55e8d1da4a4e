// A login with a faked outside, in which any one call can fail, and a browser that comes back.
#pragma once

#include <atomic>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "flow/browser_login.h"
#include "unit/flow/browser.h"

namespace xauth::flow {

inline HttpResponse json_answer(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

class FakeLogin {
 public:
  FakeLogin() {
    login.provider.token_url = "https://as.example/token";
    login.provider.authorize_url = "https://as.example/authorize";
    login.provider.userinfo_url = "https://as.example/me";
    login.client.id = "client";
    login.redirect_uris = {oauth::parse_redirect_uri("http://127.0.0.1:0/callback")};
    login.timeout = Seconds(20);
    login.on_authorize_url = [this](const Url& url, const std::string& redirect_uri) {
      state = parameter_of(url, "state");
      browser = std::async(std::launch::async, [this, redirect_uri] {
        return bring(redirect_uri, query + "&state=" + state);
      });
    };
    login.on_waiting = [](const std::string&) {};
    login.on_detail = [](const std::string&) {};
  }

  // The outside, whose call number `failing` (from 1, in the order of `calls`) fails.
  System system() {
    return {
        .now = [this] { return called("now", Code::failure), Time(Seconds(1'700'000'000)); },
        .sleep = [](std::chrono::milliseconds) {},
        .fill_random =
            [this](std::span<std::byte> bytes) {
              called("random", Code::failure);
              std::fill(bytes.begin(), bytes.end(), std::byte{7});
            },
        .send =
            [this](const HttpRequest& request) {
              const bool account = request.url.path == "/me";
              called(account ? "account" : "token", Code::unreachable);
              sent.push_back(request);
              return account ? account_answer() : token_answer();
            },
        .open_browser =
            [this](const Url&) {
              ++opened;
              if (no_browser) throw Error(Code::failure, "no browser could be started");
            },
        .say =
            [this](const std::string& line) {
              const std::lock_guard lock(mutex_);
              told_ += line + "\n";
            },
    };
  }

  Granted run() {
    return browser_login(system(), login, [this](const Granted& granted) {
      called("keep", Code::storage);
      kept.push_back(granted);
    });
  }

  // What the walk ended with; 0 when it went through.
  int ends_with() {
    try {
      run();
      return 0;
    } catch (const Error& error) {
      last_error = error;
      return error.exit_status();
    }
  }

  // The page that the browser was left with; empty when it never started.
  std::string page() { return browser.valid() ? browser.get() : std::string(); }

  std::string told() const {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  BrowserLogin login;
  std::string query = "code=c";  // what the browser brings, beside the state
  std::function<HttpResponse()> token_answer = [] {
    return json_answer(R"({"access_token":"at","token_type":"bearer","refresh_token":"rt"})");
  };
  std::function<HttpResponse()> account_answer = [] {
    return json_answer(R"({"sub":"1","preferred_username":"someone"})");
  };
  bool no_browser = false;
  std::size_t failing = 0;  // none

  std::string state;
  std::vector<std::string> calls;
  std::vector<HttpRequest> sent;
  std::vector<Granted> kept;
  std::atomic<int> opened = 0;
  Error last_error{Code::failure, ""};
  std::future<std::string> browser;

 private:
  void called(const char* name, Code code) {
    calls.push_back(name);
    if (calls.size() == failing) throw SendFailure(code, std::string(name) + " failed", {}, true);
  }

  mutable std::mutex mutex_;
  std::string told_;
};

}  // namespace xauth::flow
