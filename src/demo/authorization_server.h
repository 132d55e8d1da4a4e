// The embedded authorization server without its socket: requests in, answers out. It is what
// `xauth demo` logs in to, and the fake provider of the tests, which may replace its answers.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/http_message.h"
#include "demo/addresses.h"
#include "demo/authorize_endpoint.h"
#include "demo/client_check.h"
#include "demo/device_codes.h"
#include "demo/device_endpoint.h"
#include "demo/grants.h"
#include "demo/id_tokens.h"
#include "demo/manner.h"
#include "demo/random_text.h"
#include "demo/registered_client.h"
#include "demo/request_log.h"
#include "demo/signing_keys.h"
#include "demo/token_endpoint.h"

namespace xauth::demo {

using Answer = std::function<OutgoingReply(const IncomingRequest&)>;

// Safe for several threads at once. Its paths are in addresses.h.
class AuthorizationServer {
 public:
  AuthorizationServer(Manner manner, RegisteredClients clients, Now now, FillRandom fill_random);
  AuthorizationServer(const AuthorizationServer&) = delete;
  AuthorizationServer& operator=(const AuthorizationServer&) = delete;

  // Only requests to 127.0.0.1 and localhost at this port are answered; none are before the
  // call. A foreign name is a page that has pointed its own name at us (DNS rebinding).
  void answers_at(int port);

  // The answer to a request. Never throws but what a replaced answer throws.
  OutgoingReply answer(const IncomingRequest& request);

  // Lets `answer` stand in for what `path` answers, whatever the method and also where there is
  // nothing. It runs outside the lock and may block or throw.
  void replace(const std::string& path, Answer answer);

  // The same, with the server's own answer at hand: to delay it, change it, or lose it after the
  // request took effect.
  using Wrapped = std::function<OutgoingReply(const IncomingRequest&, const Answer& original)>;
  void wrap(const std::string& path, Wrapped wrapped);

  // Ends what replace() or wrap() began.
  void restore(const std::string& path);

  // What was asked so far: see RequestLog.
  std::vector<LoggedRequest> requests(const std::string& path) const;
  int count(const std::string& path) const { return log_.count(path); }
  bool await_requests(const std::string& path, int count, std::chrono::milliseconds patience) const;

  // Refreshes that succeeded, and grants that still can be used.
  int refreshes() const;
  int grants_alive() const;

  // The person's answer to the device login with that user code, as the page would give it; false
  // when none waits under it.
  bool approve(const std::string& user_code);
  bool deny(const std::string& user_code);

  // Lets `change` see every ID token before it is signed; an empty function ends that. It runs
  // within the lock.
  void change_id_tokens(ChangeIdToken change);

  // Signs ID tokens with a new key; the old one leaves the key set, unless `keep_old`.
  void rotate_keys(bool keep_old = false);

  // Puts a key of whatever form in front of the key set.
  void add_key(Json jwk);

  // Lets every access token expire now; refresh tokens stay.
  void expire_access_tokens();

  // How long the access tokens issued from now on live.
  void set_access_token_lifetime(Seconds lifetime);

 private:
  struct Route {
    std::string_view path;
    std::string_view method;
    bool served;  // by this manner
    std::function<OutgoingReply()> answer;
  };

  OutgoingReply own_answer(const IncomingRequest& request);
  std::vector<Route> routes(const IncomingRequest& request);
  bool is_for_us(const IncomingRequest& request) const;

  const Manner manner_;
  const RegisteredClients clients_;
  mutable std::mutex mutex_;  // of all below but the log, which has its own
  Addresses addresses_;
  Grants grants_;
  DeviceCodes device_codes_;
  SigningKeys keys_;
  IdTokens id_tokens_;
  ClientCheck client_check_;
  AuthorizeEndpoint authorize_;
  DeviceEndpoint device_;
  TokenEndpoint token_;
  int port_ = -1;
  std::map<std::string, Wrapped> replaced_;
  RequestLog log_;
};

}  // namespace xauth::demo
