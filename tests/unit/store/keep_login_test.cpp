#include "store/keep_login.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/error.h"
#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

namespace {

using Names = std::vector<std::string>;

Login login_with(const std::string& name, std::optional<Secret> client_secret = std::nullopt) {
  return {profile_of_x(), tokens_named(name), std::move(client_secret)};
}

Secret secret(const char* text) { return Secret(std::string(text)); }

}  // namespace

TEST_CASE("settings, secret and tokens lie apart, and only the tokens' file holds tokens, ST-11") {
  const StoredLogin login;
  keep_login(login.store, "x", login_with("canary", secret("secret-canary")), kNow);
  CHECK(login.store.tokens("x")->access_token.reveal() == "access-canary");
  CHECK(login.store.client_secret("x").reveal() == "secret-canary");
  CHECK(login.store.config().profile("x")->scope == "a b");
  CHECK(content_of(login.path_of("config.json")).find("canary") == std::string::npos);
  CHECK(content_of(login.path_of("secrets/x.json")).find("access") == std::string::npos);
  CHECK(login.token_file("x").find("secret-canary") == std::string::npos);
  for (const char* file : {"config.json", "secrets/x.json", "tokens/x.json"}) {
    CHECK(mode_of(login.path_of(file)) == 0600);
  }
  CHECK(login.token_files() == Names{".x.lock", "x.json"});
}

TEST_CASE("settings that somebody changes while a login waits stay changed") {
  const StoredLogin login;
  login.log_in("x", tokens_named("old"));
  const Profile former = *login.store.config().profile("x");
  login.store.change_config([](Config& config) {
    Profile changed = *config.profile("x");
    changed.host = {"api.example"};
    changed.client_id = "theirs";
    changed.scope.clear();
    config.set_profile("x", changed);
  });
  Profile ours = former;
  ours.client_id = "ours";
  ours.audience = "api";
  keep_login(login.store, "x", {ours, tokens_named("new"), std::nullopt, former}, kNow);
  const Profile kept = *login.store.config().profile("x");
  CHECK(kept.host == std::vector<std::string>{"api.example"});
  CHECK(kept.scope.empty());
  CHECK(kept.client_id == "ours");
  CHECK(kept.audience == "api");
  CHECK(kept.provider == "x");
}

TEST_CASE("settings that a login leaves as they were are not written anew") {
  const StoredLogin login;
  login.log_in("x", tokens_named("old"));
  const auto inode_of = [&](const std::string& file) {
    struct stat found {};
    REQUIRE(::stat(login.path_of(file).c_str(), &found) == 0);
    return found.st_ino;
  };
  const auto settings = inode_of("config.json");
  const auto tokens = inode_of("tokens/x.json");
  keep_login(login.store, "x", login_with("new"), kNow);
  CHECK(inode_of("config.json") == settings);
  CHECK(inode_of("tokens/x.json") != tokens);
  CHECK(login.store.tokens("x")->access_token.reveal() == "access-new");
}

TEST_CASE("the first profile becomes the default, and never the demonstration's") {
  const StoredLogin login;
  login.log_in("demo", tokens_named("d"));
  CHECK(login.store.config().default_profile().empty());
  login.log_in("work", tokens_named("w"));
  login.log_in("home", tokens_named("h"));
  CHECK(login.store.config().default_profile() == "work");
}

TEST_CASE("a client secret is kept, replaced or removed as the login says") {
  const StoredLogin login;
  keep_login(login.store, "x", login_with("1", secret("first")), kNow);
  keep_login(login.store, "x", login_with("2"), kNow);
  CHECK(login.store.client_secret("x").reveal() == "first");
  keep_login(login.store, "x", login_with("3", secret("second")), kNow);
  CHECK(login.store.client_secret("x").reveal() == "second");
  keep_login(login.store, "x", login_with("4", Secret()), kNow);
  CHECK(login.store.client_secret("x").empty());
  CHECK(login.store.tokens("x")->access_token.reveal() == "access-4");
}

TEST_CASE("a damaged token file is kept aside, a foreign version too, ST-8") {
  for (const char* damaged : {"damaged", R"({"version":2,"access_token":"a"})"}) {
    const StoredLogin login;
    login.store.check_writable("x");
    put(login.path_of("tokens/x.json"), damaged);
    login.log_in("x", tokens_named("new"));
    CHECK(login.store.tokens("x")->access_token.reveal() == "access-new");
    CHECK(content_of(login.path_of("tokens/x.json.corrupt-1700000000")) == damaged);
    login.log_in("x", tokens_named("newer"));
    CHECK(login.token_files() == Names{".x.lock", "x.json", "x.json.corrupt-1700000000"});
  }
}

TEST_CASE("a login that cannot be saved leaves settings and tokens as they were") {
  const StoredLogin login;
  login.log_in("x", tokens_named("old"));
  const auto tokens = login.token_file("x");
  SUBCASE("a damaged config.json") {
    put(login.path_of("config.json"), "damaged");
    const auto error = error_of([&] { login.log_in("x", tokens_named("new")); });
    CHECK(error.code == Code::storage);
    CHECK(content_of(login.path_of("config.json")) == "damaged");
  }
  SUBCASE("a directory in the way of the secrets") {
    put(login.path_of("secrets.file"), "");
    std::filesystem::remove_all(login.path_of("secrets"));
    std::filesystem::rename(login.path_of("secrets.file"), login.path_of("secrets"));
    const auto config = content_of(login.path_of("config.json"));
    CHECK_THROWS_AS(login.log_in("y", tokens_named("new")), Error);
    CHECK(content_of(login.path_of("config.json")) == config);
  }
  CHECK(login.token_file("x") == tokens);
  CHECK(login.token_files() == Names{".x.lock", "x.json"});
}

TEST_CASE("no file is made for what is no profile name, ST-7") {
  const StoredLogin login;
  CHECK(error_of([&] { login.log_in("../x", tokens_named("a")); }).code == Code::usage);
  CHECK_FALSE(std::filesystem::exists(login.store.path()));
}

TEST_CASE("deleting takes the tokens and all that lies beside them, and leaves the settings") {
  const StoredLogin login;
  CHECK_FALSE(delete_tokens(login.store, "x", [] {}));
  login.log_in("x", tokens_named("x"));
  login.log_in("xy", tokens_named("xy"));
  put(login.path_of("tokens/.x.json.abcdefghijklmnop"), "half");
  put(login.path_of("tokens/x.json.corrupt-1"), "damaged");
  CHECK(delete_tokens(login.store, "x", [] {}));
  CHECK(login.token_files() == Names{".x.lock", ".xy.lock", "xy.json"});
  CHECK(login.store.config().profile("x"));
  CHECK_FALSE(delete_tokens(login.store, "x", [] {}));
}

TEST_CASE("forgetting takes settings, secret and default, and leaves the others") {
  const StoredLogin login;
  keep_login(login.store, "x", login_with("x", secret("s")), kNow);
  keep_login(login.store, "y", login_with("y", secret("t")), kNow);
  forget(login.store, "x");
  CHECK(login.store.config().names() == Names{"y"});
  CHECK(login.store.config().default_profile().empty());
  CHECK(login.store.client_secret("x").empty());
  CHECK(login.store.client_secret("y").reveal() == "t");
}
