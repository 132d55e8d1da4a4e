// The one-shot loopback listener of a login: it judges every request, keeps the one answer, and
// shows its browser what came of it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flow/pages.h"
#include "oauth/callback.h"
#include "oauth/redirect_uri.h"

namespace xauth::flow {

// Where to bind when a tunnel or a container makes that differ from the redirect URI.
struct ListenAddress {
  std::string address;  // an IP literal without brackets
  int port = 0;
};

class CallbackListener {
 public:
  using Say = std::function<void(const std::string& line)>;

  // Binds the first of `candidates` whose port is free (for `localhost` on both 127.0.0.1 and ::1)
  // or, when given, `listen` with the first candidate. `say` hears of the first stray answer and,
  // where there are several candidates, of every port that was taken, `detail` of every other stray
  // request; both may be called from other threads. A body is read only where `mode` says that the
  // answer comes in one. Throws Error (failure) that names the ports when none can be had. RFC 8252
  // §7.3, §8.3
  CallbackListener(const std::vector<oauth::RedirectUri>& candidates,
                   const std::optional<ListenAddress>& listen, Say say, Say detail,
                   oauth::ResponseMode mode = oauth::ResponseMode::query);
  ~CallbackListener();
  CallbackListener(const CallbackListener&) = delete;
  CallbackListener& operator=(const CallbackListener&) = delete;

  // The redirect URI to send: a candidate with its real port.
  const std::string& redirect_uri() const;

  // Judges requests against `pending` from now on.
  void start(const oauth::PendingAuthorization& pending);

  // Readable, for poll(2), once the answer is there.
  int descriptor() const;

  // The answer to our request, once; nothing while there is none. Never NotOurs.
  std::optional<oauth::CallbackVerdict> take_answer();

  // Shows `page` to the browser that brought the answer (303 to a path without a query, which then
  // leaves the address bar clean), waits until it was fetched, at most a second, and stops.
  void finish(Page page);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xauth::flow
