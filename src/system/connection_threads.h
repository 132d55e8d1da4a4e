// A thread for each connection, up to a bound; whoever only sits there makes room for the next.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "system/connection.h"

namespace xauth {

// What a connection is busy with. An idle one (its request is not complete, or its answer is out)
// may be closed at any time; one in a handler may be stuck for as long as its owner likes.
enum class Activity { idle, handling, writing };

class ConnectionThreads : public std::enable_shared_from_this<ConnectionThreads> {
 public:
  using Serve = std::function<void(Connection&)>;

  // At most `most` connections at once.
  explicit ConnectionThreads(std::size_t most) : most_(most) {}

  // Calls `serve(connection)` on a thread of its own, which owns what `serve` holds until it
  // returns. Where there are `most` already, the oldest idle one is closed first; where none is
  // idle, or after stop(), the new one is closed. Throws std::system_error when there can be no
  // further thread.
  void run(std::shared_ptr<Connection> connection, Serve serve);

  // Tells what `connection` is busy with from now on; called by `serve`. False: it has been closed
  // in the meantime, and `serve` returns.
  bool enter(const Connection& connection, Activity activity);

  // Lets nothing new begin, waits at most `grace` until nothing is being handled or written, and
  // closes everything. Threads that are still in a handler are left to themselves.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Worker {
    std::shared_ptr<Connection> connection;
    Activity activity;
    std::jthread thread;  // joined when it goes, or detached by stop()
  };

  std::list<Worker>::iterator find(const Connection& connection);
  bool make_room(std::vector<std::jthread>& ended);
  void leave(const Connection& connection);
  bool all_idle() const;

  const std::size_t most_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::list<Worker> workers_;           // oldest first
  std::vector<std::jthread> finished_;  // waiting to be joined
  bool stopped_ = false;
};

}  // namespace xauth
