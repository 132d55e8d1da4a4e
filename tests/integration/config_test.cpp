// `xauth config`: the settings, read and changed.
#include <doctest/doctest.h>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct ConfigCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  Finished config(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "config");
    return kept.xauth(arguments);
  }

  // Sets a value and reads it again.
  std::string set_and_get(const std::string& key, const std::string& value) const {
    const Finished set = config({"set", key, value});
    CHECK(set.status == 0);
    CHECK(set.out.empty());
    return config({"get", key}).out;
  }

  // Checks that the value is refused, and nothing is changed.
  void check_refused(const std::string& key, const std::string& value) const {
    CAPTURE(key);
    CAPTURE(value);
    const std::string before = content_of(kept.path_of("config.json"));
    CHECK(config({"set", key, value}).status == 2);
    CHECK(content_of(kept.path_of("config.json")) == before);
  }
};

}  // namespace

TEST_CASE_FIXTURE(ConfigCase, "what is set can be read, listed and unset again") {
  CHECK(set_and_get("browser", "firefox --new-window %s") == "firefox --new-window %s\n");
  CHECK(set_and_get("storage", "file") == "file\n");
  CHECK(set_and_get("profile.work.scope", "a,b a") == "a b\n");
  CHECK(set_and_get("profile.work.host", "git.example  git.example:8443") ==
        "git.example git.example:8443\n");
  CHECK(kept.config().find("profiles")->find("work")->find("host")->text() ==
        R"(["git.example","git.example:8443"])");

  const std::string list = config({"list"}).out;
  CHECK(list.starts_with("default=work\nstorage=file\nbrowser=firefox --new-window %s\n"));
  CHECK(list.find("profile.work.host=git.example git.example:8443\n") != std::string::npos);

  CHECK(config({"unset", "browser"}).status == 0);
  CHECK(config({"unset", "browser"}).status == 0);
  const Finished get = config({"get", "browser"});
  CHECK(get.status == 1);
  CHECK(get.out.empty());
  CHECK(kept.config().find("settings")->find("browser") == nullptr);
}

TEST_CASE_FIXTURE(ConfigCase, "an array is set whole, from one argument or several") {
  CHECK(config({"set", "profile.work.host", "a.example", "b.example"}).status == 0);
  CHECK(config({"get", "profile.work.host"}).out == "a.example b.example\n");
  CHECK(config({"set", "profile.work.host", "c.example"}).status == 0);
  CHECK(config({"get", "profile.work.host"}).out == "c.example\n");
}

TEST_CASE_FIXTURE(ConfigCase, "whether the application itself logs in is true or false") {
  CHECK(config({"get", "profile.work.client_credentials"}).status == 1);
  CHECK(set_and_get("profile.work.client_credentials", "true") == "true\n");
  CHECK(*kept.config().find("profiles")->find("work")->find("client_credentials")->boolean());
  CHECK(config({"list"}).out.find("profile.work.client_credentials=true\n") != std::string::npos);
  CHECK(config({"set", "profile.work.client_credentials", "false"}).status == 0);
  CHECK(config({"get", "profile.work.client_credentials"}).status == 1);  // as when it is unset
  CHECK(set_and_get("profile.work.client_credentials", "true") == "true\n");
  CHECK(config({"unset", "profile.work.client_credentials"}).status == 0);
  CHECK(kept.config().find("profiles")->find("work")->find("client_credentials") == nullptr);
}

TEST_CASE_FIXTURE(ConfigCase, "as JSON each action has one shape") {
  CHECK(config({"set", "browser", "w3m", "-o", "json"}).out ==
        "{\"key\":\"browser\",\"value\":\"w3m\"}\n");
  CHECK(config({"get", "browser", "-o", "json"}).out ==
        "{\"key\":\"browser\",\"value\":\"w3m\"}\n");
  const Json list = parse_json(config({"list", "-o", "json"}).out).value();
  CHECK(*list.find("browser")->string() == "w3m");
  CHECK(list.find("profile.work.redirect_uri") == nullptr);
  CHECK(*list.find("profile.work.client_id")->string() == kPublicClient);
  CHECK(config({"unset", "browser", "-o", "json"}).out == "{\"key\":\"browser\"}\n");
  const Json path = parse_json(config({"path", "-o", "json"}).out).value();
  CHECK(*path.find("path")->string() + "\n" == config({"path"}).out);
  CHECK(*path.find("path")->string() + "/config.json" == kept.path_of("config.json"));
}

TEST_CASE_FIXTURE(ConfigCase, "the default is a profile that exists") {
  check_refused("default", "other");
  check_refused("default", "../work");
  kept.add(*provider, {.profile = "home.net"});
  CHECK(set_and_get("default", "home.net") == "home.net\n");
  CHECK(set_and_get("profile.home.net.audience", "api") == "api\n");  // names hold dots
  CHECK(config({"unset", "default"}).status == 0);
  CHECK(config({"get", "default"}).status == 1);
}

