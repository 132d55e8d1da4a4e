// `xauth login` as a person runs it, against the embedded provider: what is sent, and what is kept.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// The file mode creation mask, while it lives.
class Mask {
 public:
  explicit Mask(mode_t mask) : before_(umask(mask)) {}
  ~Mask() { umask(before_); }
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;

 private:
  mode_t before_;
};

unsigned mode_of(const std::string& path) {
  return static_cast<unsigned>(std::filesystem::status(path).permissions());
}

std::string secret_file(const Workplace& here) {
  const std::string path = here.home.path_of("secret");
  std::ofstream(path) << kClientSecret << "\n";
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  return path;
}

// The client's password as the provider was sent it, of the last token request.
std::string authorization_sent(const Workplace& here) {
  const auto requests = here.provider->server().requests("/token");
  REQUIRE(!requests.empty());
  return find_header(requests.back().request.headers, "Authorization").value_or("");
}

}  // namespace

TEST_CASE("a public client logs in, and the token is printed again") {
  const Workplace here;
  const Finished login = here.log_in(here.login("work", kPublicClient));
  CHECK(login.status == 0);
  CHECK(login.out.empty());
  CHECK(login.err.find("Logged in to the provider as demo.\n") != std::string::npos);

  const Finished token = run(here.start({"token", "work"}));
  CHECK(token.status == 0);
  CHECK(token.out == *here.kept("tokens/work.json", "access_token") + "\n");
}

TEST_CASE("the code is exchanged as RFC 6749 and RFC 7636 say, TQ-1, TQ-6, TQ-7") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient)));
  const auto told = await_url(login);
  decide(authorize_url_in(told));
  CHECK(login.wait().status == 0);
  const auto requests = here.provider->server().requests("/token");
  REQUIRE(requests.size() == 1);
  const auto& sent = requests.front();
  CHECK(sent.request.method == "POST");
  CHECK(sent.request.target == "/token");
  CHECK(find_header(sent.request.headers, "Content-Type") == "application/x-www-form-urlencoded");
  CHECK(find_header(sent.request.headers, "Accept") == "application/json");
  CHECK_FALSE(find_header(sent.request.headers, "Authorization"));
  CHECK(sent.parameter("grant_type") == "authorization_code");
  CHECK(sent.parameter("client_id") == kPublicClient);
  CHECK(sent.parameter("redirect_uri") == redirect_uri_in(told));
  CHECK(sent.parameter("code_verifier").value_or("").size() == 43);
  CHECK(sent.parameters.size() == 5);
}

TEST_CASE("settings, tokens and their modes are what is promised, under any umask, ST-1") {
  const Mask none(0);
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kBasicClient,
                                 {"--client-secret-file", secret_file(here), "--scope", "a,b"}))
              .status == 0);
  for (const char* directory : {"", "tokens", "secrets"}) {
    CAPTURE(directory);
    CHECK(mode_of(here.path_of(directory)) == 0700);
  }
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(here.home.path_of("config"))) {
    CAPTURE(entry.path());
    if (entry.is_regular_file()) CHECK(mode_of(entry.path()) == 0600);
  }
  const Json config = here.json_of("config.json");
  CHECK(config.object()->at(0).first == "version");
  CHECK(config.object()->at(1).first == "default");
  CHECK(*config.find("default")->string() == "work");
  const Json tokens = here.json_of("tokens/work.json");
  for (const char* member :
       {"version", "provider", "client_id", "token_type", "access_token", "refresh_token", "scope",
        "issued_at", "expires_at", "account", "account_id"}) {
    CAPTURE(member);
    CHECK(tokens.find(member) != nullptr);
  }
  CHECK(*tokens.find("provider")->string() == "custom");
  CHECK(*tokens.find("token_type")->string() == "Bearer");
  CHECK(*tokens.find("account")->string() == "demo");
  CHECK(*tokens.find("account_id")->string() == "2244994945");
  CHECK(*tokens.find("expires_at")->integer() == *tokens.find("issued_at")->integer() + 3600);
  CHECK(here.files().size() == 3);
}

TEST_CASE("a confidential client's secret comes from a file, and Basic is the method, TQ-8, TQ-9") {
  const Workplace here;
  const std::string file = secret_file(here);
  CHECK(here.log_in(here.login("work", kBasicClient, {"--client-secret-file", file})).status == 0);
  CHECK(authorization_sent(here) == "Basic YmFzaWMtY2xpZW50OmNsaWVudC1zZWNyZXQtY2FuYXJ5");
  CHECK(here.kept("secrets/work.json", "client_secret") == kClientSecret);
  CHECK(here.kept("config.json", "profiles.work.client_auth") == "basic");
  CHECK(content_of(here.path_of("config.json")).find(kClientSecret) == std::string::npos);

  std::filesystem::remove(file);  // kept: not needed any more
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
}

