#include "support/program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace xauth::test {

std::string built_program() { return XAUTH_PROGRAM; }
std::string built_front() { return XAUTH_FRONT; }

std::string tests_directory() { return XAUTH_TESTS; }

namespace {

struct Pipe {
  Pipe() { REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0); }
  std::array<int, 2> ends{};
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_of(const Start& start) {
  const char* path = std::getenv("PATH");
  std::vector<std::string> variables;
  if (start.variables.count("PATH") == 0) {
    variables.push_back("PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin"));
  }
  for (const auto& [name, value] : start.variables) variables.push_back(name + "=" + value);
  for (const char* kept : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(kept)) variables.push_back(std::string(kept) + "=" + value);
  }
  return variables;
}

}  // namespace

Running::Running(const Start& start) {
  const Pipe in;
  const Pipe out;
  const Pipe err;
  std::vector<std::string> words = {"xauth"};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  auto variables = environment_of(start);
  const auto argv = pointers_to(words);
  const auto envp = pointers_to(variables);
  pid_ = fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    setsid();
    dup2(in.ends[0], STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    execve(start.program.c_str(), argv.data(), envp.data());
    _exit(125);
  }
  for (const int fd : {in.ends[0], out.ends[1], err.ends[1]}) close(fd);
  threads_.emplace_back([this, fd = out.ends[0]] { collect(fd, &Finished::out); });
  threads_.emplace_back([this, fd = err.ends[0]] { collect(fd, &Finished::err); });
  std::signal(SIGPIPE, SIG_IGN);
  if (!start.input.empty()) {
    static_cast<void>(!write(in.ends[1], start.input.data(), start.input.size()));
  }
  close(in.ends[1]);
}

Running::~Running() {
  if (!reaped_) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (auto& thread : threads_) thread.join();
}

void Running::signal(int number) const { kill(pid_, number); }

void Running::collect(int fd, std::string Finished::*stream) {
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = read(fd, buffer.data(), buffer.size())) > 0) {
    const std::lock_guard lock(mutex_);
    (said_.*stream).append(buffer.data(), static_cast<std::size_t>(count));
    changed_.notify_all();
  }
  close(fd);
  const std::lock_guard lock(mutex_);
  --open_streams_;
  changed_.notify_all();
}

std::string Running::await(std::string Finished::*stream, const std::string& text,
                           std::chrono::seconds patience) {
  std::unique_lock lock(mutex_);
  const auto there = [&] { return (said_.*stream).find(text) != std::string::npos; };
  changed_.wait_for(lock, patience, [&] { return there() || open_streams_ == 0; });
  CAPTURE(said_.out);
  CAPTURE(said_.err);
  REQUIRE_MESSAGE(there(), "never said: " << text);
  return said_.*stream;
}

std::string Running::await_error(const std::string& text, std::chrono::seconds patience) {
  return await(&Finished::err, text, patience);
}

std::string Running::await_output(const std::string& text, std::chrono::seconds patience) {
  return await(&Finished::out, text, patience);
}

Finished Running::wait(std::chrono::seconds patience) {
  std::unique_lock lock(mutex_);
  const bool ended = changed_.wait_for(lock, patience, [&] { return open_streams_ == 0; });
  CAPTURE(said_.out);
  CAPTURE(said_.err);
  REQUIRE_MESSAGE(ended, "did not end in time");
  int status = 0;
  REQUIRE(waitpid(pid_, &status, 0) == pid_);
  reaped_ = true;
  said_.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return said_;
}

Finished run(const Start& start, std::chrono::seconds patience) {
  return Running(start).wait(patience);
}

int start_into_files(const Start& start, const std::string& out, const std::string& err) {
  std::vector<std::string> words = {"xauth"};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  auto variables = environment_of(start);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  const int mode = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), mode, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), mode, 0600);
  pid_t pid = -1;
  const int reason = posix_spawn(&pid, start.program.c_str(), &files, nullptr,
                                 pointers_to(words).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&files);
  REQUIRE(reason == 0);
  return pid;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace xauth::test
