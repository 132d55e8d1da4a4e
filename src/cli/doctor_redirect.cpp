#include "cli/doctor_redirect.h"

#include <unistd.h>

#include <algorithm>

#include "cli/login_plan.h"
#include "system/listening_socket.h"
#include "system/loopback_server.h"

namespace xauth::cli {

namespace {

constexpr const char* kUri = "redirect_uri";
constexpr const char* kPort = "port";

std::string rule_of(const oauth::Provider& provider) {
  return provider.redirect_note.empty() ? ""
                                        : "; " + provider.name + " takes " + provider.redirect_note;
}

std::string login_with(const Subject& subject, const std::string& options) {
  return "xauth login " + subject.name + " " + options;
}

// Whether the provider's usual redirect URI names this machine by another name than `uri`: then one
// of them is not accepted.
bool names_another_host(const oauth::Provider& provider, const oauth::RedirectUri& uri) {
  if (provider.redirect_uri.empty()) return false;
  const auto usual = oauth::usual_redirect_uri(provider);
  return usual.url && uri.url && usual.url->host != uri.url->host;
}

std::string place_of(const std::string& address, int port) {
  return "port " + std::to_string(port) + " on " + address;
}

PortTry try_port(const std::string& uri, const std::string& address, int port) {
  PortTry result{uri, place_of(address, port), {}};
  try {
    ::close(listen_on(address, port));
  } catch (const BindFailure& failure) {
    result.why = failure.message;
  }
  return result;
}

// The address that a login listens at; nothing where it does not.
std::optional<flow::ListenAddress> listens_at(const store::Profile& profile,
                                              const oauth::RedirectUri& uri) {
  if (!profile.listen.empty()) return parse_listen_address(profile.listen);
  if (!oauth::can_listen(uri)) return std::nullopt;
  const std::string& host = uri.url->host;
  const std::string address = host == "localhost" ? "127.0.0.1" : host == "[::1]" ? "::1" : host;
  return flow::ListenAddress{address, uri.url->effective_port()};
}

std::vector<oauth::RedirectUri> uris_of(const Subject& subject) {
  std::vector<oauth::RedirectUri> uris;
  for (const auto& text : subject.profile.redirect_uri) {
    uris.push_back(oauth::parse_redirect_uri(text));
  }
  const bool usual = uris.empty() && !subject.provider.paste_only;
  if (usual) uris.push_back(oauth::usual_redirect_uri(subject.provider));
  return uris;
}

Findings check(const Subject& subject) {
  Findings findings;
  std::vector<PortTry> tries;
  const auto uris = uris_of(subject);
  for (const auto& uri : uris) {
    findings.push_back(judge_redirect_uri(subject, uri));
    const auto at = listens_at(subject.profile, uri);
    if (at) tries.push_back(try_port(uri.text, at->address, at->port));
  }
  if (uris.empty()) {
    findings.push_back(
        {kUri, Health::warning,
         subject.provider.name + " cannot answer to this machine" + rule_of(subject.provider),
         login_with(subject, "--paste --redirect-uri https://…, as registered")});
  }
  append(findings, judge_ports(tries, subject.provider.any_port));
  return findings;
}

}  // namespace

Finding judge_redirect_uri(const Subject& subject, const oauth::RedirectUri& uri) {
  const oauth::Provider& provider = subject.provider;
  const std::string rule = rule_of(provider);
  const bool known = !subject.profile.provider.empty();
  if (provider.paste_only && oauth::can_listen(uri)) {
    return {kUri, Health::failure, uri.text + " is not accepted" + rule,
            login_with(subject, "--paste --redirect-uri https://…, as registered")};
  }
  if (known && !provider.any_port && uri.url && uri.url->port == 0) {
    return {kUri, Health::failure,
            uri.text + " has another port at each login, which is not accepted" + rule,
            login_with(subject, "--redirect-uri with the port that is registered")};
  }
  if (names_another_host(provider, uri)) {
    const auto usual = oauth::usual_redirect_uri(provider);
    return {kUri, Health::warning, uri.text + " may not be accepted" + rule,
            "register " + oauth::as_registered(usual) +
                ", then: " + login_with(subject, "--redirect-uri " + usual.text)};
  }
  return {kUri, Health::ok,
          oauth::as_registered(uri) + " must be registered with " + provider.name +
              ", to the letter" + rule};
}

Findings judge_ports(const std::vector<PortTry>& tries, bool any_port) {
  const bool one_is_free =
      std::any_of(tries.begin(), tries.end(), [](const PortTry& t) { return t.why.empty(); });
  const std::string fix = any_port ? "end that program, or xauth login --port 0"
                                   : "end that program, or register another redirect URI and give "
                                     "it with --redirect-uri";
  Findings findings;
  for (const auto& port : tries) {
    if (port.why.empty()) {
      const bool any = port.place.starts_with("port 0 ");
      findings.push_back(
          {kPort, Health::ok, any ? "any free port will do" : port.place + " is free"});
      continue;
    }
    const Health health = one_is_free ? Health::warning : Health::failure;
    findings.push_back({kPort, health, port.why, fix});
  }
  return findings;
}

Findings check_redirect_uris(const std::optional<Subject>& subject) {
  if (!subject) {
    const auto usual = oauth::usual_redirect_uri({});
    return judge_ports({try_port(usual.text, usual.url->host, usual.url->port)}, false);
  }
  if (subject->profile.client_credentials) return {};
  try {
    return check(*subject);
  } catch (const Error& error) {
    return {failed(kUri, error,
                   login_with(*subject, "--redirect-uri with the one that is registered"))};
  }
}

}  // namespace xauth::cli
