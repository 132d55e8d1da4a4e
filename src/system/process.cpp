#include "system/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/file_calls.h"

namespace xauth {

namespace {

Error not_found(const std::string& name) {
  return Error(Code::not_found, "`" + for_terminal(name) + "` was not found");
}

// What to throw when exec(2) said `reason` to the file `path`. A script whose interpreter is
// missing is there all the same.
Error cannot_run(const std::string& path, int reason) {
  const bool missing = reason == ENOENT || reason == ENOTDIR;
  if (missing && ::access(path.c_str(), F_OK) != 0) return not_found(path);
  std::string why = std::generic_category().message(reason);
  if (missing) why += " (the interpreter that its first line names)";
  return Error(Code::not_runnable, "`" + for_terminal(path) + "` could not be run: " + why);
}

// As execve and posix_spawn want them; they do not write to what they are given.
std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

// What nobody but us may see, whoever the child is.
constexpr std::array<std::string_view, 2> kOurs = {"XAUTH_CLIENT_SECRET", "XAUTH_PASSPHRASE"};

template <typename Names>
bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<char*> environment_without(const std::vector<std::string>& names) {
  std::vector<char*> out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const auto name = text.substr(0, text.find('='));
    if (!holds(kOurs, name) && !holds(names, name)) out.push_back(*variable);
  }
  out.push_back(nullptr);
  return out;
}

bool is_file(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

void must(int error) {
  if (error != 0) throw std::system_error(error, std::generic_category(), "posix_spawn");
}

// How a quiet child differs from us.
struct QuietChild {
  QuietChild() {
    must(posix_spawn_file_actions_init(&files));
    must(posix_spawnattr_init(&attributes));
    must(posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    must(posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0));
    must(posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0));
    must(posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1));

    sigset_t signals;  // sigfillset leaves the C library's own two out, which it would then ignore
    std::memset(&signals, 0xFF, sizeof signals);
    must(posix_spawnattr_setsigdefault(&attributes, &signals));
    sigemptyset(&signals);
    must(posix_spawnattr_setsigmask(&attributes, &signals));
    must(posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID));
  }
  QuietChild(const QuietChild&) = delete;
  QuietChild& operator=(const QuietChild&) = delete;
  ~QuietChild() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

// Every signal at its default and none blocked, while this lives. An ignored signal and the mask
// would survive exec(2).
class DefaultSignals {
 public:
  DefaultSignals() {
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) {
      changed_[index(signal)] = ::sigaction(signal, &standard, &before_[index(signal)]) == 0;
    }
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, &mask_);
  }
  DefaultSignals(const DefaultSignals&) = delete;
  DefaultSignals& operator=(const DefaultSignals&) = delete;
  ~DefaultSignals() {
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    for (int signal = 1; signal < NSIG; ++signal) {
      if (changed_[index(signal)]) ::sigaction(signal, &before_[index(signal)], nullptr);
    }
  }

 private:
  static std::size_t index(int signal) { return static_cast<std::size_t>(signal); }

  std::array<struct sigaction, NSIG> before_{};
  std::array<bool, NSIG> changed_{};  // not SIGKILL, SIGSTOP and those of the C library
  sigset_t mask_;
};

}  // namespace

std::vector<std::string> search_path() {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/bin:/usr/bin";
  std::vector<std::string> directories;
  while (true) {
    const auto entry = rest.substr(0, rest.find(':'));
    directories.emplace_back(entry.empty() ? "." : entry);
    if (entry.size() == rest.size()) return directories;
    rest.remove_prefix(entry.size() + 1);
  }
}

bool is_program(const std::string& path) {
  return is_file(path) && ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
}

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  if (name.empty()) return std::nullopt;
  for (const auto& directory : search_path()) {
    auto path = directory + "/" + name;
    if (is_program(path)) return path;
  }
  return std::nullopt;
}

std::string require_program(const std::string& name) {
  const auto found = find_program(name);
  if (found && is_program(*found)) return *found;
  if (found) throw cannot_run(*found, ::access(found->c_str(), X_OK) == 0 ? EACCES : errno);
  for (const auto& directory : search_path()) {
    const auto path = directory + "/" + name;
    if (is_file(path)) throw cannot_run(path, EACCES);  // as exec(3) tells it from none
  }
  throw not_found(name);
}

int start_quietly(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& without) {
  const auto path = require_program(arguments.at(0));
  const auto argv = pointers(arguments);
  const auto environment = environment_without(without);
  const QuietChild quiet;
  pid_t child = 0;
  const int reason = ::posix_spawn(&child, path.c_str(), &quiet.files, &quiet.attributes,
                                   argv.data(), environment.data());
  if (reason != 0) throw cannot_run(path, reason);
  return child;
}

std::optional<int> run_quietly(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& without,
                               std::chrono::milliseconds patience) {
  const pid_t child = start_quietly(arguments, without);
  // glibc 2.36 declares pidfd_open without C linkage.
  const Descriptor end(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  struct pollfd news = {end.get(), POLLIN, 0};
  const int timeout = static_cast<int>(patience.count());
  const bool ended = end && retried([&] { return ::poll(&news, 1, timeout); }) > 0;
  if (!ended) ::kill(child, SIGKILL);
  int status = 0;
  if (retried([&] { return ::waitpid(child, &status, 0); }) != child || !ended) return std::nullopt;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void become(const std::string& path, const std::vector<std::string>& arguments,
            const std::vector<std::string>& without) {
  const auto argv = pointers(arguments);
  const auto environment = environment_without(without);
  int reason = 0;
  {
    const DefaultSignals signals;
    ::execve(path.c_str(), argv.data(), environment.data());
    reason = errno;
  }
  throw cannot_run(path, reason);
}

}  // namespace xauth
