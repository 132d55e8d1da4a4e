// A person who pastes: into a login that reads a pipe, the address that the browser ended at.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/workplace.h"
#include "system/real_system.h"

namespace xauth::test {

// A program that pastes: it waits for the login's address, and writes what `answer` makes of it.
// A pipe cannot be written before the state is known, so a process of our own goes between.
class Paster {
 public:
  Paster(const Workplace& here, std::vector<std::string> arguments) {
    Start start = here.start(std::move(arguments));
    const std::string fifo = here.home.path_of("fifo");
    REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
    start.variables["FIFO"] = fifo;
    start.variables["PROGRAM"] = start.program;
    start.program = "/bin/sh";
    std::vector<std::string> words = {"-c", "exec \"$PROGRAM\" \"$@\" <\"$FIFO\"", "sh"};
    words.insert(words.end(), start.arguments.begin(), start.arguments.end());
    start.arguments = std::move(words);
    login.emplace(start);
    fd_ = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    REQUIRE(fd_ >= 0);
    told = await_url(*login);
  }
  ~Paster() { end(); }
  Paster(const Paster&) = delete;
  Paster& operator=(const Paster&) = delete;

  void paste(std::string line) {
    line += "\n";
    REQUIRE(write(fd_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  }
  void end() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

  std::optional<Running> login;
  std::string told;

 private:
  int fd_ = -1;
};

// Where the person's browser ends after consent: nobody listens there, and the person copies it.
inline std::string redirected_url(const Url& authorize_url) {
  std::string last;
  System system = real_system({});
  system.send = [&, send = system.send](const HttpRequest& request) {
    auto response = send(request);
    if (response.status == 303) last = find_header(response.headers, "Location").value_or("");
    if (!last.empty()) response = {200, {}, ""};
    return response;
  };
  demo::consent(system, authorize_url);
  REQUIRE_FALSE(last.empty());
  return last;
}

}  // namespace xauth::test
