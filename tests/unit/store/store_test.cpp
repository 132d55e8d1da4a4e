#include "store/store.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/error.h"
#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::store;
using namespace xauth::test;

TEST_CASE("reading makes nothing") {
  const StoredLogin login;
  CHECK_FALSE(login.store.tokens("x"));
  CHECK_FALSE(login.store.has_token_file("x"));
  CHECK(login.store.client_secret("x").empty());
  CHECK(login.store.config().names().empty());
  CHECK_FALSE(std::filesystem::exists(login.store.path()));
}

TEST_CASE("no path is built of what is no profile name, ST-7") {
  const StoredLogin login;
  for (const char* name : {"../config", "", ".x", "-x", "a/b"}) {
    CAPTURE(name);
    CHECK(error_of([&] { login.store.tokens(name); }).code == Code::usage);
    CHECK(error_of([&] { login.store.has_token_file(name); }).code == Code::usage);
    CHECK(error_of([&] { login.store.client_secret(name); }).code == Code::usage);
    CHECK(error_of([&] { login.store.check_writable(name); }).code == Code::usage);
  }
}

TEST_CASE("a damaged token file is there, and cannot be read, ST-8") {
  const StoredLogin login;
  login.store.check_writable("x");
  put(login.path_of("tokens/x.json"), "damaged");
  CHECK(login.store.has_token_file("x"));
  CHECK(error_of([&] { login.store.tokens("x"); }).code == Code::storage);
}

TEST_CASE("a damaged secret file is 8 and its content is not told, ST-8") {
  const StoredLogin login;
  const auto file = login.store.secrets_directory().path_of("x.json");
  for (const char* text :
       {"canary", R"({"client_secret":"canary"})", R"({"version":2,"client_secret":"canary"})"}) {
    put(file, text);
    const auto error = error_of([&] { login.store.client_secret("x"); });
    CHECK(error.code == Code::storage);
    CHECK(error.message.find(file) != std::string::npos);
    CHECK(error.message.find("canary") == std::string::npos);
  }
  put(file, R"({"version":1,"client_secret":"s"})");
  CHECK(login.store.client_secret("x").reveal() == "s");
}

TEST_CASE("whether tokens could be saved is known beforehand, and nothing is left, RF-7") {
  const StoredLogin login;
  login.store.check_writable("x");
  CHECK(login.token_files().empty());
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{kReserved / 2, kReserved / 2};
    ::setrlimit(RLIMIT_FSIZE, &small);
    return error_of([&] { login.store.check_writable("x"); }).exit_status();
  });
  CHECK(status == 8);
  CHECK(login.token_files().empty());
}
