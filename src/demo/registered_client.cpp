#include "demo/registered_client.h"

#include <algorithm>
#include <optional>

#include "base/encoding.h"
#include "base/url.h"
#include "demo/authorization_header.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

// What a request says about its sender, and the way it says so.
struct Credentials {
  std::string client_id;
  ClientAuth way = ClientAuth::none;
  Secret client_secret;
};

Credentials read_basic(const std::string& encoded) {
  const auto pair = base64_decode(encoded);
  if (!pair) throw Rejection(Fault::client_authentication);
  const auto colon = pair->find(':');
  if (colon == std::string::npos) throw Rejection(Fault::client_authentication);
  auto client_id = form_decode(pair->substr(0, colon));
  auto client_secret = form_decode(pair->substr(colon + 1));
  if (!client_id || !client_secret) throw Rejection(Fault::client_authentication);
  return {std::move(*client_id), ClientAuth::client_secret_basic,
          Secret(std::move(*client_secret))};
}

Credentials read_credentials(const IncomingRequest& request, const RequestParameters& form) {
  const auto basic = authorization(request, "Basic");
  auto client_secret = form.optional("client_secret");
  if (!basic) {
    const auto way = client_secret ? ClientAuth::client_secret_post : ClientAuth::none;
    return {form.required("client_id"), way, Secret(client_secret.value_or(""))};
  }
  auto credentials = read_basic(*basic);
  const auto client_id = form.optional("client_id");
  if (client_secret || (client_id && *client_id != credentials.client_id)) {
    throw Rejection(Fault::malformed_request);
  }
  return credentials;
}

// `uri` without its port where that makes no difference: at a loopback address, and at the name
// localhost only where the manner says so. RFC 8252 §7.3
std::optional<std::string> without_loopback_port(const std::string& uri, const Manner& manner) {
  auto url = parse_url(uri);
  if (!url || url->scheme != "http" || !is_loopback(*url)) return std::nullopt;
  const bool is_name = url->host == "localhost";
  if (!(is_name ? manner.any_localhost_port : manner.any_loopback_port)) return std::nullopt;
  url->port = -1;
  return url->text();
}

}  // namespace

const RegisteredClient* find_client(const RegisteredClients& clients,
                                    const std::string& client_id) {
  const auto found = std::find_if(clients.begin(), clients.end(), [&](const auto& client) {
    return client.client_id == client_id;
  });
  return found == clients.end() ? nullptr : &*found;
}

bool accepts_redirect(const RegisteredClient& client, const std::string& redirect_uri,
                      const Manner& manner) {
  const auto asked = without_loopback_port(redirect_uri, manner);
  return std::any_of(client.redirect_uris.begin(), client.redirect_uris.end(),
                     [&](const std::string& registered) {
                       if (registered == redirect_uri) return true;
                       return asked && asked == without_loopback_port(registered, manner);
                     });
}

const RegisteredClient& authenticate(const IncomingRequest& request, const RequestParameters& form,
                                     const RegisteredClients& clients, const Manner& manner) {
  const auto credentials = read_credentials(request, form);
  const auto* client = find_client(clients, credentials.client_id);
  if (client == nullptr) throw Rejection(Fault::unknown_client);
  const bool confidential = client->auth != ClientAuth::none;
  const auto way =
      confidential && manner.basic_only ? ClientAuth::client_secret_basic : client->auth;
  const bool proved =
      !confidential || client->client_secret.matches(credentials.client_secret.reveal());
  if (credentials.way != way || !proved) throw Rejection(Fault::client_authentication);
  return *client;
}

}  // namespace xauth::demo
