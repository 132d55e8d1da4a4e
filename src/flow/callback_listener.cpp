#include "flow/callback_listener.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>

#include "base/error.h"
#include "flow/callback_request.h"
#include "system/files.h"
#include "system/loopback_server.h"

namespace xauth::flow {

namespace {

constexpr std::size_t kLongestForm = 64 * 1024;    // bytes of an answer that is posted
constexpr std::chrono::seconds kFetchPatience{1};  // for the browser to follow the 303
constexpr int kLocalhostTries = 8;  // free ports to try until both families have the same one

}  // namespace

struct CallbackListener::Impl {
  Impl(Say told, Say detailed, oauth::ResponseMode mode)
      : say(std::move(told)), detail(std::move(detailed)) {
    if (mode == oauth::ResponseMode::form_post) limits.body = kLongestForm;
    if (!ready) throw Error(Code::failure, "cannot make an event descriptor");
  }

  OutgoingReply handle(const IncomingRequest& request);
  OutgoingReply judge(std::string_view query);
  OutgoingReply await_result(std::unique_lock<std::mutex>& lock);
  void count_stray(const std::string& why);
  void report_strays();
  void bind_candidate(const oauth::RedirectUri& candidate, const std::optional<ListenAddress>& at);
  int bind_address(const oauth::RedirectUri& candidate);
  int bind_localhost(int port);
  void new_server();

  Say say;
  Say detail;
  ServerLimits limits;
  std::unique_ptr<LoopbackServer> server;
  CallbackPlace place;
  std::string redirect_uri;
  std::optional<oauth::PendingAuthorization> pending;  // set before the server starts
  Descriptor ready{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};

