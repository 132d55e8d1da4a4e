#include "system/connection_threads.h"

#include <algorithm>
#include <utility>

namespace xauth {

void ConnectionThreads::run(std::shared_ptr<Connection> connection, Serve serve) {
  std::vector<std::jthread> ended;  // joined after the lock is released
  const std::lock_guard lock(mutex_);
  ended.swap(finished_);
  if (stopped_ || !make_room(ended)) return;
  std::jthread thread([self = shared_from_this(), connection, serve = std::move(serve)] {
    serve(*connection);
    self->leave(*connection);
  });
  workers_.push_back({std::move(connection), Activity::idle, std::move(thread)});
}

// An idle thread only waits for its socket, so that joining it takes no time once that is closed.
bool ConnectionThreads::make_room(std::vector<std::jthread>& ended) {
  if (workers_.size() < most_) return true;
  const auto oldest = std::find_if(workers_.begin(), workers_.end(), [](const Worker& worker) {
    return worker.activity == Activity::idle;
  });
  if (oldest == workers_.end()) return false;
  oldest->connection->shut_down();
  ended.push_back(std::move(oldest->thread));
  workers_.erase(oldest);
  return true;
}

std::list<ConnectionThreads::Worker>::iterator ConnectionThreads::find(
    const Connection& connection) {
  return std::find_if(workers_.begin(), workers_.end(),
                      [&](const Worker& worker) { return worker.connection.get() == &connection; });
}

bool ConnectionThreads::enter(const Connection& connection, Activity activity) {
  const std::lock_guard lock(mutex_);
  const auto worker = find(connection);
  if (worker == workers_.end()) return false;
  if (stopped_ && worker->activity == Activity::idle) return false;
  worker->activity = activity;
  changed_.notify_all();
  return true;
}

// A thread cannot join itself: its handle is kept for the next one that comes by.
void ConnectionThreads::leave(const Connection& connection) {
  const std::lock_guard lock(mutex_);
  const auto worker = find(connection);
  if (worker == workers_.end()) return;
  finished_.push_back(std::move(worker->thread));
  workers_.erase(worker);
  changed_.notify_all();
}

bool ConnectionThreads::all_idle() const {
  return std::all_of(workers_.begin(), workers_.end(),
                     [](const Worker& worker) { return worker.activity == Activity::idle; });
}

void ConnectionThreads::stop(std::chrono::milliseconds grace) {
  std::vector<std::jthread> ended;  // joined after the lock is released
  std::unique_lock lock(mutex_);
  stopped_ = true;
  changed_.wait_for(lock, grace, [&] { return all_idle(); });
  ended.swap(finished_);
  for (auto& worker : workers_) {
    worker.connection->shut_down();
    if (worker.activity == Activity::handling) {
      worker.thread.detach();
    } else {
      ended.push_back(std::move(worker.thread));
    }
  }
  workers_.clear();
}

}  // namespace xauth
