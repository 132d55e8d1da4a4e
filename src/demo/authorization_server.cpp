#include "demo/authorization_server.h"

#include <utility>

#include "demo/json_answer.h"
#include "demo/metadata.h"
#include "demo/pages.h"

namespace xauth::demo {

AuthorizationServer::AuthorizationServer(Manner manner, RegisteredClients clients, Now now,
                                         FillRandom fill_random)
    : manner_(std::move(manner)),
      clients_(std::move(clients)),
      grants_(manner_, now, fill_random),
      device_codes_(manner_, now, fill_random),
      keys_(manner_.id_token_alg),
      id_tokens_(manner_, addresses_, now, keys_),
      client_check_(manner_, clients_, addresses_, now),
      authorize_(manner_, clients_, addresses_, now, fill_random, grants_),
      device_(manner_, clients_, client_check_, addresses_, device_codes_),
      token_(manner_, client_check_, addresses_, grants_, device_codes_, id_tokens_) {}

void AuthorizationServer::answers_at(int port) {
  const std::lock_guard lock(mutex_);
  port_ = port;
  addresses_.url = "http://127.0.0.1:" + std::to_string(port);
  addresses_.issuer = manner_.issuer.empty() ? addresses_.url : manner_.issuer;
}

OutgoingReply AuthorizationServer::answer(const IncomingRequest& request) {
  const auto path = path_of(request);
  Wrapped replaced;
  {
    const std::lock_guard lock(mutex_);
    if (!is_for_us(request)) {
      return error_page(421, "This name is not ours", "Use the address that xauth printed.");
    }
    const auto found = replaced_.find(path);
    if (found != replaced_.end()) replaced = found->second;
  }
  log_.add(path, request);
  if (!replaced) return own_answer(request);
  return replaced(request,
                  [this](const IncomingRequest& original) { return own_answer(original); });
}

std::vector<AuthorizationServer::Route> AuthorizationServer::routes(
    const IncomingRequest& request) {
  const auto tell = [this] { return json_answer(200, metadata(manner_, addresses_)); };
  const bool devices = manner_.device.has_value();
  return {
      {path::kAuthorize, "GET", true, [&] { return authorize_.show(request); }},
      {path::kConsent, "POST", true, [&] { return authorize_.decide(request); }},
      {path::kToken, "POST", true, [&] { return token_.token(request); }},
      {path::kRevoke, "POST", true, [&] { return token_.revoke(request); }},
      {path::kIntrospect, "POST", manner_.introspects, [&] { return token_.introspect(request); }},
      {path::kDeviceAuthorization, "POST", devices, [&] { return device_.authorize(request); }},
      {path::kDevice, "GET", devices, [&] { return device_.show(request); }},
      {path::kDevice, "POST", devices, [&] { return device_.decide(request); }},
      {path::kAccount, "GET", true, [&] { return token_.account(request); }},
      {path::kKeys, "GET", manner_.speaks_openid,
       [&] { return json_answer(200, keys_.key_set()); }},
      {path::kOpenidMetadata, "GET", manner_.speaks_openid, tell},
      {path::kMetadata, "GET", manner_.tells_metadata, tell},
  };
}

OutgoingReply AuthorizationServer::own_answer(const IncomingRequest& request) {
  const auto path = path_of(request);
  std::string methods;
  for (const auto& route : routes(request)) {
    if (route.path != path || !route.served) continue;
    if (route.method == request.method) {
      const std::lock_guard lock(mutex_);
      return route.answer();
    }
    methods += (methods.empty() ? "" : ", ") + std::string(route.method);
  }
  if (!methods.empty()) {
    auto reply = error_page(405, "Not like this", "This address takes another method.");
    reply.headers.emplace_back("Allow", methods);
    return reply;
  }
  return error_page(404, "Nothing is here",
                    "This is the demonstration server of xauth. It answers only while it is "
                    "asked to log somebody in.");
}

bool AuthorizationServer::is_for_us(const IncomingRequest& request) const {
  const auto host = find_header(request.headers, "Host");
  if (!host || port_ < 0) return false;
  const auto port = ":" + std::to_string(port_);
  return *host == "127.0.0.1" + port || *host == "localhost" + port;
}

void AuthorizationServer::replace(const std::string& path, Answer answer) {
  wrap(path, [answer = std::move(answer)](const IncomingRequest& request, const Answer&) {
    return answer(request);
  });
}

void AuthorizationServer::wrap(const std::string& path, Wrapped wrapped) {
  const std::lock_guard lock(mutex_);
  replaced_[path] = std::move(wrapped);
}

void AuthorizationServer::restore(const std::string& path) {
  const std::lock_guard lock(mutex_);
  replaced_.erase(path);
}

std::vector<LoggedRequest> AuthorizationServer::requests(const std::string& path) const {
  return log_.requests(path);
}

bool AuthorizationServer::await_requests(const std::string& path, int count,
                                         std::chrono::milliseconds patience) const {
  return log_.await(path, count, patience);
}

int AuthorizationServer::refreshes() const {
  const std::lock_guard lock(mutex_);
  return grants_.refreshes();
}

int AuthorizationServer::grants_alive() const {
  const std::lock_guard lock(mutex_);
  return grants_.alive();
}

bool AuthorizationServer::approve(const std::string& user_code) {
  const std::lock_guard lock(mutex_);
  return device_.decide(user_code, true);
}

bool AuthorizationServer::deny(const std::string& user_code) {
  const std::lock_guard lock(mutex_);
  return device_.decide(user_code, false);
}

void AuthorizationServer::change_id_tokens(ChangeIdToken change) {
  const std::lock_guard lock(mutex_);
  id_tokens_.set_change(std::move(change));
}

void AuthorizationServer::rotate_keys(bool keep_old) {
  const std::lock_guard lock(mutex_);
  keys_.rotate(keep_old);
}

void AuthorizationServer::add_key(Json jwk) {
  const std::lock_guard lock(mutex_);
  keys_.add(std::move(jwk));
}

void AuthorizationServer::expire_access_tokens() {
  const std::lock_guard lock(mutex_);
  grants_.expire_access_tokens();
}

void AuthorizationServer::set_access_token_lifetime(Seconds lifetime) {
  const std::lock_guard lock(mutex_);
  grants_.set_access_token_lifetime(lifetime);
}

}  // namespace xauth::demo
