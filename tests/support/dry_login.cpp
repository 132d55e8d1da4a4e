#include "support/dry_login.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "oauth/embedded_presets.h"
#include "oauth/preset.h"
#include "oauth/redirect_uri.h"
#include "support/paster.h"

namespace xauth::test {

namespace {

constexpr const char* kClient = "dry-client";
constexpr const char* kPasted = "https://app.example/callback";

demo::ClientAuth preferred(const oauth::Provider& preset) {
  if (preset.client_auth.empty()) return demo::ClientAuth::none;
  for (const auto method : preset.client_auth) {
    if (method == oauth::ClientAuth::none) return demo::ClientAuth::none;
    if (method == oauth::ClientAuth::basic) return demo::ClientAuth::client_secret_basic;
    if (method == oauth::ClientAuth::post) return demo::ClientAuth::client_secret_post;
  }
  FAIL("no way to authenticate that the embedded provider knows");
  return {};
}

demo::Manner manner_of(const oauth::Provider& preset) {
  auto manner = demo::plain();
  manner.any_loopback_port = preset.any_port;
  manner.any_localhost_port = preset.any_port;
  manner.speaks_openid = false;  // no keys are told: the claims of ID tokens must do
  return manner;
}

// The authorize URL that a login with -o json has told.
Url authorize_url_of_event(Running& login) {
  const auto told = login.await_output("\"waiting\"");
  const auto event = parse_json(told.substr(0, told.find('\n')));
  REQUIRE_MESSAGE(event, told);
  return *parse_url(*event->find("url")->string());
}

}  // namespace

std::string preset_text(const std::string& id) {
  const auto& presets = oauth::embedded_presets();
  const auto found = std::find_if(presets.begin(), presets.end(),
                                  [&](const auto& preset) { return preset.id == id; });
  REQUIRE_MESSAGE(found != presets.end(), id);
  return std::string(found->json);
}

DryLogin::DryLogin(const std::string& preset_id, const std::string& text)
    : id(preset_id),
      preset(text.empty() ? oauth::Provider() : oauth::parse_preset(id, text)),
      here(manner_of(preset)) {
  auto usual =
      preset.paste_only ? oauth::parse_redirect_uri(kPasted) : oauth::usual_redirect_uri(preset);
  if (!preset.paste_only) usual = oauth::with_port(usual, preset.any_port ? -1 : port);
  demo::RegisteredClient client{kClient, "Dry", {usual.text, listener()}, preferred(preset), {}};
  if (client.auth != demo::ClientAuth::none) {
    client.client_secret = Secret(std::string(kClientSecret));
    here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  }
  here.provider = std::make_unique<demo::Provider>(
      manner_of(preset), demo::RegisteredClients{client},
      [] { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }, fill_random);
  here.provider->start();
  dialect.emplace(preset, *here.provider);
  if (!text.empty()) write_preset(text);
}

void DryLogin::write_preset(const std::string& text) const {
  const std::filesystem::path directory = here.path_of("providers");
  std::filesystem::create_directories(directory);
  const auto own = std::filesystem::perms::owner_all;
  std::filesystem::permissions(directory.parent_path(), own);
  std::filesystem::permissions(directory, own);
  const auto path = directory / (id + ".json");
  std::ofstream(path) << PresetDialect::file_of(text, *here.provider);
  std::filesystem::permissions(path, std::filesystem::perms(0600));
}

std::vector<std::string> DryLogin::words() const {
  std::vector<std::string> words = {"login", id, "--no-browser", "--client-id", kClient};
  for (const auto& parameter : preset.parameters) {
    const bool whole = parameter.kind == oauth::UrlParameter::Kind::url;
    words.insert(words.end(),
                 {"--provider-param",
                  parameter.name + "=" + (whole ? "https://" : "") + PresetDialect::kPart});
  }
  if (preset.id.empty()) {
    for (auto& word : urls_of(*here.provider)) words.push_back(std::move(word));
  }
  return words;
}

Finished DryLogin::log_in() const {
  auto arguments = words();
  if (preset.paste_only) {
    arguments.insert(arguments.end(), {"--paste", "--redirect-uri", kPasted});
    Paster paster(here, arguments);
    paster.paste(redirected_url(authorize_url_in(paster.told)));
    return paster.login->wait();
  }
  if (!preset.any_port) arguments.insert(arguments.end(), {"--port", std::to_string(port)});
  return here.log_in(arguments);
}

Finished DryLogin::log_in_with(const std::vector<std::string>& more) const {
  auto arguments = words();
  arguments.insert(arguments.end(), {"--redirect-uri", listener(), "-o", "json"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  Running login(here.start(arguments));
  decide(authorize_url_of_event(login));
  return login.wait();
}

Finished DryLogin::run(const std::string& command, const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {command, id};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Running(here.start(arguments)).wait();
}

}  // namespace xauth::test
