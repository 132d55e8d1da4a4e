// The embedded provider as the tests' provider, with the clients that they log in as.
#pragma once

#include <chrono>
#include <memory>

#include "demo/provider.h"
#include "system/random.h"

namespace xauth::test {

inline constexpr const char* kPublicClient = "public-client";
inline constexpr const char* kBasicClient = "basic-client";
inline constexpr const char* kPostClient = "post-client";
inline constexpr const char* kClientSecret = "client-secret-canary";

// A provider of that manner on a free port, with a public, a Basic and a form client; all may be
// answered at http://127.0.0.1:PORT/callback for the `ports` given, or at any port where the
// manner allows it. `more` clients may be registered.
inline std::unique_ptr<demo::Provider> start_provider(demo::Manner manner,
                                                      const std::vector<int>& ports = {},
                                                      const demo::RegisteredClients& more = {}) {
  std::vector<std::string> uris = {"http://127.0.0.1/callback", "http://127.0.0.1:8000/callback"};
  for (const int port : ports) {
    uris.push_back("http://127.0.0.1:" + std::to_string(port) + "/callback");
  }
  const Secret secret{std::string(kClientSecret)};
  demo::RegisteredClients clients = {
      {kPublicClient, "Public", uris, demo::ClientAuth::none, {}},
      {kBasicClient, "Basic", uris, demo::ClientAuth::client_secret_basic, secret},
      {kPostClient, "Post", uris, demo::ClientAuth::client_secret_post, secret}};
  clients.insert(clients.end(), more.begin(), more.end());
  auto provider = std::make_unique<demo::Provider>(
      std::move(manner), std::move(clients),
      [] { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }, fill_random);
  provider->start();
  return provider;
}

}  // namespace xauth::test
