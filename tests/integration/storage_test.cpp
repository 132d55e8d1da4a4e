// Files that cannot be read, written or trusted.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct StorageCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::x());
  std::unique_ptr<demo::Provider> second = start_provider(demo::plain());
  KeptLogins kept{*provider, {.provider = "x"}};

  int asked() const { return provider->server().count("/token") - 1; }

  // A refresh that finds out in time that its answer could not be kept.
  void check_nothing_asked(const std::string& script) const {
    CAPTURE(script);
    const std::string before = kept.token_text();
    const Finished ended = kept.shell(script);
    CAPTURE(ended.err);
    if (ended.status == 77) {
      MESSAGE("skipped: mounting is not allowed here");
      return;
    }
    CHECK(ended.status == 8);
    CHECK(ended.out.empty());
    CHECK(asked() == 0);
    CHECK(kept.token_text() == before);
    CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
    check_no_secret(ended.err);
  }

  mode_t mode_of(const std::string& name) const {
    struct stat found {};
    REQUIRE(lstat(kept.path_of(name).c_str(), &found) == 0);
    return found.st_mode & 07777;
  }
};

// Runs `script` where mounts are its own; ends with 77 where that is not allowed.
std::string in_own_mounts(const std::string& prepare, const std::string& script) {
  return "unshare --mount true || exit 77; exec unshare --mount sh -ec '" + prepare + "; " +
         script + "' \"$0\"";
}

}  // namespace

TEST_CASE_FIXTURE(StorageCase,
                  "what could not be kept is not asked for: files may not grow, RF-7") {
  check_nothing_asked("ulimit -f 0; exec \"$0\" token work");
  check_nothing_asked("ulimit -f 0; exec \"$0\" refresh work");
  CHECK(kept.xauth({"token"}).status == 0);
}

TEST_CASE_FIXTURE(StorageCase, "what could not be kept is not asked for: a read-only disk, RF-7") {
  const std::string directory = kept.path_of("tokens");
  check_nothing_asked(in_own_mounts(
      "mount --bind " + directory + " " + directory + " && mount -o remount,ro,bind " + directory,
      "exec \"$0\" token work"));
  CHECK(kept.xauth({"token"}).status == 0);
}

TEST_CASE_FIXTURE(StorageCase, "what could not be kept is not asked for: a full disk, RF-7") {
  const std::string directory = kept.path_of("tokens");
  check_nothing_asked(in_own_mounts(
      "cp " + directory + "/work.json /dev/shm/$$.json; mount -t tmpfs -o size=32k,mode=700 none " +
          directory + "; cat /dev/shm/$$.json > " + directory +
          "/work.json; rm /dev/shm/$$.json; " + "chmod 600 " + directory + "/work.json",
      "exec \"$0\" token work"));
  CHECK(kept.xauth({"token"}).status == 0);
}

TEST_CASE_FIXTURE(StorageCase, "a directory that may not be written stops the refresh, RF-7") {
  if (geteuid() == 0) return;  // who may do everything
  REQUIRE(chmod(kept.path_of("tokens").c_str(), 0500) == 0);
  check_nothing_asked("exec \"$0\" token work");
  REQUIRE(chmod(kept.path_of("tokens").c_str(), 0700) == 0);
}

TEST_CASE_FIXTURE(StorageCase, "a damaged token file is named and never written over, ST-8") {
  kept.add(*second, {.profile = "other", .lifetime = 3600});
  const std::string good = kept.token_text();
  Json later = kept.tokens();
  later.set("version", Json(std::int64_t{2}));
  for (const std::string& bad :
       {std::string(), std::string("{"), good.substr(0, good.size() / 2), good + "x", good + '\0',
        std::string("[]"), std::string(R"({"version":1})"), later.text(),
        std::string(R"({"version":1,"access_token":5})"), std::string(2'000'000, ' ')}) {
    kept.write("tokens/work.json", bad);
    for (const auto& arguments :
         {std::vector<std::string>{"token", "work"}, {"token"}, {"refresh"}, {"status", "work"}}) {
      const Finished ended = kept.xauth(arguments);
      CHECK(ended.status == 8);
      CHECK(ended.err.find(kept.token_path()) != std::string::npos);
      CHECK(kept.token_text() == bad);
    }
    CHECK(kept.xauth({"token", "other"}).status == 0);
  }
  CHECK(asked() == 0);
}

TEST_CASE("a damaged token file is kept aside at the next login, and the login is kept, ST-8") {
  const TemporaryDirectory home;
  const std::string tokens = home.path_of("config/tokens");
  std::filesystem::create_directories(tokens);
  std::ofstream(tokens + "/demo.json") << "{damaged";
  const Variables variables = {{"HOME", home.path()}, {"XAUTH_CONFIG_DIR", home.path_of("config")}};
  const Finished login = run({.arguments = {"demo", "--approve"}, .variables = variables});
  CHECK(login.status == 0);
  CHECK(run({.arguments = {"token", "demo"}, .variables = variables}).out == login.out);
  std::string aside;
  for (const auto& entry : std::filesystem::directory_iterator(tokens)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("demo.json.corrupt-")) aside = name;
  }
  REQUIRE(!aside.empty());
  CHECK(content_of(tokens + "/" + aside) == "{damaged");
  CHECK(run({.arguments = {"logout", "demo"}, .variables = variables}).status == 6);
  CHECK(!std::filesystem::exists(tokens + "/" + aside));
}

