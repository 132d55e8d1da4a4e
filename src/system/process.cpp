#include "system/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/stat.h>
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
constexpr std::array<std::string_view, 3> kOurs = {"XAUTH_CLIENT_SECRET", "XAUTH_PASSPHRASE",
                                                   "XAUTH_NEW_PASSPHRASE"};

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

void must(int error, const char* what = "posix_spawn") {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// How a program that is started differs from us: no descriptor but the standard ones, signals as
// they come by default, and what is added.
struct Manner {
  explicit Manner(int more_flags) {
    must(posix_spawn_file_actions_init(&files));
    must(posix_spawnattr_init(&attributes));
    sigset_t signals;  // sigfillset leaves the C library's own two out, which it would then ignore
    std::memset(&signals, 0xFF, sizeof signals);
    must(posix_spawnattr_setsigdefault(&attributes, &signals));
    sigemptyset(&signals);
    must(posix_spawnattr_setsigmask(&attributes, &signals));
    const int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | more_flags;
    must(posix_spawnattr_setflags(&attributes, static_cast<short>(flags)));
  }
  Manner(const Manner&) = delete;
  Manner& operator=(const Manner&) = delete;
  ~Manner() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

struct QuietManner : Manner {
  QuietManner() : Manner(POSIX_SPAWN_SETSID) {
    must(posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    must(posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0));
    must(posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0));
    must(posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1));
  }
};

struct MannerForOutput : Manner {
  explicit MannerForOutput(int output) : Manner(0) {
    if (::isatty(STDIN_FILENO) != 1) {  // it may be what our own command, or its child, is to read
      must(posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    }
    must(posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO));
    must(posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1));
  }
};

pid_t start(const std::vector<std::string>& arguments, const std::vector<std::string>& without,
            const Manner& manner) {
  const auto path = require_program(arguments.at(0));
  const auto argv = pointers(arguments);
  const auto environment = environment_without(without);
  pid_t child = 0;
  const int reason = ::posix_spawn(&child, path.c_str(), &manner.files, &manner.attributes,
                                   argv.data(), environment.data());
  if (reason != 0) throw cannot_run(path, reason);
  return child;
}

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) must(errno, "pipe");
    out = Descriptor(ends[0]);
    in = Descriptor(ends[1]);
  }
  Descriptor out, in;
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

// In the copy: it gets away from our terminal, our descriptors but `output`, our secrets, and does
// not outlive `parent`. Returns where `output` is now.
int leave(pid_t parent, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  ::setsid();
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, fd);
  constexpr int kOutput = STDERR_FILENO + 1;
  if (output != kOutput) ::dup3(output, kOutput, O_CLOEXEC);
  ::closefrom(kOutput + 1);
  for (const auto name : kOurs) ::unsetenv(name.data());
  return kOutput;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto piece = text.substr(0, text.find(separator));
    if (!piece.empty()) pieces.emplace_back(piece);
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
  }
  return pieces;
}

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

bool is_variable_for_child(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kAll =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  const bool plain = !name.empty() && name.find_first_not_of(kAll) == std::string_view::npos &&
                     kDigits.find(name.front()) == std::string_view::npos;
  return plain && !holds(kOurs, name);
}

int start_quietly(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& without) {
  return start(arguments, without, QuietManner());
}

std::optional<int> run_quietly(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& without,
                               std::chrono::milliseconds patience) {
  Child child(start_quietly(arguments, without));
  return child.wait(std::chrono::steady_clock::now() + patience);
}

Child start_for_output(const std::vector<std::string>& arguments,
                       const std::vector<std::string>& without) {
  Pipe pipe;
  return Child(start(arguments, without, MannerForOutput(pipe.in.get())), std::move(pipe.out));
}

Child start_copy(const std::function<void(int)>& work) {
  Pipe pipe;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) must(errno, "fork");
  if (child > 0) return Child(child, std::move(pipe.out));
  const DefaultSignals signals;
  work(leave(parent, pipe.in.get()));
  ::_exit(0);
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
