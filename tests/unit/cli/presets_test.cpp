#include "cli/presets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/provider_params.h"
#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

struct OwnPresets : CommandContext {
  using CommandContext::CommandContext;

  // Writes a preset file of the person's own.
  void own(const std::string& id, const std::string& json) const {
    const std::string directory = context.store.path() + "/providers";
    std::filesystem::create_directories(directory);
    for (const auto& path : {context.store.path(), directory}) {
      std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    }
    const std::string path = directory + "/" + id + ".json";
    std::ofstream(path) << json;
    std::filesystem::permissions(path, std::filesystem::perms(0600));
  }

  std::string listed(const std::string& word = {}) const {
    return written_to(1, [&] { provider_list(context, {.word = word}); });
  }

  std::string shown(const std::string& id) const {
    return written_to(1, [&] { provider_show(context, {.id = id}); });
  }
};

}  // namespace

TEST_CASE("a person's own preset is found, and replaces an embedded one of its ID") {
  const OwnPresets presets;
  presets.own("mine", R"({"token_url":"https://mine.example/token"})");
  presets.own("x", R"({"name":"My X","token_url":"https://x.example/token"})");
  CHECK(find_preset(presets.context, "mine")->name == "mine");
  CHECK(find_preset(presets.context, "mine")->token_url == "https://mine.example/token");
  CHECK(find_preset(presets.context, "x")->name == "My X");
  CHECK(find_preset(presets.context, "github")->name == "GitHub");
  CHECK_FALSE(find_preset(presets.context, "nobody"));
  CHECK_FALSE(find_preset(presets.context, "../config"));
  const auto ids = preset_ids(presets.context);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(std::count(ids.begin(), ids.end(), "x") == 1);
  CHECK(is_preset(presets.context, "mine"));
}

TEST_CASE("a damaged preset is named with its field and its path, and hides no other") {
  const OwnPresets presets;
  presets.own("mine", R"({"nmae":"Mine"})");
  const auto error = error_of([&] { find_preset(presets.context, "mine"); });
  CHECK(error.code == Code::usage);
  CHECK(error.message == "preset mine: nmae is not a field");
  CHECK(error.hint.ends_with("/providers/mine.json"));
  std::string said;
  const std::string list =
      written_to(1, [&] { said = written_to(2, [&] { provider_list(presets.context, {}); }); });
  CHECK(list.find("github") != std::string::npos);
  CHECK(list.find("mine") == std::string::npos);
  CHECK(said.find("preset mine: nmae is not a field") != std::string::npos);
}

TEST_CASE("a preset that is larger than any real one is refused") {
  const OwnPresets presets;
  presets.own("big", R"({"name":")" + std::string(70'000, 'a') + R"("})");
  CHECK(error_of([&] { find_preset(presets.context, "big"); }).code == Code::storage);
}

TEST_CASE("a name that is nearly a preset's is told with that one") {
  const OwnPresets presets;
  const auto error = error_of([&] { preset_named(presets.context, "gihub"); });
  CHECK(error.message == "no provider is named 'gihub'; is it github?");
  CHECK(error.hint == "xauth provider list");
}

TEST_CASE("provider list filters by ID and name, without case") {
  const OwnPresets presets;
  const auto microsoft = presets.listed("MICROSOFT");
  CHECK(microsoft.find("microsoft-tenant") != std::string::npos);
  CHECK(microsoft.find("github") == std::string::npos);
  CHECK(presets.listed("entra").find("azure-devops") == std::string::npos);
  CHECK(presets.listed("no such").empty());
}

TEST_CASE("provider list as JSON is an array of ID and name") {
  const OwnPresets presets(true);
  const auto list = parse_json(presets.listed("codeberg"));
  REQUIRE(list);
  REQUIRE(list->array()->size() == 1);
  CHECK(list->array()->front().text() == R"({"id":"codeberg","name":"Codeberg"})");
  CHECK(parse_json(presets.listed("no such"))->array()->empty());
}

TEST_CASE("provider show tells endpoints, scopes, what to register and where, and the quirks") {
  const OwnPresets presets;
  const auto github = presets.shown("github");
  for (const char* part :
       {"GitHub\n", "https://github.com/login/oauth/access_token", "read:user",
        "without a secret, or one that proves itself (post, basic)",
        "http://127.0.0.1/callback (any port)", "https://github.com/settings/applications/new",
        "- The browser login needs the client secret", "Log in: xauth login github"}) {
    CAPTURE(part);
    CHECK(github.find(part) != std::string::npos);
  }
  const auto tenant = presets.shown("microsoft-tenant");
  CHECK(tenant.find("  tenant                the tenant: its ID or one of its domains") !=
        std::string::npos);
  CHECK(tenant.find("--provider-param tenant=…") != std::string::npos);
}

TEST_CASE("provider show leaves no endpoint out, also those that few providers have") {
  const OwnPresets presets;
  CHECK(presets.shown("x").find("client_credentials_url  https://api.x.com/oauth2/token\n") !=
        std::string::npos);
  CHECK(presets.shown("trakt").find("https://api.trakt.tv/oauth/device/token\n") !=
        std::string::npos);
  const OwnPresets as_json(true);
  const auto trakt = parse_json(as_json.shown("trakt"));
  REQUIRE(trakt);
  CHECK(trakt->find("device")->text() ==
        R"({"token_url":"https://api.trakt.tv/oauth/device/token"})");
}

TEST_CASE("provider show as JSON has the members of a preset file") {
  const OwnPresets presets(true);
  const auto okta = parse_json(presets.shown("okta"));
  REQUIRE(okta);
  CHECK(*okta->find("id")->string() == "okta");
  CHECK(*okta->find("token_url")->string() == "https://{domain}/oauth2/{as}/v1/token");
  CHECK(
      okta->find("parameters")->array()->at(1).text() ==
      R"({"name":"as","about":"the authorization server's ID","kind":"label","usual":"default"})");
  CHECK_FALSE(*okta->find("paste_only")->boolean());
}

TEST_CASE("named parts of a provider are kept with the profile, and the new ones count") {
  const OwnPresets presets;
  store::Profile profile{.provider = "keycloak", .provider_param = {"realm=old"}};
  settle_provider_params(presets.context, profile, {"base=https://sso.example/", "realm=new"});
  CHECK(profile.provider_param ==
        std::vector<std::string>{"realm=new", "base=https://sso.example/"});
  CHECK_FALSE(is_another_with(presets.context, profile, {"realm=new"}));
  CHECK_FALSE(is_another_with(presets.context, profile, {"base=https://sso.example"}));
  CHECK(is_another_with(presets.context, profile, {"realm=other"}));
  CHECK_FALSE(is_another_with(presets.context, profile, {}));
}

TEST_CASE("a named part is asked of a provider that has it, and in the form NAME=VALUE") {
  const OwnPresets presets;
  store::Profile profile{.provider = "keycloak"};
  const auto missing = error_of([&] { settle_provider_params(presets.context, profile, {}); });
  CHECK(missing.code == Code::usage);
  CHECK(missing.hint == "--provider-param base=VALUE");
  CHECK(error_of([&] { settle_provider_params(presets.context, profile, {"=x"}); }).message ==
        "--provider-param needs NAME=VALUE");
  store::Profile custom;
  CHECK(error_of([&] { settle_provider_params(presets.context, custom, {"a=b"}); }).code ==
        Code::usage);
}
