// What a command shows on a terminal.
#pragma once

#include <doctest/doctest.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "system/terminal.h"

namespace xauth::test {

// What `act` shows on a terminal of that size, at standard error; at most some 10 kB.
template <typename Act>
std::string shown_at(TerminalSize size, Act act) {
  int master = -1;
  int terminal = -1;
  const struct winsize window = {.ws_row = static_cast<unsigned short>(size.rows),
                                 .ws_col = static_cast<unsigned short>(size.columns),
                                 .ws_xpixel = 0,
                                 .ws_ypixel = 0};
  REQUIRE(openpty(&master, &terminal, nullptr, nullptr, &window) == 0);
  const int before = dup(STDERR_FILENO);
  dup2(terminal, STDERR_FILENO);
  act();
  dup2(before, STDERR_FILENO);
  REQUIRE(write(terminal, "\x04", 1) == 1);  // the end
  std::array<char, 4096> buffer{};
  std::string shown;
  while (shown.find('\x04') == std::string::npos) {
    const auto count = read(master, buffer.data(), buffer.size());
    REQUIRE(count > 0);
    shown.append(buffer.data(), static_cast<std::size_t>(count));
  }
  for (const int descriptor : {before, master, terminal}) close(descriptor);
  return shown.substr(0, shown.find('\x04'));
}

}  // namespace xauth::test
