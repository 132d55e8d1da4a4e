// A command's context in a directory of its own, and what it tells.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

#include "cli/context.h"
#include "support/environment.h"
#include "unit/store/logged_in.h"

namespace xauth::cli {

// Takes what is written to `descriptor` (1 or 2) while it lives.
class Captured {
 public:
  explicit Captured(int descriptor)
      : descriptor_(descriptor), before_(dup(descriptor)), file_(memfd_create("captured", 0)) {
    std::fflush(nullptr);
    dup2(file_, descriptor_);
  }
  ~Captured() { end(); }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;

  // Ends the capture; what was written.
  std::string end() {
    if (before_ < 0) return {};
    std::fflush(nullptr);
    dup2(before_, descriptor_);
    std::array<char, 65'536> buffer{};
    const auto count = pread(file_, buffer.data(), buffer.size(), 0);
    close(before_);
    close(file_);
    before_ = -1;
    return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  }

 private:
  int descriptor_;
  int before_;
  int file_;
};

// What `act` writes to standard output (1) or standard error (2).
template <typename Act>
std::string written_to(int descriptor, Act act) {
  Captured captured(descriptor);
  act();
  return captured.end();
}

// Nobody's settings but the test's own.
struct CommandContext {
  explicit CommandContext(bool json = false)
      : context{{}, Output(false, false, json, Color::never), login.store} {}

  const test::Variable profile{"XAUTH_PROFILE", nullptr};
  const test::Variable client_id{"XAUTH_CLIENT_ID", nullptr};
  const test::Variable client_secret{"XAUTH_CLIENT_SECRET", nullptr};
  const store::StoredLogin login;
  const Context context;
};

}  // namespace xauth::cli
