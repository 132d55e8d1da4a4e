// The socket that a server of ours waits on, bound so that nobody can share it.
#pragma once

#include <string>

namespace xauth {

// Listens on `address` (an IPv4 or IPv6 literal without brackets) and `port` (0 to 65535; 0: any
// free one). A fixed port may be bound again right after its last user ended (SO_REUSEADDR), but
// two sockets never share it; an IPv6 address never takes IPv4 connections. Returns the socket,
// close-on-exec; throws BindFailure.
int listen_on(const std::string& address, int port);

// The port that `socket` is bound to.
int port_of(int socket);

// Another descriptor for the same socket, close-on-exec; throws std::system_error.
int duplicate(int socket);

}  // namespace xauth
