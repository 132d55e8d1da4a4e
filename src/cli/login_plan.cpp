#include "cli/login_plan.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/joined.h"
#include "base/terminal_text.h"
#include "cli/connection.h"
#include "cli/login_client.h"
#include "cli/nearest.h"
#include "cli/presets.h"
#include "cli/provider_params.h"
#include "cli/renewal.h"
#include "store/profile_name.h"

namespace xauth::cli {

namespace {

constexpr const char* kDefaultProvider = "x";

bool names_urls(const LoginOptions& options) {
  return !options.authorize_url.empty() || !options.token_url.empty() ||
         !options.device_url.empty() || !options.revoke_url.empty() ||
         !options.userinfo_url.empty() || !options.issuer.empty();
}

std::string profile_name(const store::Config& config, const LoginOptions& options) {
  if (!options.profile.empty()) return options.profile;
  if (!options.provider.empty()) return options.provider;
  if (names_urls(options)) {
    const bool by_issuer = !options.issuer.empty();
    throw Error(Code::usage,
                std::string("a login ") + (by_issuer ? "at an issuer" : "with URLs of its own") +
                    " needs a name",
                by_issuer ? "xauth login NAME --issuer " + for_terminal(options.issuer)
                          : "xauth login NAME --authorize-url …");
  }
  if (const auto name = environment("XAUTH_PROFILE"); !name.empty()) return name;
  const std::string usual = config.default_profile();
  return usual.empty() ? kDefaultProvider : usual;
}

[[noreturn]] void fail_unknown(const Context& context, const store::Config& config,
                               const std::string& name) {
  auto known = config.names();
  for (const auto& id : preset_ids(context)) known.push_back(id);
  const auto near = nearest(name, known);
  std::string hint = "xauth login " + (near.empty() ? name + " --issuer URL" : near.front());
  if (name == "demo") hint = "xauth demo";
  throw Error(Code::usage, "there is no profile and no provider " + name, hint);
}

// The options that name the provider, to be typed again.
std::string named_in(const store::Profile& former, const LoginOptions& options) {
  if (!options.provider.empty()) return "--provider " + options.provider;
  if (!options.issuer.empty()) return "--issuer " + for_terminal(options.issuer);
  return "--provider " + former.provider + " --provider-param …";
}

// Whether `options` name another provider than `profile` has.
bool names_another(const Context& context, const store::Profile& profile,
                   const LoginOptions& options) {
  if (!options.provider.empty() && options.provider != profile.provider) return true;
  if (is_another_with(context, profile, options.provider_param)) return true;
  if (options.issuer.empty() || options.issuer == profile.issuer) return false;
  return options.provider.empty() || !profile.issuer.empty();
}

// The settings that the profile has so far; nothing when the login starts anew. Another provider
// than the profile's does, and needs --force where tokens of the old one are kept.
std::optional<store::Profile> former_settings(const Context& context, const store::Config& config,
                                              const std::string& name,
                                              const LoginOptions& options) {
  auto existing = config.profile(name);
  if (!existing || !names_another(context, *existing, options)) return existing;
  if (!options.force && context.store.has_token_file(name)) {
    throw Error(
        Code::refused, name + " is logged in to " + existing->provider_name(),
        "xauth login ANOTHER-NAME " + named_in(*existing, options) + ", or --force to replace it");
  }
  return std::nullopt;
}

store::Profile new_settings(const Context& context, const store::Config& config,
                            const std::string& name, const LoginOptions& options) {
  store::Profile profile;
  profile.provider = options.provider;
  const auto existing = config.profile(name);
  const bool same = options.provider.empty() ? options.issuer.empty()
                                             : existing && options.provider == existing->provider;
  if (existing && same) {
    profile.provider = existing->provider;  // with other named parts
    profile.provider_param = existing->provider_param;
  }
  if (!profile.provider.empty()) return profile;
  if (is_preset(context, name)) {
    profile.provider = name;
  } else if (!names_urls(options)) {
    fail_unknown(context, config, name);
  }
  return profile;
}

void replace(std::string& kept, const std::string& given) {
  if (!given.empty()) kept = given;
}

void replace(std::vector<std::string>& kept, const std::vector<std::string>& given) {
  if (!given.empty()) kept = given;
}

// Whether the options say how a person is to log in.
bool means_person(const LoginOptions& options) {
  return options.device || options.paste || options.no_browser || !options.browser.empty();
}

void apply_options(store::Profile& profile, const LoginOptions& options) {
  if (options.client_credentials) profile.client_credentials = true;
  if (means_person(options)) profile.client_credentials = false;
  replace(profile.issuer, options.issuer);
  replace(profile.authorize_url, options.authorize_url);
  replace(profile.token_url, options.token_url);
  replace(profile.device_url, options.device_url);
  replace(profile.revoke_url, options.revoke_url);
  replace(profile.userinfo_url, options.userinfo_url);
  replace(profile.audience, options.audience);
  replace(profile.resource, options.resource);
  replace(profile.param, options.param);
  replace(profile.token_param, options.token_param);
  replace(profile.redirect_uri, options.redirect_uri);
  replace(profile.listen, options.listen);
  replace(profile.ca_file, absolute_path("--ca-file", options.ca_file));
}

// Whether the token endpoint is at another place than the former settings say: a kept secret is not
// for it.
bool moves_elsewhere(const Context& context, const store::Profile& former,
                     const oauth::Provider& provider) {
  return !same_server(provider_of(context, former).token_url, provider.token_url);
}

// How the tokens are come by, which decides what endpoints are needed.
enum class Way { browser, device, application };

Way way_of(const store::Profile& profile, const LoginOptions& options) {
  if (profile.client_credentials) return Way::application;
  return options.device ? Way::device : Way::browser;
}

void check_urls(const oauth::Provider& provider) {
  for (const auto& [what, url] : {std::pair("--authorize-url", &provider.authorize_url),
                                  std::pair("--token-url", &provider.token_url),
                                  std::pair("--device-url", &provider.device_url),
                                  std::pair("--revoke-url", &provider.revoke_url),
                                  std::pair("--userinfo-url", &provider.userinfo_url)}) {
    if (!url->empty()) oauth::endpoint(what, *url);
  }
}

void check_endpoints(const oauth::Provider& provider, Way way) {
  check_urls(provider);
  if (way == Way::device && provider.device_url.empty()) {
    throw Error(Code::usage, provider.name + " has no device login that xauth knows of",
                "leave --device out, or give --device-url URL");
  }
  const bool needs_person = way == Way::browser;
  const bool lacks_token_url = provider.token_url.empty();
  const bool lacks_authorize_url = needs_person && provider.authorize_url.empty();
  if (!lacks_token_url && !lacks_authorize_url) return;
  if (!provider.issuer.empty()) {
    throw Error(Code::bad_response,
                "the metadata of " + for_terminal(provider.issuer) + " names no " +
                    (lacks_token_url ? "token_endpoint" : "authorization_endpoint"),
                lacks_token_url ? "--token-url URL" : "--authorize-url URL");
  }
  const std::string what = needs_person ? "the authorize URL and the token URL" : "the token URL";
  const std::string options =
      needs_person ? "--authorize-url URL --token-url URL" : "--token-url URL";
  throw Error(Code::usage, "a login needs " + what + " of the provider",
              options + ", or --issuer URL, or --provider ID");
}

std::vector<std::string> scopes_to_ask(const store::Profile& profile,
                                       const oauth::Provider& provider,
                                       const LoginOptions& options) {
  std::vector<std::string> scopes;
  for (const auto& text : options.scope) oauth::add_scopes(scopes, text);
  if (options.scope.empty()) {
    oauth::add_scopes(scopes, profile.scope);
    const bool usual = scopes.empty() && !profile.client_credentials;  // those are for a person
    if (usual) scopes = provider.scope;
  }
  for (const auto& text : options.add_scope) oauth::add_scopes(scopes, text);
  return scopes;
}

Error needs_own_redirect_uri(const oauth::Provider& provider) {
  return {Code::usage, provider.name + " cannot answer to this machine: " + provider.redirect_note,
          "--paste --redirect-uri https://…, as registered"};
}

std::vector<oauth::RedirectUri> redirect_uris(const store::Profile& profile,
                                              const oauth::Provider& provider,
                                              const LoginOptions& options) {
  std::vector<oauth::RedirectUri> uris;
  for (const auto& text : profile.redirect_uri) uris.push_back(oauth::parse_redirect_uri(text));
  if (uris.empty()) {
    if (provider.paste_only) throw needs_own_redirect_uri(provider);
    const auto usual = oauth::usual_redirect_uri(provider);
    uris.push_back(options.port ? oauth::with_port(usual, *options.port) : usual);
  } else if (options.port && (!uris.front().url || uris.front().url->port != *options.port)) {
    throw Error(
        Code::usage,
        "--port is for the default redirect URI, and the profile names " + uris.front().text,
        "leave --port out, or give the whole --redirect-uri");
  }
  return uris;
}

void check_reachable(const LoginPlan& plan, const LoginOptions& options) {
  if (options.paste || options.device || plan.profile.client_credentials) return;
  for (const auto& uri : plan.redirect_uris) {
    if (plan.listen ? uri.url.has_value() : oauth::can_listen(uri)) continue;
    throw Error(Code::usage, "nobody on this machine can answer at " + uri.text,
                "--paste, or --listen ADDRESS:PORT where a tunnel leads here");
  }
}

// Fills in the provider: its preset or its issuer's metadata, and the URLs of options. Returns the
// metadata, if an issuer was asked.
std::optional<oauth::Metadata> settle_provider(const Context& context, LoginPlan& plan,
                                               const LoginOptions& options,
                                               const Discover& discover) {
  const std::string issuer = issuer_to_ask(context, plan.profile);
  if (issuer.empty()) {
    plan.provider = provider_of(context, plan.profile);
    return std::nullopt;
  }
  forget_found_urls(plan.profile, options);
  plan.provider = provider_of(context, plan.profile);
  check_urls(plan.provider);
  oauth::Metadata metadata = discover(issuer, plan.profile.ca_file);
  for (const auto& line : elsewhere(metadata)) context.out.detail(line);
  add_found(metadata, plan.profile, plan.provider);
  return metadata;
}

}  // namespace

bool is_loopback_address(const std::string& address) {
  const bool v6 = address.find(':') != std::string::npos;
  const auto url = parse_url("http://" + (v6 ? "[" + address + "]" : address) + "/");
  return url && is_loopback(*url);
}

store::Tokens first_tokens(const LoginPlan& plan, const oauth::TokenGrant& grant, Time issued_at) {
  store::Tokens none;
  none.provider = plan.profile.provider_name();
  none.client_id = plan.client.id;
  none.token_url = plan.provider.token_url;
  none.scope = joined(plan.scope, " ");
  return tokens_after(none, grant, issued_at);
}

flow::ListenAddress parse_listen_address(const std::string& text) {
  const auto colon = text.rfind(':');
  std::string address = text.substr(0, colon);
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  if (bracketed) address = address.substr(1, address.size() - 2);
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  const bool literal =
      inet_pton(bracketed ? AF_INET6 : AF_INET, address.c_str(), parsed.data()) == 1;
  int port = -1;
  const std::string digits = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!literal || !whole || port < 0 || port > 65535) {
    throw Error(Code::usage, "--listen needs an IP address and a port, such as 127.0.0.1:8000");
  }
  return {address, port};
}

