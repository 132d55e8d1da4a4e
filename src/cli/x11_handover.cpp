#include "cli/x11_handover.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/process.h"

namespace xauth::cli {

namespace {

constexpr std::array<std::string_view, 15> kCommands = {
    "?",     "add",    "exit",     "extract", "generate", "info",   "list",   "merge",
    "nlist", "nmerge", "nextract", "quit",    "remove",   "source", "version"};

constexpr const char* kSelf = "/proc/self/exe";

// The files already tried on this call, as `device:inode,device:inode,…`. A candidate is noted
// before we become it: whatever it is (a second copy of ours, a script that calls `xauth` again),
// nobody who comes back to us makes us try it twice.
constexpr const char* kPassed = "XAUTH_X11_PASSED";

// Where the options of X11's end, each `f` among them having taken the argument after them, which
// may be missing; nothing when one of them is not X11's.
std::optional<std::size_t> end_of_options(const std::vector<std::string>& arguments) {
  std::size_t next = 0;
  while (next < arguments.size() && arguments[next].starts_with('-')) {
    const auto& cluster = arguments[next++];
    if (cluster.find_first_not_of("fvqibnV", 1) != cluster.npos) return std::nullopt;
    next += static_cast<std::size_t>(std::count(cluster.begin(), cluster.end(), 'f'));
  }
  return next;
}

// `device:inode` of the file that `path` leads to; empty when there is none.
std::string identity_of(const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return {};
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

class Passed {
 public:
  Passed() {
    if (const char* inherited = std::getenv(kPassed)) list_ = inherited;
  }
  bool contains(const std::string& identity) const {
    return ("," + list_ + ",").find("," + identity + ",") != std::string::npos;
  }
  void add(const std::string& identity) {
    if (identity.empty() || contains(identity)) return;
    list_ += (list_.empty() ? "" : ",") + identity;
    ::setenv(kPassed, list_.c_str(), 1);
  }

 private:
  std::string list_;
};

std::vector<std::string> entries_after(const std::string& self) {
  auto entries = search_path();
  const auto ours = std::find_if(entries.begin(), entries.end(), [&](const std::string& entry) {
    return !self.empty() && identity_of(entry + "/xauth") == self;
  });
  if (ours != entries.end()) entries.erase(entries.begin(), ours + 1);
  return entries;
}

// Nothing where /proc is not mounted.
std::optional<std::string> beside_us() {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink(kSelf, failed);
  if (failed) return std::nullopt;
  return self.parent_path() / "xauth.x11";
}

std::vector<std::string> candidates(const std::string& self) {
  const auto entries = entries_after(self);
  std::vector<std::string> paths;
  for (const char* name : {"/xauth", "/xauth.x11"}) {
    for (const auto& entry : entries) paths.push_back(entry + name);
  }
  if (auto path = beside_us()) paths.push_back(std::move(*path));
  return paths;
}

Error nothing_found() {
  return Error(Code::not_found,
               "X11's xauth, which such a call means, was not found: there is no `xauth` after "
               "ours on PATH, no `xauth.x11` there, and no " +
                   for_terminal(beside_us().value_or("xauth.x11 beside ours")),
               "sudo apt-get install xauth");
}

}  // namespace

bool is_x11_call(const std::vector<std::string>& arguments) {
  const auto first = end_of_options(arguments);
  if (arguments.empty() || !first) return false;
  if (*first >= arguments.size()) return true;
  const auto& word = arguments[*first];
  if (word == "help") return *first > 0;
  return std::find(kCommands.begin(), kCommands.end(), word) != kCommands.end();
}

void hand_over_to_x11(const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {"xauth"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());

  const auto self = identity_of(kSelf);
  Passed passed;
  passed.add(self);
  for (const auto& path : candidates(self)) {
    const auto identity = identity_of(path);
    if (!is_program(path) || passed.contains(identity)) continue;
    passed.add(identity);
    become(path, argv);
  }
  throw nothing_found();
}

}  // namespace xauth::cli
