// The embedded provider for scripts: prints its URL, then a line for each refresh token that is
// sent to it, and for each token that it revokes, and ends with its standard input. Its token
// answer is always the same, so that each round of a test is like the one before.
#include <chrono>
#include <iostream>
#include <mutex>

#include "demo/provider.h"
#include "system/random.h"

namespace {

constexpr const char* kAnswer =
    R"({"token_type":"Bearer","access_token":"new-access","refresh_token":"new-refresh",)"
    R"("expires_in":3600})";

std::string parameter(const std::string& body, std::string_view wanted) {
  for (const auto& [name, value] : xauth::parse_query(body)) {
    if (name == wanted) return value.value_or("");
  }
  return "none";
}

}  // namespace

int main() {
  xauth::demo::Provider provider(
      xauth::demo::plain(), {},
      [] { return std::chrono::floor<xauth::Seconds>(std::chrono::system_clock::now()); },
      xauth::fill_random);
  std::mutex mutex;
  provider.server().replace("/token", [&](const xauth::IncomingRequest& request) {
    const std::lock_guard lock(mutex);
    std::cout << parameter(request.body, "refresh_token") << std::endl;
    return xauth::OutgoingReply{200, {{"Content-Type", "application/json"}}, kAnswer};
  });
  provider.server().replace("/revoke", [&](const xauth::IncomingRequest& request) {
    const std::lock_guard lock(mutex);
    std::cout << "revoked " << parameter(request.body, "token") << std::endl;
    return xauth::OutgoingReply{200, {}, {}};
  });
  provider.start();
  std::cout << provider.url() << std::endl;
  std::cin.get();
}