LoginPlan plan_login(const Context& context, const LoginOptions& options,
                     const Discover& discover) {
  const store::Config config = context.store.config();
  LoginPlan plan;
  plan.name = profile_name(config, options);
  store::check_profile_name(plan.name);
  plan.former = former_settings(context, config, plan.name, options);
  const auto& former = plan.former;
  plan.profile = former ? *former : new_settings(context, config, plan.name, options);
  if (!former) plan.new_secret = Secret();  // one that lies there belongs to something else
  apply_options(plan.profile, options);
  settle_provider_params(context, plan.profile, options.provider_param);
  plan.profile.client_auth_algorithm.clear();  // the provider is asked again
  const auto metadata = settle_provider(context, plan, options, discover);
  check_endpoints(plan.provider, way_of(plan.profile, options));
  check_one_place(context, config, plan.name, plan.profile);
  if (former && moves_elsewhere(context, *former, plan.provider)) plan.new_secret = Secret();
  plan.redirect_uris = redirect_uris(plan.profile, plan.provider, options);
  if (!plan.profile.listen.empty()) plan.listen = parse_listen_address(plan.profile.listen);
  check_reachable(plan, options);
  plan.scope = scopes_to_ask(plan.profile, plan.provider, options);
  plan.profile.scope = joined(plan.scope, " ");
  params_of("--param", plan.profile.param);
  params_of("--token-param", plan.profile.token_param);
  settle_client(context, plan, options);
  if (metadata && plan.client.auth == oauth::ClientAuth::tls_client_auth) {
    use_mtls_endpoints(*metadata, plan.profile, plan.provider);
  }
  return plan;
}

}  // namespace xauth::cli
