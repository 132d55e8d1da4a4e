#include "system/loopback_server.h"

#include <httplib.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <system_error>
#include <thread>
#include <vector>

#include "system/connection.h"
#include "system/connection_threads.h"
#include "system/listening_socket.h"
#include "system/reply_text.h"
#include "system/request_reader.h"

namespace xauth {

namespace {

using Clock = Connection::Clock;

constexpr auto kWriteLimit = std::chrono::seconds(2);  // a page of ours fits in the socket's buffer
constexpr auto kFinishLimit = std::chrono::seconds(1);
constexpr std::size_t kFinishBytes = 256 * 1024;  // the body of a refused form, and then some

// Runs each job where it was accepted: the job only hands the socket to its own thread.
struct AcceptingThread : httplib::TaskQueue {
  void enqueue(std::function<void()> job) override { job(); }
  void shutdown() override {}
};

// One address: cpp-httplib accepts the connections of a socket that we have bound.
class Listener : public httplib::Server, public std::enable_shared_from_this<Listener> {
 public:
  using Handler = std::shared_ptr<const LoopbackServer::Handler>;

  Listener(int socket, Handler handler, const ServerLimits& limits,
           std::shared_ptr<ConnectionThreads> threads)
      : socket_(socket),
        handler_(std::move(handler)),
        limits_(limits),
        threads_(std::move(threads)) {
    new_task_queue = [] { return new AcceptingThread; };
  }
  ~Listener() override { stop_accepting(); }

  void start();
  void stop_accepting();

 private:
  bool process_and_close_socket(socket_t socket) override;
  void serve(Connection& connection);
  int receive(Connection& connection, RequestReader& reader) const;
  OutgoingReply handle(const IncomingRequest& request) const noexcept;

  int socket_;
  const Handler handler_;
  const ServerLimits limits_;
  const std::shared_ptr<ConnectionThreads> threads_;
  std::thread accepting_;
};

// cpp-httplib gets a descriptor of its own, because it closes it itself when accept fails.
void Listener::start() {
  if (accepting_.joinable()) return;
  svr_sock_ = duplicate(socket_);
  accepting_ = std::thread([this] { listen_after_bind(); });
}

// Not httplib's stop(), which is lost before its loop runs and closes a descriptor under it.
void Listener::stop_accepting() {
  if (socket_ < 0) return;
  ::shutdown(socket_, SHUT_RDWR);  // the waiting accept() fails, as does each later one
  if (accepting_.joinable()) accepting_.join();
  ::close(std::exchange(socket_, -1));
}

bool Listener::process_and_close_socket(socket_t socket) {
  const auto connection = std::make_shared<Connection>(socket);
  try {
    threads_->run(connection, [self = shared_from_this()](Connection& c) { self->serve(c); });
    return true;
  } catch (const std::system_error&) {  // no further thread: this connection is closed
    return false;
  }
}

void Listener::serve(Connection& connection) {
  RequestReader reader(limits_);
  OutgoingReply reply{receive(connection, reader), {}, {}};
  if (reply.status == 0) return;
  IncomingRequest request;
  if (reader.complete()) {
    request = reader.take();
    if (!threads_->enter(connection, Activity::handling)) return;
    reply = handle(request);
  }
  // Before httplib is used again: a thread that stop() has left behind may outlive its statics.
  if (!threads_->enter(connection, Activity::writing)) return;
  const std::string text = reply_text(request.method, reply);
  if (!connection.write(text, Clock::now() + kWriteLimit)) return;
  if (!threads_->enter(connection, Activity::idle)) return;
  connection.finish(kFinishBytes, Clock::now() + kFinishLimit);
}

// Reads until the request has ended. Returns 200, the status of a refusal, or 0: nobody there.
int Listener::receive(Connection& connection, RequestReader& reader) const {
  const auto end = connection.accepted() + limits_.request;
  std::array<char, 4096> buffer{};
  bool told_to_continue = false;
  while (!reader.ended()) {
    if (reader.wants_continue() && !std::exchange(told_to_continue, true)) {
      if (!connection.write("HTTP/1.1 100 Continue\r\n\r\n", end)) return 0;
    }
    const auto read_end = std::min<Clock::time_point>(end, Clock::now() + limits_.read);
    const auto got = connection.read(buffer.data(), buffer.size(), read_end);
    if (!got) return reader.begun() ? 408 : 0;
    if (*got == 0) return 0;
    reader.feed({buffer.data(), *got});
  }
  return reader.complete() ? 200 : reader.refusal();
}

// A page never shows what went wrong in here.
OutgoingReply Listener::handle(const IncomingRequest& request) const noexcept {
  try {
    return (*handler_)(request);
  } catch (...) {
    return {500, {}, {}};
  }
}

// Signals go to the threads that wait for them, never to one of ours.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

struct LoopbackServer::Impl {
  Listener::Handler handler;
  ServerLimits limits;
  std::shared_ptr<ConnectionThreads> threads;
  std::vector<std::shared_ptr<Listener>> listeners;
};

LoopbackServer::LoopbackServer(Handler handler, ServerLimits limits)
    : impl_(std::make_unique<Impl>()) {
  impl_->handler = std::make_shared<const Handler>(std::move(handler));
  impl_->limits = limits;
  impl_->threads = std::make_shared<ConnectionThreads>(limits.connections);
}

LoopbackServer::~LoopbackServer() { stop(); }

int LoopbackServer::bind(const std::string& address, int port) {
  const int socket = listen_on(address, port);
  impl_->listeners.push_back(
      std::make_shared<Listener>(socket, impl_->handler, impl_->limits, impl_->threads));
  return port_of(socket);
}

void LoopbackServer::start() {
  const SignalsBlocked blocked;  // inherited by every thread
  for (const auto& listener : impl_->listeners) listener->start();
}

void LoopbackServer::stop(std::chrono::milliseconds grace) {
  for (const auto& listener : impl_->listeners) listener->stop_accepting();
  impl_->listeners.clear();
  impl_->threads->stop(grace);
}

}  // namespace xauth
