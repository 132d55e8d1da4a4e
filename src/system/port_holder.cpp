#include "system/port_holder.h"

#include <pwd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "base/terminal_text.h"

namespace xauth {

namespace {

namespace fs = std::filesystem;

constexpr const char* kListens = "0A";  // TCP_LISTEN of the kernel's tcp_states.h

// The port in `0100007F:1F40`; -1 when there is none.
int port_in(std::string_view address) {
  int port = -1;
  const auto digits = address.substr(std::min(address.rfind(':') + 1, address.size()));
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port, 16);
  return error == std::errc() && end == digits.data() + digits.size() ? port : -1;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

bool is_number(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

// Whether a descriptor of the process is one of `sockets`. What we may not see, or what has ended
// meanwhile, is not.
bool holds_one(const fs::path& process, const std::vector<std::string>& sockets) {
  std::error_code unseen;
  for (fs::directory_iterator it(process / "fd", unseen), end; !unseen && it != end;
       it.increment(unseen)) {
    std::error_code gone;
    const std::string target = fs::read_symlink(it->path(), gone);
    if (std::find(sockets.begin(), sockets.end(), target) != sockets.end()) return true;
  }
  return false;
}

// The process that has one of these sockets open; nothing when we see none.
std::optional<std::string> process_with(const std::vector<std::string>& sockets) {
  std::error_code unseen;
  for (fs::directory_iterator it("/proc", unseen), end; !unseen && it != end;
       it.increment(unseen)) {
    const std::string id = it->path().filename();
    if (is_number(id) && holds_one(it->path(), sockets)) return id;
  }
  return std::nullopt;
}

std::string name_of_process(const std::string& id) {
  std::string name = content_of("/proc/" + id + "/comm");
  while (name.ends_with('\n')) name.pop_back();
  return for_terminal(name, 32) + " (process " + id + ")";
}

std::string name_of_user(std::uint32_t user) {
  const passwd* entry = ::getpwuid(user);
  return entry != nullptr ? entry->pw_name : "user " + std::to_string(user);
}

}  // namespace

std::vector<Listener> listeners_in(std::string_view table, int port) {
  std::vector<Listener> listeners;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, timeouts;
    Listener listener;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits;
    words >> listener.user >> timeouts >> listener.inode;
    if (words && state == kListens && port_in(local) == port) listeners.push_back(listener);
  }
  return listeners;
}

std::string holder_of(int port) {
  std::vector<Listener> listeners;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    const auto more = listeners_in(content_of(table), port);
    listeners.insert(listeners.end(), more.begin(), more.end());
  }
  if (listeners.empty()) return {};
  std::vector<std::string> sockets;
  for (const auto& listener : listeners) {
    sockets.push_back("socket:[" + std::to_string(listener.inode) + "]");
  }
  if (const auto process = process_with(sockets)) return name_of_process(*process);
  return "a program of " + for_terminal(name_of_user(listeners.front().user), 32);
}

}  // namespace xauth
