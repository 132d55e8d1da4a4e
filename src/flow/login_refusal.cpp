#include "flow/login_refusal.h"

namespace xauth::flow {

namespace {

std::string hint_for(const oauth::Refusal& refusal, const oauth::Client& client,
                     const std::string& redirect_uri) {
  if (refusal.fix == "redirect_uri" || refusal.meaning == "redirect_uri_mismatch") {
    return "register this redirect URI with the provider, exactly so: " + redirect_uri;
  }
  if (refusal.fix == "scope") {
    return "ask for other scopes: --scope, or allow them to the application";
  }
  if (refusal.fix == "application") return "check the settings of the application at the provider";
  if (refusal.fix == "client" || refusal.meaning == "invalid_client" ||
      refusal.meaning == "unauthorized_client") {
    return client.auth == oauth::ClientAuth::none
               ? "check --client-id; an application with a secret needs --client-secret-file too"
               : "check --client-id, --client-secret-file and --client-auth";
  }
  return {};
}

}  // namespace

Error login_refused(const oauth::Refusal& refusal, const oauth::Client& client,
                    const std::string& redirect_uri) {
  return {oauth::code_of(refusal), "the login was refused: " + oauth::text_of(refusal),
          hint_for(refusal, client, redirect_uri), refusal.meaning};
}

}  // namespace xauth::flow
