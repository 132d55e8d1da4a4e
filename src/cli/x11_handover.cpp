#include "cli/x11_handover.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/own_program.h"
#include "system/process.h"
#include "system/running_program.h"

namespace xauth::cli {

namespace {

constexpr std::array<std::string_view, 15> kCommands = {
    "?",     "add",    "exit",     "extract", "generate", "info",   "list",   "merge",
    "nlist", "nmerge", "nextract", "quit",    "remove",   "source", "version"};

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

// The identities of the file that people call and of the one that runs, where they can be told.
std::vector<std::string> own_identities() {
  std::vector<std::string> identities = {identity_of(own_program()),
                                         identity_of(running_program())};
  std::erase(identities, "");
  return identities;
}

// The entries of PATH after the first that holds one of ours.
std::vector<std::string> entries_after(const std::vector<std::string>& own) {
  auto entries = search_path();
  const auto ours = std::find_if(entries.begin(), entries.end(), [&](const std::string& entry) {
    return std::find(own.begin(), own.end(), identity_of(entry + "/xauth")) != own.end();
  });
  if (ours != entries.end()) entries.erase(entries.begin(), ours + 1);
  return entries;
}

// Nothing where /proc is not mounted.
std::optional<std::string> beside_us() {
  const std::string own = own_program();
  if (own.empty()) return std::nullopt;
  return own.substr(0, own.rfind('/') + 1) + "xauth.x11";
}

std::vector<std::string> candidates(const std::vector<std::string>& own) {
  const auto entries = entries_after(own);
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

std::string find_x11_xauth() {
  const auto own = own_identities();
  for (const auto& path : candidates(own)) {
    const bool ours = std::find(own.begin(), own.end(), identity_of(path)) != own.end();
    if (is_program(path) && !ours) return path;
  }
  return {};
}

void hand_over_to_x11(const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {"xauth"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());

  const auto own = own_identities();
  Passed passed;
  for (const auto& identity : own) passed.add(identity);
  for (const auto& path : candidates(own)) {
    const auto identity = identity_of(path);
    if (!is_program(path) || passed.contains(identity)) continue;
    passed.add(identity);
    become(path, argv);
  }
  throw nothing_found();
}

}  // namespace xauth::cli
