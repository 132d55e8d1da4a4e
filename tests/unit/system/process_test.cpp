#include "system/process.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>

#include "base/error.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::status_of;
using sandbox::Variable;

namespace {

// SIGPIPE, SIGXFSZ, SIGINT and SIGHUP ignored and SIGTERM blocked, while this lives.
class OddSignals {
 public:
  OddSignals() {
    for (std::size_t i = 0; i < 4; ++i) before_[i] = ::signal(kIgnored[i], SIG_IGN);
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &term, &mask_);
  }
  ~OddSignals() {
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    for (std::size_t i = 0; i < 4; ++i) ::signal(kIgnored[i], before_[i]);
  }

 private:
  static constexpr int kIgnored[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGHUP};
  sighandler_t before_[4];
  sigset_t mask_;
};

bool is_ignored(int signal) {
  struct sigaction action;
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

template <typename Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return Error(Code::failure, "nothing was thrown");
}

const std::string kNoSignals = "0000000000000000";

}  // namespace

TEST_CASE("find_program takes the first executable file on PATH") {
  sandbox::Directory d;
  d.write("a/tool", "not executable");
  std::filesystem::create_directories(d.path("b/tool"));  // executable, but no file
  const auto tool = d.script("c/tool", "");
  d.script("d/tool", "");
  const Variable path("PATH",
                      d.path("a") + ":" + d.path("b") + ":" + d.path("c") + ":" + d.path("d"));
  CHECK(find_program("tool") == tool);
  CHECK(find_program("absent") == std::nullopt);
  CHECK(find_program("") == std::nullopt);
  CHECK(find_program("./absent") == "./absent");  // for exec to say what is wrong with it
}

TEST_CASE("require_program tells a file that may not be run from none") {
  sandbox::Directory d;
  d.write("a/tool", "not executable");
  const auto tool = d.script("b/tool", "");
  std::filesystem::create_directories(d.path("a/folder"));
  const Variable both("PATH", d.path("a") + ":" + d.path("b"));
  CHECK(require_program("tool") == tool);
  CHECK(error_of([] { require_program("absent"); }).code == Code::not_found);
  CHECK(error_of([] { require_program("folder"); }).code == Code::not_found);
  CHECK(error_of([] { require_program(""); }).code == Code::not_found);
  CHECK(require_program(tool) == tool);
  CHECK(error_of([&] { require_program(d.path("absent")); }).code == Code::not_found);
  CHECK(error_of([&] { require_program(tool + "/absent"); }).code == Code::not_found);
  CHECK(error_of([&] { require_program(d.path("a/tool")); }).code == Code::not_runnable);
  CHECK(error_of([&] { require_program(d.path("a/folder")); }).code == Code::not_runnable);
  const Variable first("PATH", d.path("a"));
  CHECK(error_of([] { require_program("tool"); }).code == Code::not_runnable);
}

TEST_CASE("search_path keeps the order, and an empty entry is the current directory") {
  const auto entries = [](std::optional<std::string> value) {
    const Variable path("PATH", std::move(value));
    return search_path();
  };
  CHECK(entries("/b:/a") == std::vector<std::string>{"/b", "/a"});
  CHECK(entries(":/a:") == std::vector<std::string>{".", "/a", "."});
  CHECK(entries("") == std::vector<std::string>{"."});
  CHECK(entries(std::nullopt) == std::vector<std::string>{"/bin", "/usr/bin"});
}

TEST_CASE("start_quietly gives the child nothing of ours but its arguments, AZ-16") {
  sandbox::Directory d;
  const auto tool = d.script("tool", sandbox::recorder(d.path("record")) + "\nexit 3");
  const auto decoy = ::open(d.write("decoy", "").c_str(), O_RDONLY);
  const int high = ::fcntl(decoy, F_DUPFD, 100);
  REQUIRE(high >= 100);
  const Variable secret("XAUTH_CLIENT_SECRET", "do-not-tell");
  const Variable prefix("XAUTH_CLIENT_SECRET_NOT", "told");
  const Variable unwanted("XAUTH_TOKEN", "do-not-tell-either");
  CHECK(status_of(start_quietly({tool, "one two", "$(touch x)"}, {"XAUTH_TOKEN"})) == 3);
  ::close(decoy);
  ::close(high);

  const auto record = d.read("record");
  CHECK(holds(record, "argument<one two>\nargument<$(touch x)>\n"));
  CHECK_FALSE(holds(record, "do-not-tell"));
  CHECK(holds(record, "XAUTH_CLIENT_SECRET_NOT=told"));
  CHECK_FALSE(holds(record, "decoy"));
  CHECK_FALSE(holds(record, " 4 -> "));  // 3 is the directory that ls reads
  CHECK(holds(record, " 0 -> /dev/null"));
}

