#include "demo/provider.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kLargestForm = 64 * 1024;  // bytes; a token may have some thousands
constexpr int kMostTries = 8;                    // another process may take the port in between

int free_port() {
  LoopbackServer probe([](const IncomingRequest&) { return OutgoingReply(); });
  return probe.bind("127.0.0.1", 0);
}

// Binds by number also when any port will do: one that the kernel chose at the bind could not be
// bound again after stop(), while closed connections linger in TIME_WAIT.
int bind(LoopbackServer& listener, int port) {
  if (port != 0) return listener.bind("127.0.0.1", port);
  for (int tries = 1; tries < kMostTries; ++tries) {
    try {
      return listener.bind("127.0.0.1", free_port());
    } catch (const BindFailure&) {
      continue;
    }
  }
  return listener.bind("127.0.0.1", free_port());
}

}  // namespace

void Provider::start(int port) {
  stop();
  ServerLimits limits;
  limits.body = kLargestForm;
  auto listener = std::make_unique<LoopbackServer>(
      [this](const IncomingRequest& request) { return server_.answer(request); }, limits);
  port_ = bind(*listener, port);
  server_.answers_at(port_);
  listener->start();
  listener_ = std::move(listener);
}

void Provider::stop() {
  if (listener_) listener_->stop();
  listener_.reset();
}

}  // namespace xauth::demo
