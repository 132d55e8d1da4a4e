#include "demo/authorization_server.h"

#include <utility>

#include "demo/pages.h"

namespace xauth::demo {

AuthorizationServer::AuthorizationServer(Manner manner, RegisteredClients clients, Now now,
                                         FillRandom fill_random)
    : manner_(std::move(manner)),
      clients_(std::move(clients)),
      grants_(manner_, now, fill_random),
      authorize_(manner_, clients_, now, fill_random, grants_),
      token_(manner_, clients_, grants_) {}

void AuthorizationServer::answers_at(int port) {
  const std::lock_guard lock(mutex_);
  port_ = port;
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

OutgoingReply AuthorizationServer::own_answer(const IncomingRequest& request) {
  struct Route {
    std::string_view path;
    std::string_view method;
    std::function<OutgoingReply()> answer;
  };
  const Route routes[] = {
      {"/authorize", "GET", [&] { return authorize_.show(request); }},
      {"/consent", "POST", [&] { return authorize_.decide(request); }},
      {"/token", "POST", [&] { return token_.token(request); }},
      {"/revoke", "POST", [&] { return token_.revoke(request); }},
      {"/me", "GET", [&] { return token_.account(request); }},
  };
  const auto path = path_of(request);
  for (const auto& route : routes) {
    if (route.path != path) continue;
    if (route.method != request.method) {
      auto reply = error_page(405, "Not like this", "This address takes another method.");
      reply.headers.emplace_back("Allow", route.method);
      return reply;
    }
    const std::lock_guard lock(mutex_);
    return route.answer();
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

void AuthorizationServer::expire_access_tokens() {
  const std::lock_guard lock(mutex_);
  grants_.expire_access_tokens();
}

void AuthorizationServer::set_access_token_lifetime(Seconds lifetime) {
  const std::lock_guard lock(mutex_);
  grants_.set_access_token_lifetime(lifetime);
}

}  // namespace xauth::demo