TEST_CASE("a quiet child has default signals, none blocked, and ours stay as they are, AZ-16") {
  sandbox::Directory d;
  const OddSignals odd;
  CHECK(status_of(start_quietly({"cp", "/proc/self/status", d.path("status")}, {})) == 0);
  CHECK(holds(d.read("status"), "SigBlk:\t" + kNoSignals + "\nSigIgn:\t" + kNoSignals));
  CHECK(is_ignored(SIGPIPE));
}

TEST_CASE("a quiet child is in a session of its own, so that Ctrl-C at our terminal spares it") {
  sandbox::Directory d;
  const auto tool = d.script("tool", sandbox::recorder(d.path("record")));
  const auto child = start_quietly({tool}, {});
  CHECK(status_of(child) == 0);
  CHECK(holds(d.read("record"), "session " + std::to_string(child) + "\n"));
}

TEST_CASE("the chatter of a quiet child goes nowhere, AZ-16") {
  sandbox::Directory d;
  const auto tool = d.script("tool", "echo loud; echo louder >&2; [ -z \"$(cat)\" ]");
  const auto outcome = sandbox::in_child(
      [&] {
        ::dup2(STDOUT_FILENO, STDERR_FILENO);
        return status_of(start_quietly({tool}, {}));
      },
      "not for the child");
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "");
}

TEST_CASE("start_quietly says why a program could not be started") {
  sandbox::Directory d;
  const Variable path("PATH", d.path());
  d.write("plain", "text");
  d.write("odd", "#!/no/such/interpreter\n", 0700);
  const auto absent = error_of([] { start_quietly({"absent"}, {}); });
  CHECK(absent.code == Code::not_found);
  CHECK(holds(absent.message, "absent"));
  const auto plain = error_of([&] { start_quietly({d.path("plain")}, {}); });
  CHECK(plain.code == Code::not_runnable);
  CHECK(holds(plain.message, "Permission denied"));
  CHECK(error_of([&] { start_quietly({d.path("no/such")}, {}); }).code == Code::not_found);
  const auto odd = error_of([&] { start_quietly({"odd"}, {}); });
  CHECK(odd.code == Code::not_runnable);
  CHECK(holds(odd.message, "interpreter"));
}

TEST_CASE("become is the program, with our environment and our input") {
  sandbox::Directory d;
  const auto tool = d.script("tool", sandbox::recorder(d.path("record")) + "\ncat; exit 5");
  const auto outcome = sandbox::in_child(
      [&]() -> int {
        ::setenv("KEPT", "yes", 1);
        become(tool, {"name", "`id`", "a\nb", ""});
      },
      "through");
  CHECK(outcome.status == 5);
  CHECK(outcome.output == "through");
  const auto record = d.read("record");
  CHECK(holds(record, "argument<`id`>\nargument<a\nb>\nargument<>\n"));
  CHECK(holds(record, "KEPT=yes"));
}

TEST_CASE("who we become has none of our secrets, nor what the caller takes away") {
  const Variable secret("XAUTH_CLIENT_SECRET", "do-not-tell");
  const Variable passphrase("XAUTH_PASSPHRASE", "do-not-tell");
  const Variable unwanted("XAUTH_TOKEN", "do-not-tell");
  const Variable kept("XAUTH_TOKEN_2", "told");
  const auto outcome =
      sandbox::in_child([]() -> int { become("/usr/bin/env", {"env"}, {"XAUTH_TOKEN"}); });
  CHECK(holds(outcome.output, "XAUTH_TOKEN_2=told"));
  CHECK_FALSE(holds(outcome.output, "do-not-tell"));
}

TEST_CASE("become starts the program with default signals, none blocked") {
  const auto outcome = sandbox::in_child([]() -> int {
    const OddSignals odd;
    become("/bin/cat", {"cat", "/proc/self/status"});
  });
  CHECK(outcome.status == 0);
  CHECK(holds(outcome.output, "SigBlk:\t" + kNoSignals + "\nSigIgn:\t" + kNoSignals));
}

