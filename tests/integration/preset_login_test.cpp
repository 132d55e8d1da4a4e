// Every preset logs in, prints its token, refreshes it and logs out, against the embedded provider
// in that preset's manner. The preset is a person's own file with the provider's URLs, which takes
// the place of the embedded one.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "oauth/authorization.h"
#include "oauth/preset.h"
#include "oauth/redirect_uri.h"
#include "support/paster.h"
#include "support/preset_dialect.h"
#include "system/random.h"

using namespace xauth;
using namespace xauth::test;

namespace {

constexpr const char* kClient = "dry-client";
constexpr const char* kPasted = "https://app.example/callback";

demo::ClientAuth preferred(const oauth::Provider& preset) {
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

// One preset, its provider and a person's home.
struct DryLogin {
  explicit DryLogin(const std::string& preset_id)
      : id(preset_id), preset(*oauth::find_preset(preset_id)), here(manner_of(preset)) {
    auto usual =
        preset.paste_only ? oauth::parse_redirect_uri(kPasted) : oauth::usual_redirect_uri(preset);
    if (!preset.paste_only) usual = oauth::with_port(usual, preset.any_port ? -1 : port);
    demo::RegisteredClient client{kClient, "Dry", {usual.text}, preferred(preset), {}};
    if (client.auth != demo::ClientAuth::none) {
      client.client_secret = Secret(std::string(kClientSecret));
      here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
    }
    here.provider = std::make_unique<demo::Provider>(
        manner_of(preset), demo::RegisteredClients{client},
        [] { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }, fill_random);
    here.provider->start();
    dialect.emplace(preset, *here.provider);
    write_preset();
  }

  void write_preset() const {
    const std::filesystem::path directory = here.path_of("providers");
    std::filesystem::create_directories(directory);
    const auto own = std::filesystem::perms::owner_all;
    std::filesystem::permissions(directory.parent_path(), own);
    std::filesystem::permissions(directory, own);
    const auto path = directory / (id + ".json");
    std::ofstream(path) << PresetDialect::file_of(id, *here.provider);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
  }

  std::vector<std::string> arguments() const {
    std::vector<std::string> words = {"login", id, "--no-browser", "--client-id", kClient};
    for (const auto& parameter : preset.parameters) {
      const bool whole = parameter.kind == oauth::UrlParameter::Kind::url;
      words.insert(words.end(),
                   {"--provider-param",
                    parameter.name + "=" + (whole ? "https://" : "") + PresetDialect::kPart});
    }
    if (preset.paste_only) words.insert(words.end(), {"--paste", "--redirect-uri", kPasted});
    if (!preset.paste_only && !preset.any_port) {
      words.insert(words.end(), {"--port", std::to_string(port)});
    }
    return words;
  }

  Finished log_in() const {
    if (!preset.paste_only) return here.log_in(arguments());
    Paster paster(here, arguments());
    paster.paste(redirected_url(authorize_url_in(paster.told)));
    return paster.login->wait();
  }

  Finished run(const std::string& command) const {
    return Running(here.start({command, id})).wait();
  }

  std::string kept(const std::string& member) const {
    return here.kept("tokens/" + id + ".json", member).value_or("");
  }

  const std::string id;
  const oauth::Provider preset;
  const int port = free_port();
  Workplace here;
  std::optional<PresetDialect> dialect;
};

void check_login(const DryLogin& login) {
  const auto finished = login.log_in();
  REQUIRE_MESSAGE(finished.status == 0, finished.err);
  CHECK_FALSE(login.kept("access_token").empty());
  CHECK(login.kept("scope") == oauth::join_scopes(login.preset.scope, " "));
  CHECK(login.kept("provider") == login.id);
  if (!login.preset.userinfo_url.empty()) CHECK(login.kept("account") == PresetDialect::kAccount);
}

void check_tokens(const DryLogin& login) {
  const std::string first = login.kept("access_token");
  CHECK(login.run("token").out == first + "\n");
  const auto refreshed = login.run("refresh");
  CHECK_MESSAGE(refreshed.status == 0, refreshed.err);
  CHECK(login.run("token").out == login.kept("access_token") + "\n");
  CHECK(login.kept("access_token") != first);
}

void check_logout(const DryLogin& login) {
  const auto finished = login.run("logout");
  CHECK_MESSAGE(finished.status == 0, finished.err);
  CHECK_FALSE(login.here.has("tokens/" + login.id + ".json"));
  const int revocations = login.here.provider->server().count("/revoke");
  CHECK((revocations > 0) == !login.preset.revoke_url.empty());
}

// The presets whose IDs begin with one of `first` to `last`.
void check_presets(char first, char last) {
  int count = 0;
  for (const auto& id : oauth::preset_ids()) {
    if (id.front() < first || id.front() > last) continue;
    CAPTURE(id);
    ++count;
    const DryLogin login(id);
    check_login(login);
    check_tokens(login);
    check_logout(login);
    CHECK(login.dialect->complaints() == "");
  }
  CHECK(count > 0);
}

}  // namespace

TEST_CASE("every preset passes a dry login in its own manner: a to b") { check_presets('a', 'b'); }
TEST_CASE("every preset passes a dry login in its own manner: c to e") { check_presets('c', 'e'); }
TEST_CASE("every preset passes a dry login in its own manner: f to h") { check_presets('f', 'h'); }
TEST_CASE("every preset passes a dry login in its own manner: i to l") { check_presets('i', 'l'); }
TEST_CASE("every preset passes a dry login in its own manner: m to n") { check_presets('m', 'n'); }
TEST_CASE("every preset passes a dry login in its own manner: o to r") { check_presets('o', 'r'); }
TEST_CASE("every preset passes a dry login in its own manner: s") { check_presets('s', 's'); }
TEST_CASE("every preset passes a dry login in its own manner: t to z") { check_presets('t', 'z'); }
