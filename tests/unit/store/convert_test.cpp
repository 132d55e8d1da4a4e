#include "store/convert.h"

#include <doctest/doctest.h>

#include "unit/store/sealed_login.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("tokens, secrets and what was kept aside are sealed, and come back as they were") {
  SealedLogin here;
  here.log_in("work", tokens_named("canary"), Secret("secret-canary"));
  put(here.path_of("tokens/work.json.corrupt-17"), "{cut canary");
  put(here.path_of("tokens/.work.json.corrupt-17.aaaaaaaaaaaaaaaa"), "canary");
  put(here.path_of("tokens/.work.json.aaaaaaaaaaaaaaaa"), "canary");
  put(here.path_of("secrets/.work.json.aaaaaaaaaaaaaaaa"), "canary");
  const std::string plain = here.content("tokens/work.json");
  const std::string secret = here.content("secrets/work.json");
  here.set_storage(kSealed);
  convert(here.store, "work");
  CHECK(here.names("tokens") == Names{".work.lock", "work.json", "work.json.corrupt-17"});
  CHECK(here.names("secrets") == Names{"work.json"});
  for (const char* name :
       {"tokens/work.json", "tokens/work.json.corrupt-17", "secrets/work.json"}) {
    CAPTURE(name);
    CHECK(read_sealed(here.content(name)));
    CHECK(here.content(name).find("canary") == std::string::npos);
  }
  CHECK(any_sealed(here.store));
  CHECK(here.store.tokens("work")->access_token.matches("access-canary"));
  CHECK(here.store.client_secret("work").matches("secret-canary"));
  here.set_storage(kPlain);
  convert(here.store, "work");
  CHECK(here.content("tokens/work.json") == plain);
  CHECK(here.content("secrets/work.json") == secret);
  CHECK(here.content("tokens/work.json.corrupt-17") == "{cut canary");
  CHECK_FALSE(any_sealed(here.store));
}

TEST_CASE("a damaged token file is sealed byte for byte") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  put(here.path_of("tokens/work.json"), "{canary");
  here.set_storage(kSealed);
  convert(here.store, "work");
  CHECK(read_sealed(here.content("tokens/work.json")));
  CHECK_THROWS_AS(here.store.tokens("work"), Error);
  here.set_storage(kPlain);
  convert(here.store, "work");
  CHECK(here.content("tokens/work.json") == "{canary");
}

TEST_CASE("a file that has its form already is not touched") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  here.set_storage(kSealed);
  convert(here.store, "work");
  const std::string sealed = here.content("tokens/work.json");
  convert(here.store, "work");
  CHECK(here.content("tokens/work.json") == sealed);
}

TEST_CASE("a swapped or damaged sealed file is no other's, and stays where it is") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  here.log_in("home", tokens_named("b"));
  here.set_storage(kSealed);
  convert(here.store, "work");
  convert(here.store, "home");
  const std::string other = here.content("tokens/home.json");
  put(here.path_of("tokens/work.json"), other);
  put(here.path_of("tokens/work.json.corrupt-1"), other);
  CHECK_THROWS_AS(here.store.tokens("work"), Error);
  here.set_storage(kPlain);
  CHECK_THROWS_AS(convert(here.store, "work"), Error);
  CHECK(here.content("tokens/work.json") == other);
  CHECK(here.content("tokens/work.json.corrupt-1") == other);
  convert(here.store, "home");
  CHECK(here.store.tokens("home")->access_token.matches("access-b"));
}

TEST_CASE("every profile of which anything is kept is found") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  put(here.path_of("tokens/.new.json.aaaaaaaaaaaaaaaa"), "");
  put(here.path_of("tokens/a.json.json.corrupt-1"), "");
  put(here.path_of("secrets/key.json"), "");
  put(here.path_of("secrets/notes.txt"), "");
  put(here.path_of("tokens/.json"), "");
  CHECK(profiles_with_files(here.store) == Names{"a.json", "key", "new", "work"});
}

TEST_CASE("a login and a refresh that save while the settings say sealed leave nothing plain") {
  SealedLogin here;
  here.set_storage(kSealed);
  here.log_in("work", tokens_named("canary"), Secret("secret-canary"));
  CHECK(read_sealed(here.content("tokens/work.json")));
  CHECK(read_sealed(here.content("secrets/work.json")));
  put(here.path_of("tokens/work.json"), "{damaged canary");
  here.log_in("work", tokens_named("canary"));
  const std::string aside = "tokens/work.json.corrupt-1700000000";
  REQUIRE(read_sealed(here.content(aside)));
  here.set_storage(kPlain);
  convert(here.store, "work");
  CHECK(here.content(aside) == "{damaged canary");
}

TEST_CASE("what would be too large to be read again is not sealed") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  const std::string plain(kLargestTokenFile - 1, 'x');
  put(here.path_of("tokens/work.json"), plain);
  here.set_storage(kSealed);
  CHECK_THROWS_AS(convert(here.store, "work"), Error);
  CHECK(here.content("tokens/work.json") == plain);
}

TEST_CASE(
    "a token file that is too large to be ours does not keep a sealed login from being saved") {
  SealedLogin here;
  here.set_storage(kSealed);
  here.log_in("work", tokens_named("a"));
  put(here.path_of("tokens/work.json"), std::string(kLargestTokenFile + 1, 'x'));
  here.log_in("work", tokens_named("b"));
  CHECK(here.store.tokens("work")->access_token.matches("access-b"));
  CHECK(here.content("tokens/work.json.corrupt-1700000000").size() == kLargestTokenFile + 1);
}

TEST_CASE("a login that starts anew stays in the form that its profile has") {
  SealedLogin here;
  here.log_in("work", tokens_named("a"));
  Profile profile = profile_of_x();
  profile.storage = kSealed;
  here.store.change_config([&](Config& config) { config.set_profile("work", profile); });
  here.log_in("work", tokens_named("b"));  // with settings that know nothing of it
  CHECK(here.store.config().profile("work")->storage == kSealed);
  CHECK(read_sealed(here.content("tokens/work.json")));
}
