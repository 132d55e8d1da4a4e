#include "oauth/client.h"

#include "base/encoding.h"
#include "oauth/client_assertion.h"

namespace xauth::oauth {

void authenticate(HttpRequest& request, const Provider& provider, const Client& client,
                  const Moment& moment) {
  Form& form = request.form.emplace(request.form.value_or(Form()));
  switch (client.auth) {
    case ClientAuth::basic: {
      Secret joined(form_encode(client.id) + ":" + form_encode(client.secret.reveal()));
      request.authorization = Secret("Basic " + base64(joined.reveal()));
      return;
    }
    case ClientAuth::post:
      form.push_back({provider.client_id_parameter, client.id});
      form.push_back({provider.client_secret_parameter, client.secret});
      return;
    case ClientAuth::none:
      form.push_back({provider.client_id_parameter, client.id});
      return;
    case ClientAuth::client_secret_jwt:
    case ClientAuth::private_key_jwt:
      form.push_back({"client_assertion_type", kJwtBearerAssertion});
      form.push_back({"client_assertion", make_client_assertion(provider, client, moment)});
      return;
    case ClientAuth::tls_client_auth:
      form.push_back({provider.client_id_parameter, client.id});
      request.certificate = client.certificate;
      return;
  }
}

void check_client_id(const std::string& client_id) {
  constexpr std::size_t kLongest = 1024;  // real ones are below 200
  if (client_id.empty()) throw Error(Code::usage, "the client ID is empty");
  if (client_id.size() > kLongest || !is_printable_ascii(client_id)) {
    throw Error(Code::usage, "the client ID holds characters that no client ID has");
  }
}

}  // namespace xauth::oauth