  std::mutex mutex;
  std::condition_variable changed;
  std::optional<oauth::CallbackVerdict> answer;
  bool answered = false;     // an answer of ours has come; further ones change nothing
  std::optional<Page> page;  // what came of it
  bool page_fetched = false;
  int strays = 0;
};

OutgoingReply CallbackListener::Impl::handle(const IncomingRequest& request) {
  const SortedRequest sorted = sort_request(request, place);
  if (sorted.kind == RequestKind::callback) return judge(sorted.query);
  if (sorted.kind == RequestKind::foreign) {
    detail("a request that is no answer to the login got " + std::to_string(sorted.status));
    return reply_with_status(sorted.status);
  }
  const std::lock_guard lock(mutex);
  if (sorted.kind == RequestKind::not_navigated) {
    count_stray("a page asked for it, not a person");
    return reply_with_status(sorted.status);
  }
  if (!page) return reply_with_status(404);
  page_fetched = true;
  changed.notify_all();
  return reply_with(*page);
}

OutgoingReply CallbackListener::Impl::judge(std::string_view query) {
  oauth::CallbackVerdict verdict = oauth::check_callback(*pending, query);
  std::unique_lock lock(mutex);
  if (const auto* stray = std::get_if<oauth::NotOurs>(&verdict)) {
    count_stray(stray->why);
    return reply_with(Page::not_ours);
  }
  if (answered) return reply_with(Page::already_used);
  answered = true;
  answer = std::move(verdict);
  eventfd_write(ready.get(), 1);
  return await_result(lock);
}

// Holds the browser until the tokens are saved, then sends it to a path without the code.
OutgoingReply CallbackListener::Impl::await_result(std::unique_lock<std::mutex>& lock) {
  changed.wait(lock, [&] { return page.has_value(); });
  OutgoingReply reply = reply_with_status(303);
  reply.headers.emplace_back("Location", place.result_path);
  return reply;
}

void CallbackListener::Impl::count_stray(const std::string& why) {
  if (++strays == 1) {
    say("ignored a reply that is not the answer to this login (" + why + "); still waiting");
  } else {
    detail("ignored another reply: " + why);
  }
}

void CallbackListener::Impl::report_strays() {
  if (strays > 1) say("ignored " + std::to_string(strays) + " replies that were not ours");
}

void CallbackListener::Impl::new_server() {
  server = std::make_unique<LoopbackServer>(
      [this](const IncomingRequest& request) { return handle(request); }, limits);
}

// For `localhost`: the same port of both families, so that no stranger answers on the other one.
// A family that this machine does not have is done without. RFC 8252 §8.3
int CallbackListener::Impl::bind_localhost(int port) {
  for (int attempt = 1;; ++attempt) {
    new_server();
    try {
      const int bound = server->bind("127.0.0.1", port);
      try {
        return server->bind("::1", bound);
      } catch (const BindFailure& failure) {
        if (failure.reason == EADDRNOTAVAIL || failure.reason == EAFNOSUPPORT) return bound;
        if (port != 0 || attempt == kLocalhostTries) throw;
      }
    } catch (const BindFailure& failure) {
      if (failure.reason != EADDRNOTAVAIL) throw;
      return server->bind("::1", port);
    }
  }
}

int CallbackListener::Impl::bind_address(const oauth::RedirectUri& candidate) {
  const std::string& host = candidate.url->host;
  const int port = candidate.url->effective_port();
  if (host == "localhost") return bind_localhost(port);
  new_server();
  return server->bind(host == "[::1]" ? "::1" : host, port);
}

void CallbackListener::Impl::bind_candidate(const oauth::RedirectUri& candidate,
                                            const std::optional<ListenAddress>& at) {
  if (at) {
    new_server();
    const int port = server->bind(at->address, at->port);
    place = callback_place(*candidate.url, at->address, port);
    redirect_uri =
        candidate.url->port == 0 ? oauth::with_port(candidate, port).text : candidate.text;
    return;
  }
  const int port = bind_address(candidate);
  const auto bound = oauth::with_port(candidate, candidate.url->port < 0 ? -1 : port);
  const bool v6 = bound.url->host == "[::1]";
  place = callback_place(*bound.url, v6 ? "::1" : "127.0.0.1", port);
  redirect_uri = bound.text;
}

CallbackListener::CallbackListener(const std::vector<oauth::RedirectUri>& candidates,
                                   const std::optional<ListenAddress>& listen, Say say, Say detail,
                                   oauth::ResponseMode mode)
    : impl_(std::make_unique<Impl>(std::move(say), std::move(detail), mode)) {
  std::string tried;
  std::string trouble;
  for (const auto& candidate : candidates) {
    try {
      impl_->bind_candidate(candidate, listen);
      return;
    } catch (const BindFailure& failure) {
      trouble = failure.message;
      if (candidates.size() > 1) impl_->say(trouble);  // why another redirect URI is used
      tried += (tried.empty() ? "" : ", ") + candidate.text;
    }
  }
  if (candidates.size() > 1) trouble = "no redirect URI could be listened on";
  throw Error(Code::failure, trouble + ": " + tried,
              "end the program that holds the port, or register another redirect URI with the "
              "provider and give it with --redirect-uri");
}

CallbackListener::~CallbackListener() {
  if (!impl_) return;
  {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->page) impl_->page = Page::failed;  // releases a browser that still waits
    impl_->changed.notify_all();
  }
  if (impl_->server) impl_->server->stop();
}

const std::string& CallbackListener::redirect_uri() const { return impl_->redirect_uri; }

void CallbackListener::start(const oauth::PendingAuthorization& pending) {
  impl_->pending = pending;
  impl_->place.posters = posters_of(pending);
  impl_->server->start();
}

int CallbackListener::descriptor() const { return impl_->ready.get(); }

std::optional<oauth::CallbackVerdict> CallbackListener::take_answer() {
  const std::lock_guard lock(impl_->mutex);
  return std::exchange(impl_->answer, std::nullopt);
}

void CallbackListener::finish(Page page) {
  {
    std::unique_lock lock(impl_->mutex);
    impl_->page = page;
    impl_->changed.notify_all();
    if (impl_->answered) {
      impl_->changed.wait_for(lock, kFetchPatience, [&] { return impl_->page_fetched; });
    }
    impl_->report_strays();
  }
  impl_->server->stop();
}

}  // namespace xauth::flow
