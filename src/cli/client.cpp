#include "cli/client.h"

#include "oauth/client_assertion.h"
#include "system/client_certificate.h"
#include "system/private_file.h"

namespace xauth::cli {

namespace {

using oauth::ClientAuth;

constexpr std::size_t kLargestKey = 64 * 1024;  // an RSA key of 16,384 bits has 13 KiB

Error takes_no_secret(const std::string& name, const oauth::Provider& provider) {
  std::string methods;
  for (const auto method : provider.client_auth) {
    methods += (methods.empty() ? "" : ", ") + std::string(oauth::name_of(method));
  }
  return {Code::usage, name + ": the provider takes no client secret (only: " + methods + ")",
          "leave --client-secret-file out, or say how it is sent: --client-auth NAME"};
}

// Whether a secret of this profile is of any use, so that none is looked for otherwise.
bool may_need_secret(const store::Profile& profile, std::optional<ClientAuth> configured) {
  if (configured) return oauth::uses_secret(*configured);
  return profile.client_key_file.empty() && profile.client_certificate_file.empty();
}

Secret find_secret(const Context& context, const std::string& name,
                   const std::optional<Secret>& given) {
  Secret secret = given.value_or(Secret());
  if (secret.empty()) secret = Secret(environment("XAUTH_CLIENT_SECRET"));
  if (secret.empty() && !given) secret = context.store.client_secret(name);
  return secret;
}

Error lacks(const std::string& name, const std::string& what, const std::string& options) {
  return {Code::usage, name + " needs " + what, "xauth login " + name + " " + options};
}

jose::SigningKey read_key(const std::string& name, const std::string& path) {
  if (path.empty()) {
    throw lacks(name, "the private key of its application", "--client-key-file FILE");
  }
  const Secret text = read_private_file(path, "the client key", kLargestKey);
  return jose::SigningKey::from_text(text, "the client key " + path);
}

}  // namespace

std::optional<ClientCertificate> certificate_of(const store::Profile& profile) {
  if (profile.client_certificate_file.empty()) return std::nullopt;
  ClientCertificate files{profile.client_certificate_file, profile.client_key_file};
  const TlsIdentity usable(files);  // told now, before a person is sent anywhere
  return files;
}

oauth::Client client_of(const Context& context, const std::string& name,
                        const store::Profile& profile, const oauth::Provider& provider,
                        const std::optional<Secret>& given) {
  const auto configured = oauth::client_auth_from(profile.client_auth);
  oauth::Client client;
  client.id = profile.client_id;
  if (may_need_secret(profile, configured)) client.secret = find_secret(context, name, given);
  client.auth =
      oauth::choose_client_auth(provider.client_auth, configured,
                                {.secret = !client.secret.empty(),
                                 .key = !profile.client_key_file.empty(),
                                 .certificate = !profile.client_certificate_file.empty()});
  const bool left_out = client.auth == ClientAuth::none && !configured;
  if (left_out && given && !given->empty()) throw takes_no_secret(name, provider);
  if (oauth::uses_secret(client.auth) && client.secret.empty()) {
    throw lacks(name, "the client secret of its application",
                "--client-secret-file FILE, or set XAUTH_CLIENT_SECRET");
  }
  if (client.auth == ClientAuth::none && profile.client_credentials) {
    throw lacks(name, "a secret, a key or a certificate of its application",
                "--client-secret-file FILE");
  }
  switch (client.auth) {
    case ClientAuth::client_secret_jwt:
      client.key = jose::SigningKey::from_secret(client.secret);
      oauth::choose_assertion_algorithm(provider, client);  // throws when it fits none
      break;
    case ClientAuth::private_key_jwt:
      client.key = read_key(name, profile.client_key_file);
      oauth::choose_assertion_algorithm(provider, client);
      break;
    case ClientAuth::tls_client_auth:
      client.certificate = certificate_of(profile);
      if (!client.certificate) {
        throw lacks(name, "the certificate of its application",
                    "--client-certificate-file FILE --client-key-file FILE");
      }
      break;
    default:
      break;
  }
  return client;
}

}  // namespace xauth::cli
