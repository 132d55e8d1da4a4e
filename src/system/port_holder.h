// Which program listens on a port of this machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xauth {

// A socket that listens, by the kernel's table of them.
struct Listener {
  std::uint64_t inode = 0;
  std::uint32_t user = 0;
};

// The sockets that listen on `port` in the text of /proc/net/tcp or tcp6. proc(5)
std::vector<Listener> listeners_in(std::string_view table, int port);

// Who listens on `port`, as `NAME (process ID)`, `a program of USER` where the process is
// another user's, or empty where nobody does or the system does not tell. The name is safe to show.
std::string holder_of(int port);

}  // namespace xauth
