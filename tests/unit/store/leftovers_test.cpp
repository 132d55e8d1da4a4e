#include "store/leftovers.h"

#include <doctest/doctest.h>

#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

namespace {

using Names = std::vector<std::string>;

struct Leftover {
  Leftover() { login.log_in("x", tokens_named("old")); }

  // What `x` holds after a temporary file with `content` was left beside it.
  std::string after(const std::string& content, const char* name = ".x.json.abcdefghijklmnop") {
    put(login.path_of(std::string("tokens/") + name), content);
    const Directory tokens = login.store.tokens_directory();
    const FileLock lock(tokens, lock_file_name("x"), std::chrono::seconds(1), {});
    clear_leftovers(login.store, lock, tokens, "x");
    return login.store.tokens("x")->access_token.reveal();
  }

  StoredLogin login;
};

Tokens newer() {
  auto tokens = tokens_named("new");
  tokens.issued_at = kNow + Seconds(1);
  return tokens;
}

}  // namespace

TEST_CASE("an answer that was cut off from its last step becomes the token file, RF-9") {
  Leftover leftover;
  CHECK(NewFile::is_temporary(".x.json.abcdefghijklmnop", "x.json"));
  CHECK(leftover.after(text_of(newer()).reveal()) == "access-new");
  CHECK(leftover.login.token_files() == Names{".x.lock", "x.json"});
}

TEST_CASE("any other leftover is removed, and the token file stays") {
  auto other_client = newer();
  other_client.client_id = "other";
  auto other_provider = newer();
  other_provider.provider = "custom";
  auto other_account = newer();
  other_account.account_id = "8";
  auto older = tokens_named("older");
  older.issued_at = *older.issued_at - Seconds(1);
  auto undated = newer();
  undated.issued_at.reset();
  for (const std::string& content :
       {std::string(), std::string(64, '\0'), std::string(R"({"version":1,"acce)"),
        text_of(older).reveal(), text_of(other_client).reveal(), text_of(other_provider).reveal(),
        text_of(other_account).reveal(), text_of(undated).reveal()}) {
    CAPTURE(content);
    Leftover leftover;
    CHECK(leftover.after(content) == "access-old");
    CHECK(leftover.login.token_files() == Names{".x.lock", "x.json"});
  }
}

TEST_CASE("the newest of several leftovers wins in any order") {
  auto newest = tokens_named("newest");
  newest.issued_at = kNow + Seconds(2);
  Leftover leftover;
  put(leftover.login.path_of("tokens/.x.json.aaaaaaaaaaaaaaaa"), text_of(newest).reveal());
  CHECK(leftover.after(text_of(newer()).reveal()) == "access-newest");
}

TEST_CASE("another profile's files are not touched") {
  Leftover leftover;
  leftover.login.log_in("xy", tokens_named("xy"));
  leftover.after("half", ".xy.json.abcdefghijklmnop");
  CHECK(leftover.login.token_files() ==
        Names{".x.lock", ".xy.json.abcdefghijklmnop", ".xy.lock", "x.json", "xy.json"});
}