TEST_CASE("a become that failed leaves the signals as they were") {
  sandbox::Directory d;
  const OddSignals odd;
  const auto plain = d.write("plain", "text");
  CHECK(error_of([&] { become(plain, {"plain"}); }).code == Code::not_runnable);
  CHECK(error_of([&] { become(d.path("absent"), {"absent"}); }).code == Code::not_found);
  CHECK(is_ignored(SIGPIPE));
  CHECK(is_ignored(SIGHUP));
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  CHECK(sigismember(&mask, SIGTERM) == 1);
}

TEST_CASE("become never falls back to a shell") {
  sandbox::Directory d;
  const auto tool = d.write("tool", "touch '" + d.path("ran") + "'\n", 0700);  // no #! line
  CHECK(error_of([&] { become(tool, {"tool"}); }).code == Code::not_runnable);
  CHECK_THROWS_AS(start_quietly({tool}, {}), Error);
  CHECK_FALSE(d.has("ran"));
}

TEST_CASE("run_quietly waits for the end, and not for ever") {
  constexpr std::chrono::seconds kLong{20};
  CHECK(run_quietly({"/bin/sh", "-c", "exit 3"}, {}, kLong) == 3);
  CHECK(run_quietly({"/bin/sh", "-c", "kill -TERM $$"}, {}, kLong) == 128 + SIGTERM);
  CHECK_FALSE(run_quietly({"/bin/sleep", "60"}, {}, std::chrono::milliseconds(50)));
  CHECK_THROWS_AS(run_quietly({"/nonexistent/program"}, {}, kLong), Error);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);  // nobody is left
}

TEST_CASE("a copy of us has nothing of ours but what it computes, and is heard") {
  const Variable passphrase("XAUTH_PASSPHRASE", "do-not-tell");
  const OddSignals odd;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  Child child = start_copy([](int output) {
    const auto own_session = ::getsid(0) == ::getpid();
    const auto no_secret = std::getenv("XAUTH_PASSPHRASE") == nullptr;
    std::string text = own_session && no_secret && !is_ignored(SIGHUP) ? "well;" : "wrong;";
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
      if (!gone && !target.starts_with("/proc/")) text += entry.path().filename().string() + ";";
    }
    if (::write(output, text.data(), text.size()) < 0) ::_exit(2);
  });
  CHECK(child.read(100, deadline) == "well;0;1;2;3;");
  CHECK(child.wait(deadline) == 0);
}

TEST_CASE("a copy of us does not outlive us") {
  constexpr std::chrono::seconds kLong{20};
  const auto outcome = sandbox::in_child([&] {
    static Child child = start_copy([](int output) {
      const std::string id = std::to_string(::getpid());
      if (::write(output, id.data(), id.size()) < 0) ::_exit(1);
      ::close(output);
      ::pause();
    });
    const auto id = child.read(100, std::chrono::steady_clock::now() + kLong).value_or("");
    return ::write(STDOUT_FILENO, id.data(), id.size()) > 0 ? 0 : 1;
  });
  REQUIRE(outcome.status == 0);
  const auto copy = static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(outcome.output), 0));
  struct pollfd end = {copy, POLLIN, 0};
  CHECK((copy == -1 || ::poll(&end, 1, 20'000) == 1));  // it is gone, or goes
  if (copy >= 0) ::close(copy);
}

TEST_CASE("a command is split at its separators, without empty pieces") {
  using Words = std::vector<std::string>;
  CHECK(split("") == Words{});
  CHECK(split("  a b\tc  'd' ") == Words{"a", "b\tc", "'d'"});
  CHECK(split(":a::b", ':') == Words{"a", "b"});
}

TEST_CASE("a child's variable is a name as shells take it, and never one of our secrets") {
  for (const char* name : {"A", "_", "API_TOKEN", "a1"}) CHECK(is_variable_for_child(name));
  for (const char* name : {"", "1A", "A=B", "A B", "A-B", "\xC3\xA4", "XAUTH_CLIENT_SECRET",
                           "XAUTH_PASSPHRASE", "XAUTH_NEW_PASSPHRASE"}) {
    CAPTURE(name);
    CHECK_FALSE(is_variable_for_child(name));
  }
}
