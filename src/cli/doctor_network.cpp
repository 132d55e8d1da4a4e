#include "cli/doctor_network.h"

#include <algorithm>
#include <array>

#include "base/http_date.h"
#include "cli/connection.h"
#include "cli/words.h"
#include "system/proxy.h"
#include "system/trust_store.h"

namespace xauth::cli {

namespace {

constexpr const char* kName = "dns";
constexpr const char* kConnection = "connection";
constexpr const char* kTls = "tls";
constexpr const char* kAnswer = "answer";
constexpr const char* kClock = "clock";

constexpr Seconds kSkewTold{60};
constexpr Seconds kSkewBorne{300};  // as ID tokens are checked

Finding check_proxy() {
  const Url elsewhere{.scheme = "https", .host = "provider.invalid"};
  try {
    const Proxy proxy = find_proxy(elsewhere);
    if (proxy.url.empty()) return {"proxy", Health::ok, "none is used"};
    const std::string except = proxy.exceptions.empty() ? "" : ", but not for " + proxy.exceptions;
    return {"proxy", Health::ok, name_of(proxy) + " is used" + except};
  } catch (const Error& error) {
    return failed("proxy", error, "HTTPS_PROXY=http://HOST:PORT");
  }
}

Finding check_trust(const std::string& ca_file) {
  constexpr const char* kTrust = "ca_file";
  try {
    const TrustStore trust = find_trust_store(ca_file);
    const bool both = !trust.file.empty() && !trust.directory.empty();
    return {kTrust, Health::ok,
            "the authorities in " + trust.file + (both ? " and " : "") + trust.directory +
                " are believed"};
  } catch (const Error& error) {
    return failed(kTrust, error,
                  "--ca-file or SSL_CERT_FILE with a PEM file; the system's come with the package "
                  "ca-certificates");
  }
}

bool has_name(const Url& url) {
  return url.host.find_first_not_of("0123456789.") != std::string::npos &&
         !url.host.starts_with('[');
}

bool is_proxied(const Url& url) {
  try {
    return !find_proxy(url).url.empty();
  } catch (const Error&) {
    return false;
  }
}

std::string fix_of(Stage stage) {
  switch (stage) {
    case Stage::name:
      return "check the network, the provider's URL, and /etc/resolv.conf";
    case Stage::connection:
      return "check the network and the firewall; HTTPS_PROXY where only a proxy leads outside";
    case Stage::tls:
      return "--ca-file FILE or SSL_CERT_FILE, if a firewall or an authority of your own is there";
    case Stage::answer:
      return "try again later";
  }
  return {};
}

// The stages that were passed before `end`.
Findings passed(const Url& url, Stage end) {
  Findings findings;
  const bool name_is_ours = has_name(url) && !is_proxied(url);
  if (end > Stage::name && name_is_ours) {
    findings.push_back({kName, Health::ok, url.host + " has an address"});
  }
  if (end > Stage::connection) {
    findings.push_back({kConnection, Health::ok, url.authority() + " can be reached"});
  }
  if (end > Stage::tls && url.scheme == "https") {
    findings.push_back({kTls, Health::ok, "the certificate of " + url.authority() + " is good"});
  }
  return findings;
}

Finding judge_clock(const Url& url, const HttpResponse& response, Time now) {
  const auto date = find_header(response.headers, "Date");
  const auto theirs = date ? parse_http_date(*date, now) : std::nullopt;
  if (!theirs) return {kClock, Health::ok, url.host + " does not tell the time"};
  const Seconds skew = now - *theirs;
  const Seconds size = skew < Seconds(0) ? -skew : skew;
  if (size <= kSkewTold) return {kClock, Health::ok, "as that of " + url.host};
  return {kClock, size <= kSkewBorne ? Health::warning : Health::failure,
          in_words(size) + (skew > Seconds(0) ? " ahead of " : " behind ") + url.host,
          "set the clock of this machine, as by: timedatectl set-ntp true"};
}

Findings ask(const System& system, const Url& url) {
  try {
    const HttpResponse response = system.send({.url = url});
    return judge_answer(url, response, system.now());
  } catch (const SendFailure& failure) {
    return judge_answer(url, failure, system.now());
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    return {failed(kTls, error, fix_of(Stage::tls))};
  }
}

}  // namespace

Findings check_network_settings(const std::string& ca_file) {
  return {check_proxy(), check_trust(ca_file)};
}

std::vector<Url> servers_of(const oauth::Provider& provider) {
  std::vector<Url> servers;
  for (const std::string& text :
       {provider.token_url, provider.issuer, provider.refresh_url, provider.device_url,
        provider.revoke_url, provider.userinfo_url, provider.introspect_url, provider.jwks_url}) {
    const auto url = parse_url(text);
    if (!url) continue;
    const Url page{
        .scheme = url->scheme, .host = url->host, .port = url->port, .path = "/robots.txt"};
    const bool known = std::any_of(servers.begin(), servers.end(), [&](const Url& other) {
      return same_server(other.text(), page.text());
    });
    if (!known) servers.push_back(page);
  }
  return servers;
}

Findings judge_answer(const Url& url, const std::variant<HttpResponse, SendFailure>& answer,
                      Time now) {
  if (const auto* response = std::get_if<HttpResponse>(&answer)) {
    Findings findings = passed(url, Stage::answer);
    findings.push_back(judge_clock(url, *response, now));
    return findings;
  }
  const auto& failure = std::get<SendFailure>(answer);
  Findings findings = passed(url, failure.stage);
  if (failure.reached && failure.code == Code::bad_response)
    return findings;  // such a page: no matter
  const std::array<const char*, 4> names = {kName, kConnection, kTls, kAnswer};
  findings.push_back(
      failed(names.at(static_cast<std::size_t>(failure.stage)), failure, fix_of(failure.stage)));
  return findings;
}

Findings check_servers(const System& system, const oauth::Provider& provider) {
  Findings findings;
  for (const auto& url : servers_of(provider)) append(findings, ask(system, url));
  return findings;
}

}  // namespace xauth::cli
