#include "demo/request_log.h"

#include <algorithm>

namespace xauth::demo {

namespace {

constexpr std::size_t kMostEntries = 256;  // 16 MiB of largest bodies
constexpr std::size_t kMostPaths = 1024;   // counted; a crawl of other paths is not

}  // namespace

std::optional<std::string> LoggedRequest::parameter(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& entry) { return entry.name == name; });
  return found == parameters.end() ? std::nullopt : found->value;
}

void RequestLog::add(const std::string& path, const IncomingRequest& request) {
  const auto mark = request.target.find('?');
  const auto query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
  LoggedRequest logged{request, parse_query(request.body.empty() ? query : request.body)};
  {
    const std::lock_guard lock(mutex_);
    if (entries_.size() == kMostEntries) entries_.pop_front();
    entries_.push_back({path, std::move(logged)});
    if (counts_.size() < kMostPaths || counts_.count(path) > 0) ++counts_[path];
  }
  added_.notify_all();
}

std::vector<LoggedRequest> RequestLog::requests(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::vector<LoggedRequest> found;
  for (const auto& entry : entries_) {
    if (entry.path == path) found.push_back(entry.logged);
  }
  return found;
}

int RequestLog::count(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return count_of(path);
}

bool RequestLog::await(const std::string& path, int count,
                       std::chrono::milliseconds patience) const {
  std::unique_lock lock(mutex_);
  return added_.wait_for(lock, patience, [&] { return count_of(path) >= count; });
}

int RequestLog::count_of(const std::string& path) const {
  const auto found = counts_.find(path);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace xauth::demo
