// What the embedded provider was asked, for tests to look at and to wait for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/http_message.h"

namespace xauth::demo {

struct LoggedRequest {
  IncomingRequest request;
  std::vector<Parameter> parameters;  // of the form, or of the query when there is no body

  // The value of the first parameter `name`; nothing when it is absent or badly encoded.
  std::optional<std::string> parameter(std::string_view name) const;
};

// Safe for several threads at once. It keeps the newest 256 requests, bodies of 64 KiB included,
// and counts all.
class RequestLog {
 public:
  // Remembers a request to `path`, before it is answered.
  void add(const std::string& path, const IncomingRequest& request);

  // The kept requests to `path`, in the order of their arrival.
  std::vector<LoggedRequest> requests(const std::string& path) const;

  // How many requests to `path` there were.
  int count(const std::string& path) const;

  // Waits until there were `count` requests to `path`; false when `patience` ends first.
  bool await(const std::string& path, int count, std::chrono::milliseconds patience) const;

 private:
  struct Entry {
    std::string path;
    LoggedRequest logged;
  };

  int count_of(const std::string& path) const;

  mutable std::mutex mutex_;
  mutable std::condition_variable added_;
  std::deque<Entry> entries_;
  std::map<std::string, int> counts_;
};

}  // namespace xauth::demo
