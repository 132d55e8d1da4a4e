// The built program as a child, in an environment of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/environment.h"

namespace xauth::test {

// How a program ended: its exit status (128 + the signal when one killed it) and what it said.
struct Finished {
  int status = -1;
  std::string out;
  std::string err;
};

// What surrounds the program: by default PATH and HOME only.
using Variables = std::map<std::string, std::string>;

// Where the lean program and its front were built, and where the tests' sources are. (Functions,
// not macros: sources that compile alike in every checkout need compiling once.)
std::string built_program();
std::string built_front();
std::string tests_directory();

struct Start {
  std::vector<std::string> arguments;
  Variables variables;  // beside PATH; HOME must be among them to be there
  std::string input;    // written to its standard input, which then ends
  std::string program = built_program();
};

// A program that runs. Whatever happens, it is killed and reaped when this goes.
class Running {
 public:
  explicit Running(const Start& start);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int pid() const { return pid_; }
  void signal(int number) const;

  // Waits until its standard error (or output) holds `text` and returns all of it so far; fails
  // the test case after `patience` or when it ends without.
  std::string await_error(const std::string& text,
                          std::chrono::seconds patience = std::chrono::seconds(20));
  std::string await_output(const std::string& text,
                           std::chrono::seconds patience = std::chrono::seconds(20));

  // Waits until it has ended; fails the test case (and kills it) after `patience`.
  Finished wait(std::chrono::seconds patience = std::chrono::seconds(40));

 private:
  std::string await(std::string Finished::*stream, const std::string& text,
                    std::chrono::seconds patience);
  void collect(int fd, std::string Finished::*stream);

  int pid_ = -1;
  std::mutex mutex_;
  std::condition_variable changed_;
  Finished said_;
  int open_streams_ = 2;
  bool reaped_ = false;
  std::vector<std::thread> threads_;
};

// Starts it and waits until it has ended.
Finished run(const Start& start, std::chrono::seconds patience = std::chrono::seconds(40));

// Starts it with its output in the files of these names, and returns its process: for crowds, of
// which nobody can watch each one. Its input is empty. The caller waits for it.
int start_into_files(const Start& start, const std::string& out, const std::string& err);

// The whole content of a file; fails the test case when it cannot be read.
std::string content_of(const std::string& path);

}  // namespace xauth::test
