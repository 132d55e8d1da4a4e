#include "cli/doctor_client.h"

#include <algorithm>

#include "cli/connection.h"
#include "oauth/client_auth.h"
#include "oauth/url_template.h"

namespace xauth::cli {

namespace {

constexpr const char* kClient = "client";

// Which kinds of application there are, behind what was found.
std::string kinds_of(const oauth::Provider& provider) {
  const std::string& note = provider.registration_note;
  return note.empty() ? "" : "; at " + provider.name + ": " + note;
}

Finding judge_missing(const Subject& subject) {
  const oauth::Provider& provider = subject.provider;
  const std::string where = provider.registration_page.empty() ? "with " + provider.name
                                                               : "at " + provider.registration_page;
  return {kClient, subject.kept ? Health::failure : Health::warning,
          "no client ID is known yet" + kinds_of(provider),
          "register an application " + where + ", then: xauth login " + subject.name +
              " --client-id ID"};
}

}  // namespace

Finding check_client(const Context& context, const Subject& subject) {
  store::Profile profile = subject.profile;
  if (profile.client_id.empty() && !subject.kept)
    profile.client_id = environment("XAUTH_CLIENT_ID");
  if (profile.client_id.empty()) return judge_missing(subject);
  try {
    const auto client = connection_of(context, subject.name, profile).client;
    const bool open = client.auth == oauth::ClientAuth::none;
    const std::string how =
        open ? ", without a secret"
             : ", which proves itself: " + std::string(oauth::name_of(client.auth));
    return {kClient, Health::ok, client.id + how + kinds_of(subject.provider)};
  } catch (const Error& error) {
    return failed(kClient, error,
                  "xauth login " + subject.name + ", with what is wrong given anew");
  }
}

Findings judge_advice(const Subject& subject) {
  std::vector<std::string> scopes;
  oauth::add_scopes(scopes, subject.profile.scope);
  if (scopes.empty()) scopes = subject.provider.scope;
  Findings findings;
  for (const auto& advice : subject.provider.advice) {
    const bool always = advice.without_scope.empty();
    const bool has_scope =
        std::find(scopes.begin(), scopes.end(), advice.without_scope) != scopes.end();
    if (!always && has_scope) continue;
    findings.push_back({always ? "advice" : "scope", always ? Health::ok : Health::warning,
                        advice.about, oauth::fill(advice.fix, {{"profile", subject.name}})});
  }
  return findings;
}

}  // namespace xauth::cli