TEST_CASE_FIXTURE(ConfigCase, "unknown keys and profiles are wrong usage, the nearest is named") {
  for (const char* key : {"browsr", "profile", "profile.", "profile.work", "profile.work.",
                          "profile..scope", "profile.work.scop", "profile.other.scope", "",
                          "profile.-x.scope", "settings.browser", "profile.work.access_token"}) {
    CAPTURE(key);
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"get", key}, {"set", key, "v"}, {"unset", key}}) {
      CHECK(config(arguments).status == 2);
    }
  }
  CHECK(config({"get", "browsr"}).err.find("xauth config get browser") != std::string::npos);
  CHECK(config({"get", "profile.work.scop"}).err.find("profile.work.scope") != std::string::npos);
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                    {"get"},
                                                    {"set", "browser"},
                                                    {"list", "browser"},
                                                    {"get", "browser", "more"},
                                                    {"unset", "browser", "more"},
                                                    {"path", "more"},
                                                    {"erase"}}) {
    CHECK(config(arguments).status == 2);
  }
}

TEST_CASE_FIXTURE(ConfigCase, "a value is checked as login would") {
  for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"storage", "keyring"},
           {"browser", "firefox %u"},
           {"browser", "a\x1b[31m"},
           {"profile.work.provider", "no-such-provider"},
           {"profile.work.issuer", "http://as.example"},
           {"profile.work.issuer", "https://as.example/?a=b"},
           {"profile.work.revoke_url", "http://as.example/revoke"},
           {"profile.work.userinfo_url", "javascript:alert(1)"},
           {"profile.work.client_auth", "digest"},
           {"profile.work.client_id", "a\tb"},
           {"profile.work.redirect_uri", "http://127.0.0.1/cb#f"},
           {"profile.work.redirect_uri", "http://127.0.0.1/cb callback"},
           {"profile.work.resource", "https://api.example/#f"},
           {"profile.work.param", "theme"},
           {"profile.work.param", "state=1"},
           {"profile.work.token_param", "a=1 a=2"},
           {"profile.work.listen", "localhost:80"},
           {"profile.work.ca_file", "/nonexistent/ca.pem"},
           {"profile.work.client_credentials", "yes"},
           {"profile.work.host", "https://git.example"},
           {"profile.work.host", "git.example/path"},
           {"profile.work.host", "user@git.example"}}) {
    check_refused(key, value);
  }
  CHECK(set_and_get("profile.work.param", "theme=dark ui=de") == "theme=dark ui=de\n");
  CHECK(set_and_get("profile.work.redirect_uri", "http://127.0.0.1:0/cb") ==
        "http://127.0.0.1:0/cb\n");
}

TEST_CASE_FIXTURE(ConfigCase, "neither tokens nor a client secret follow a changed setting") {
  kept.set_token("token_url", Json(provider->token_url()));
  CHECK(set_and_get("profile.work.token_url", "https://other.example/token") ==
        "https://other.example/token\n");
  CHECK(kept.xauth({"refresh"}).status == 4);  // nobody was asked
  kept.write("secrets/work.json", R"({"version":1,"client_secret":"kept"})");
  check_refused("profile.work.token_url", provider->token_url());
  check_refused("profile.work.client_id", "another");
  CHECK(config({"unset", "profile.work.token_url"}).status == 2);
  CHECK(set_and_get("profile.work.token_url", "https://other.example/other") ==
        "https://other.example/other\n");
}

TEST_CASE_FIXTURE(ConfigCase, "what is unknown stays, and damaged settings are 8") {
  Json before = kept.config();
  before.set("future", Json(true));
  kept.write("config.json", before.text());
  CHECK(config({"set", "browser", "w3m"}).status == 0);
  CHECK(*kept.config().find("future")->boolean());
  kept.write("config.json", "{");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"list"}, {"get", "browser"}, {"set", "browser", "w3m"}}) {
    CHECK(config(arguments).status == 8);
  }
  CHECK(config({"path"}).status == 0);
}

TEST_CASE_FIXTURE(ConfigCase, "what stands in the file cannot steer the terminal, ST-17") {
  kept.set_setting("audience", Json("a\033[31mb"));
  CHECK(config({"get", "profile.work.audience"}).out == "a\uFFFD[31mb\n");
  CHECK(config({"list"}).out.find('\033') == std::string::npos);
}

TEST_CASE("without settings there is nothing to list, and a setting makes the file") {
  const KeptLogins kept;
  CHECK(kept.xauth({"config", "list"}).out.empty());
  CHECK(kept.xauth({"config", "list", "-o", "json"}).out == "{}\n");
  CHECK(kept.xauth({"config", "get", "default"}).status == 1);
  CHECK(kept.xauth({"config", "set", "browser", "w3m"}).status == 0);
  CHECK(kept.xauth({"config", "get", "browser"}).out == "w3m\n");
}