TEST_CASE("a client secret on standard input is used and kept") {
  const Workplace here;
  Running login(here.start(here.login("work", kBasicClient, {"--client-secret-file", "-"}),
                           std::string(kClientSecret) + "\n"));
  decide(authorize_url_in(await_url(login)));
  CHECK(login.wait().status == 0);
  CHECK(here.kept("secrets/work.json", "client_secret") == kClientSecret);
}

TEST_CASE("a client secret in the environment is used and never stored") {
  Workplace here;
  here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  CHECK(here.log_in(here.login("work", kBasicClient)).status == 0);
  CHECK_FALSE(here.has("secrets/work.json"));
  for (const auto& [name, content] : here.files()) {
    CAPTURE(name);
    CHECK(content.find(kClientSecret) == std::string::npos);
  }
  here.variables.erase("XAUTH_CLIENT_SECRET");
  const Finished without = run(here.start({"login", "work", "--no-browser"}));
  CHECK(without.status == 2);
  CHECK(without.err.find("needs the client secret") != std::string::npos);
}

TEST_CASE("a public client stays public beside XAUTH_CLIENT_SECRET") {
  Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  here.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  CHECK(here.log_in({"login", "work", "--no-browser"}).status == 0);
  CHECK(authorization_sent(here).empty());
}

TEST_CASE("a client that authenticates in the form does so, and only there, TQ-7") {
  const Workplace here;
  CHECK(
      here.log_in(here.login("work", kPostClient,
                             {"--client-auth", "post", "--client-secret-file", secret_file(here)}))
          .status == 0);
  CHECK(authorization_sent(here).empty());
  CHECK(here.provider->server().requests("/token").back().parameter("client_secret") ==
        kClientSecret);
  CHECK(here.kept("config.json", "profiles.work.client_auth") == "post");
}

TEST_CASE("a client secret file that others may read gets a warning") {
  const Workplace here;
  const std::string file = secret_file(here);
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  const Finished login =
      here.log_in(here.login("work", kBasicClient, {"--client-secret-file", file}));
  CHECK(login.status == 0);
  CHECK(login.err.find("warning: others may read " + file) != std::string::npos);
}

TEST_CASE("X's manner: exact redirect URI, Basic, its scopes, its account") {
  const int port = free_port();
  const Workplace here(demo::x(), {port});
  const std::string uri = "http://127.0.0.1:" + std::to_string(port) + "/callback";
  std::vector<std::string> arguments = {"login", "--provider", "x"};
  for (auto& word : urls_of(*here.provider)) arguments.push_back(std::move(word));
  for (const std::string& word :
       {std::string("--client-id"), std::string(kBasicClient), std::string("--client-secret-file"),
        secret_file(here), std::string("--redirect-uri"), uri, std::string("--no-browser")}) {
    arguments.push_back(word);
  }
  const Finished login = here.log_in(arguments);
  CHECK(login.status == 0);
  CHECK(login.err.find("Logged in to X as demo.\n") != std::string::npos);
  CHECK(redirect_uri_in(login.err) == uri);
  CHECK(here.kept("config.json", "profiles.x.provider") == "x");
  CHECK(here.kept("config.json", "profiles.x.scope") == "tweet.read users.read offline.access");
  CHECK(here.kept("config.json", "profiles.x.redirect_uri") == "[\"" + uri + "\"]");
  CHECK(here.kept("tokens/x.json", "provider") == "x");
  CHECK(here.kept("tokens/x.json", "account_id") == "2244994945");
  CHECK(here.kept("tokens/x.json", "token_type") == "Bearer");
  CHECK(here.kept("tokens/x.json", "refresh_token"));

  CHECK(here.log_in({"login", "--no-browser"}).status == 0);
  CHECK(here.provider->server().grants_alive() == 1);  // X ends the earlier one itself
}

TEST_CASE("a profile named like a preset is made with it, whatever URLs are replaced") {
  const int port = free_port();
  const Workplace here(demo::x(), {port});
  std::vector<std::string> arguments = {
      "login", "x", "--client-id", kPublicClient, "--no-browser", "--port", std::to_string(port)};
  for (auto& word : urls_of(*here.provider)) arguments.push_back(std::move(word));
  CHECK(here.log_in(arguments).status == 0);
  CHECK(here.kept("config.json", "profiles.x.provider") == "x");
}