TEST_CASE_FIXTURE(StorageCase, "damaged settings are named, and nothing is asked") {
  for (const char* bad :
       {"", "{", "[]", "{\"version\":2}", "{\"profiles\":{}}", "{\"version\":1,\"profiles\":[]}",
        "{\"version\":1,\"profiles\":{\"../x\":{}}}",
        "{\"version\":1,\"profiles\":{\"work\":{\"client_id\":5}}}"}) {
    CAPTURE(bad);
    kept.write("config.json", bad);
    for (const auto& arguments : {std::vector<std::string>{"token", "work"}, {"refresh", "work"}}) {
      const Finished ended = kept.xauth(arguments);
      CHECK(ended.status == 8);
      CHECK(ended.err.find("config.json") != std::string::npos);
    }
    CHECK(content_of(kept.path_of("config.json")) == bad);
  }
  CHECK(asked() == 0);
}

TEST_CASE_FIXTURE(StorageCase,
                  "a token file that is a symbolic link, or no file, is refused, ST-6") {
  kept.set_token("expires_at", Json(clock_now() + 3600));
  std::filesystem::rename(kept.token_path(), kept.path_of("elsewhere.json"));
  std::filesystem::create_symlink("../elsewhere.json", kept.token_path());
  CHECK(kept.xauth({"token", "work"}).status == 8);
  std::filesystem::remove(kept.token_path());
  REQUIRE(mkfifo(kept.token_path().c_str(), 0600) == 0);
  CHECK(kept.xauth({"token", "work"}).status == 8);
  std::filesystem::remove(kept.token_path());
  std::filesystem::create_directory(kept.token_path());
  CHECK(kept.xauth({"token", "work"}).status == 8);
}

TEST_CASE_FIXTURE(StorageCase,
                  "a config directory that is a symbolic link to ours is followed, ST-6") {
  std::filesystem::create_directory_symlink(kept.path_of(""), kept.path_of("../link"));
  kept.variables["XAUTH_CONFIG_DIR"] = kept.path_of("../link");
  CHECK(kept.xauth({"token", "work"}).status == 0);
}

TEST_CASE_FIXTURE(StorageCase, "what others may read is made private, with a warning, ST-1") {
  for (const char* name : {"tokens/work.json", "tokens", ""}) {
    CAPTURE(name);
    kept.set_token("expires_at", Json(clock_now() + 3600));
    const mode_t proper = mode_of(name);
    REQUIRE(chmod(kept.path_of(name).c_str(), proper | 0044) == 0);
    const Finished ended = kept.xauth({"token", "work"});
    CHECK(ended.status == 0);
    CHECK(ended.out == kept.token("access_token") + "\n");
    CHECK(ended.err.find("warning") != std::string::npos);
    CHECK(mode_of(name) == proper);
    CHECK(kept.xauth({"token", "work"}).err.empty());
  }
}

TEST_CASE_FIXTURE(StorageCase, "what is saved is private whatever the umask, ST-1") {
  for (const char* umask : {"000", "777"}) {
    kept.set_token("expires_at", Json(clock_now() - 1));
    const Finished ended = kept.shell("umask " + std::string(umask) + "; exec \"$0\" token work");
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(mode_of("tokens/work.json") == 0600);
    CHECK(mode_of("tokens/.work.lock") == 0600);
  }
}

TEST_CASE_FIXTURE(StorageCase, "an answer that was written but not renamed is taken up, RF-9") {
  // As a process leaves it that is killed between the two.
  const std::string old = kept.token_text();
  CHECK(kept.xauth({"refresh"}).status == 0);
  const std::string answer = kept.token_text();
  const std::string line = kept.token("access_token") + "\n";
  kept.write("tokens/work.json", old);
  kept.write("tokens/.work.json.abcdefghijklmnop", answer);
  kept.write("tokens/.work.json.aaaaaaaaaaaaaaaa", answer.substr(0, 50));  // and litter
  const Finished ended = kept.xauth({"token"});
  CHECK(ended.status == 0);
  CHECK(ended.out == line);
  CHECK(kept.token_text() == answer);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  CHECK(asked() == 1);
  CHECK(kept.xauth({"refresh"}).status == 0);
  CHECK(provider->server().grants_alive() == 1);
}

TEST_CASE_FIXTURE(StorageCase, "what is left of another login is not taken up") {
  Json foreign = kept.tokens();
  foreign.set("issued_at", Json(clock_now()));
  foreign.set("access_token", Json("foreign"));
  for (const auto& [member, value] : {std::pair<const char*, const char*>{"provider", "github"},
                                      {"client_id", "another"},
                                      {"account_id", "another"}}) {
    Json leftover = foreign;
    leftover.set(member, Json(value));
    kept.write("tokens/.work.json.abcdefghijklmnop", leftover.text());
    CHECK(kept.xauth({"refresh"}).status == 0);
    CHECK(kept.token("access_token") != "foreign");
    CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
  }
  // Nor what is older than the file.
  foreign.set("issued_at", Json(clock_now() - 86400));
  kept.write("tokens/.work.json.abcdefghijklmnop", foreign.text());
  CHECK(kept.xauth({"refresh"}).status == 0);
  CHECK(kept.token("access_token") != "foreign");
  CHECK(provider->server().grants_alive() == 1);
}
