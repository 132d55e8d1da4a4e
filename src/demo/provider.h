// The embedded authorization server on a port of this machine.
#pragma once

#include <memory>
#include <string>

#include "demo/authorization_server.h"
#include "system/loopback_server.h"

namespace xauth::demo {

class Provider {
 public:
  Provider(Manner manner, RegisteredClients clients, Now now, FillRandom fill_random)
      : server_(std::move(manner), std::move(clients), std::move(now), std::move(fill_random)) {}
  ~Provider() { stop(); }
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;

  // Binds 127.0.0.1 and serves; port 0 takes any free one. Throws BindFailure. May be called again
  // after stop(), also for the same port: codes, grants and the log are still there.
  void start(int port = 0);

  // Closes the port. A replaced answer that blocks must have been released before.
  void stop();

  // "http://127.0.0.1:PORT", without a slash at its end; of the last start().
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::string url(std::string_view path) const { return url() + std::string(path); }
  std::string authorize_url() const { return url(path::kAuthorize); }
  std::string token_url() const { return url(path::kToken); }
  std::string device_url() const { return url(path::kDeviceAuthorization); }
  std::string revoke_url() const { return url(path::kRevoke); }
  std::string introspect_url() const { return url(path::kIntrospect); }
  std::string account_url() const { return url(path::kAccount); }
  std::string keys_url() const { return url(path::kKeys); }
  int port() const { return port_; }

  // The protocol behind the port: its answers, its log, its counters.
  AuthorizationServer& server() { return server_; }

 private:
  AuthorizationServer server_;
  std::unique_ptr<LoopbackServer> listener_;  // gone first, as it calls server_
  int port_ = 0;
};

}  // namespace xauth::demo
