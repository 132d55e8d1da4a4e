#include "system/browser.h"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <future>
#include <string_view>
#include <system_error>
#include <thread>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/environment.h"
#include "system/process.h"

namespace xauth {

namespace {

using Command = std::vector<std::string>;

// Whether every `%` of `word` begins a `%s`.
bool has_only_url_marks(std::string_view word) {
  for (auto at = word.find('%'); at != word.npos; at = word.find('%', at + 1)) {
    if (word.substr(at, 2) != "%s") return false;
  }
  return true;
}

// Puts `url` in the place of every `%s`; whether there was one.
bool place_url(std::string& word, const std::string& url) {
  bool found = false;
  for (auto at = word.find("%s"); at != word.npos; at = word.find("%s", at + url.size())) {
    word.replace(at, 2, url);
    found = true;
  }
  return found;
}

// The words of `entry` with the URL in place; empty when the entry is unusable. The program
// itself is never made from the URL.
Command command_from(std::string_view entry, const std::string& url) {
  Command words = split(entry, ' ');
  bool placed = false;
  for (auto& word : words) {
    const bool is_the_program = &word == &words.front();
    if (is_the_program ? word.find('%') != word.npos : !has_only_url_marks(word)) return {};
    placed |= place_url(word, url);
  }
  if (!words.empty() && !placed) words.push_back(url);
  return words;
}

// What the person chose, else what the environment says, else what a desktop has.
std::vector<std::string> entries(const std::string& chosen) {
  if (!chosen.empty()) return {chosen};
  for (const char* name : {"XAUTH_BROWSER", "BROWSER"}) {
    const std::string value = environment(name);
    if (!value.empty()) return split(value, ':');
  }
  return {"xdg-open", "wslview", "open"};
}

// Blocks every signal for this thread, and so for those it starts, while this lives.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

// Reaps `child` whenever it ends, without anybody waiting for that; the future then holds its
// wait status (0 where the system keeps none, as it does when SIGCHLD is ignored).
std::future<int> reap(pid_t child) {
  std::promise<int> promise;
  auto status = promise.get_future();
  const BlockedSignals blocked;
  std::thread([child, promise = std::move(promise)]() mutable {
    int ended = 0;
    while (::waitpid(child, &ended, 0) < 0 && errno == EINTR) {
    }
    promise.set_value(ended);
  }).detach();
  return status;
}

// Whether `command` still runs, or has done its work, when `at_once` is over.
bool starts(const Command& command, std::chrono::milliseconds at_once) {
  try {
    const auto child = start_quietly(command, {"XAUTH_TOKEN"});
    auto status = reap(child);
    return status.wait_for(at_once) == std::future_status::timeout || status.get() == 0;
  } catch (const Error&) {
    return false;  // not there, or not executable: the next one may be
  } catch (const std::system_error&) {
    return false;  // out of threads or memory: a browser would not start either
  }
}

// The URL as text, after our own parser has read it again.
std::string checked_text(const Url& url) {
  auto text = url.text();
  const auto again = parse_url(text);
  if (!again || again->text() != text || !is_secure(*again) || text.starts_with('-')) {
    throw Error(Code::bad_response, "refused to open a URL that is not https: " +
                                        for_terminal(url.scheme + "://" + url.authority(), 100));
  }
  return text;
}

}  // namespace

std::vector<std::vector<std::string>> browser_commands(const std::string& chosen,
                                                       const std::string& url) {
  std::vector<Command> commands;
  for (const auto& entry : entries(chosen)) {
    auto command = command_from(entry, url);
    if (!command.empty()) commands.push_back(std::move(command));
  }
  return commands;
}

void open_browser(const Url& url, const std::string& chosen, std::chrono::milliseconds at_once) {
  std::string tried;
  for (const auto& command : browser_commands(chosen, checked_text(url))) {
    if (starts(command, at_once)) return;
    tried += (tried.empty() ? "tried " : ", ") + for_terminal(command.front(), 100);
  }
  if (tried.empty()) tried = "none is named that could be tried";
  throw Error(Code::failure, "no browser could be started (" + tried + ")");
}

}  // namespace xauth
