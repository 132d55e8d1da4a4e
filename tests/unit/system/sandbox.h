// What tests that start programs need: a directory, an environment and children of their own.
#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

namespace sandbox {

// A directory that goes with all that is in it.
class Directory {
 public:
  Directory() {
    std::string name = (std::filesystem::temp_directory_path() / "xauth-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }
  bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }

  std::string write(const std::string& name, const std::string& content, mode_t mode = 0600) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path(name)) << content;
    REQUIRE(::chmod(path(name).c_str(), mode) == 0);
    return path(name);
  }

  // An executable shell script.
  std::string script(const std::string& name, const std::string& body) const {
    return write(name, "#!/bin/sh\n" + body + "\n", 0700);
  }

  std::string read(const std::string& name) const {
    std::ifstream file(path(name));
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

 private:
  std::filesystem::path path_;
};

// A variable of the environment, set (or unset) while this lives.
class Variable {
 public:
  Variable(const char* name, std::optional<std::string> value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    assign(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { assign(before_); }

 private:
  void assign(const std::optional<std::string>& value) const {
    value ? ::setenv(name_, value->c_str(), 1) : ::unsetenv(name_);
  }

  const char* name_;
  std::optional<std::string> before_;
};

// The exit status of `child`, or 128 + the signal that ended it.
inline int status_of(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// All that can be read from `descriptor`, which is closed.
inline std::string drain(int descriptor) {
  std::string out;
  char bytes[4096];
  for (ssize_t count; (count = ::read(descriptor, bytes, sizeof bytes)) > 0;) {
    out.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(descriptor);
  return out;
}

struct Outcome {
  int status;
  std::string output;  // standard output
};

// Runs `work`, which returns an exit status or becomes another program, in a child process with
// `input` at its standard input.
template <typename Work>
Outcome in_child(Work work, const std::string& input = {}) {
  int in[2], out[2];
  REQUIRE(::pipe(in) == 0);
  REQUIRE(::pipe(out) == 0);
  std::cout.flush();  // else the child might write it once more
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
    ::_exit(work());
  }
  ::close(out[1]);
  // Our end for reading is still open: a child that does not read is no broken pipe.
  const bool written = ::write(in[1], input.data(), input.size()) == ssize_t(input.size());
  ::close(in[0]);
  ::close(in[1]);
  Outcome outcome{0, drain(out[0])};
  outcome.status = status_of(child);
  CHECK(written);
  return outcome;
}

// A script's lines that record, in the file `record`, all that it was given.
inline std::string recorder(const std::string& record) {
  return "{ for a in \"$@\"; do printf 'argument<%s>\\n' \"$a\"; done; env; "
         "ls -l /proc/self/fd; ps -o sid= -p $$ | "
         "sed 's/^ */session /'; } > '" +
         record + "' 2>&1";
}

}  // namespace sandbox
