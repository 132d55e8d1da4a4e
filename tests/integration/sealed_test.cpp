// Tokens and secrets that are kept encrypted.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "support/kept_login.h"
#include "support/terminal_program.h"

using namespace xauth;
using namespace xauth::test;

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

struct SealedCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  SealedCase() {
    kept.add(*provider, {.profile = "home", .lifetime = 3600});
    kept.write("secrets/work.json", R"({"version":1,"client_secret":"canary-secret"})");
    kept.write("tokens/work.json.corrupt-17", "{canary-aside");
  }

  Finished config(Arguments arguments) const {
    arguments.insert(arguments.begin(), "config");
    return kept.xauth(arguments);
  }

  void check_done(const Finished& ended) const {
    CHECK_MESSAGE(ended.status == 0, ended.err);
    CHECK(ended.out.empty());
  }

  void seal_by_file() const {
    check_done(config({"set", "sealed_by", "file:" + kept.path_of("../key")}));
    check_done(config({"set", "storage", "sealed"}));
  }

  // Every file of the config directory but the locks.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(kept.path_of(""))) {
      const std::string path = entry.path();
      if (entry.is_regular_file() && !path.ends_with(".lock")) files[path] = content_of(path);
    }
    return files;
  }

  void check_nothing_plain() const {
    for (const auto& [path, content] : files()) {
      CAPTURE(path);
      for (const char* plain : {"demo-access-", "demo-refresh-", "access_token", "canary"}) {
        CHECK(content.find(plain) == std::string::npos);
      }
      const bool settings = path.ends_with("config.json");
      CHECK((settings || content.find("\"A256GCM\"") != std::string::npos));
    }
  }

  std::string storage_of(const std::string& profile) const {
    const auto rows = parse_json(kept.xauth({"status", "-o", "json"}).out);
    REQUIRE(rows);
    for (const Json& row : *rows->array()) {
      if (*row.find("profile")->string() == profile) return *row.find("storage")->string();
    }
    return {};
  }
};

}  // namespace

TEST_CASE_FIXTURE(SealedCase, "all that is kept is sealed, and comes back as it was") {
  const auto before = files();
  const Finished token = kept.xauth({"token", "work"});
  check_done(config({"set", "sealed_by", "file:" + kept.path_of("../key")}));
  CHECK(storage_of("work") == "file");
  const Finished sealed = config({"set", "storage", "sealed"});
  CHECK(sealed.status == 0);
  check_nothing_plain();
  CHECK(config({"get", "storage"}).out == "sealed\n");
  CHECK(config({"get", "sealed_by"}).out == "file:" + kept.path_of("../key") + "\n");
  CHECK(storage_of("work") == "sealed");
  CHECK(kept.xauth({"token", "work"}).out == token.out);
  CHECK(kept.xauth({"status"}).out.find("sealed") != std::string::npos);
  Start front = kept.start({"token", "work"});
  front.program = built_front();
  CHECK(run(front).out == token.out);
  check_done(config({"set", "storage", "file"}));
  for (const auto& [path, content] : before) {
    CAPTURE(path);
    if (!path.ends_with("config.json")) CHECK(content_of(path) == content);
  }
  check_done(config({"unset", "sealed_by"}));
  CHECK(config({"get", "sealed_by"}).status == 1);
  CHECK(content_of(kept.path_of("config.json")).find("sealing") == std::string::npos);
}

TEST_CASE_FIXTURE(SealedCase, "what is refreshed and logged in while sealed is never plain") {
  seal_by_file();
  const std::string before = kept.xauth({"token", "work"}).out;
  const Finished refreshed = kept.xauth({"refresh", "work"});
  CHECK_MESSAGE(refreshed.status == 0, refreshed.err);
  CHECK(kept.xauth({"token", "work"}).out != before);
  const Finished demo = run(kept.start({"demo", "--approve"}));
  CHECK_MESSAGE(demo.status == 0, demo.err);
  CHECK(kept.xauth({"token", "demo"}).out == demo.out);
  check_nothing_plain();
  CHECK(kept.xauth({"exec", "work", "--", "true"}).status == 0);
  CHECK(kept.xauth({"inspect", "work"}).status == 0);
  CHECK(kept.xauth({"logout", "work", "--forget"}).status == 0);
  CHECK_FALSE(fs::exists(kept.token_path()));
  CHECK_FALSE(fs::exists(kept.path_of("secrets/work.json")));
  CHECK(kept.xauth({"token", "home"}).status == 0);
}

TEST_CASE_FIXTURE(SealedCase, "a damaged file is kept aside sealed, and comes back as it was") {
  seal_by_file();
  kept.write("tokens/demo.json", "{canary-damaged");
  CHECK(run(kept.start({"demo", "--approve"})).status == 0);
  check_nothing_plain();
  check_done(config({"set", "storage", "file"}));
  int found = 0;
  for (const auto& [path, content] : files()) {
    if (path.find("demo.json.corrupt-") == std::string::npos) continue;
    ++found;
    CHECK(content == "{canary-damaged");
  }
  CHECK(found == 1);
}

TEST_CASE_FIXTURE(SealedCase, "without its key nothing is printed or changed, but logout deletes") {
  seal_by_file();
  const auto before = files();
  fs::rename(kept.path_of("../key"), kept.path_of("../elsewhere"));
  for (const Arguments& arguments : {Arguments{"token", "work"},
                                     {"refresh", "work"},
                                     {"inspect", "work"},
                                     {"status", "work"},
                                     {"config", "set", "storage", "file"},
                                     {"config", "set", "sealed_by", "passphrase"},
                                     {"config", "unset", "profile.work.storage"},
                                     {"demo", "--approve"}}) {
    CAPTURE(arguments[0]);
    const Finished ended = run(kept.start(arguments));
    CHECK_MESSAGE(ended.status == 8, ended.err);
    CHECK(ended.err.find("key") != std::string::npos);
    CHECK(files() == before);
  }
  const Finished status = kept.xauth({"status", "-o", "json"});
  CHECK(status.status == 0);
  CHECK(status.out.find("\"unreadable\"") != std::string::npos);
  CHECK(storage_of("work") == "sealed");
  const Finished logout = kept.xauth({"logout", "work", "--forget"});
  CHECK(logout.status == 8);
  CHECK(logout.err.find("the tokens are deleted here, but") != std::string::npos);
  CHECK_FALSE(fs::exists(kept.token_path()));
  CHECK_FALSE(fs::exists(kept.path_of("tokens/work.json.corrupt-17")));
  fs::rename(kept.path_of("../elsewhere"), kept.path_of("../key"));
  CHECK(kept.xauth({"token", "home"}).status == 0);
}

TEST_CASE_FIXTURE(SealedCase, "when the key is lost, forgetting what it sealed leads to another") {
  seal_by_file();
  fs::remove(kept.path_of("../key"));
  CHECK(config({"set", "storage", "file"}).status == 8);
  CHECK(kept.xauth({"logout", "--all", "--forget"}).status == 8);  // nothing could be revoked
  check_done(config({"set", "storage", "file"}));
  check_done(config({"unset", "sealed_by"}));
  seal_by_file();
  const Finished login = run(kept.start({"demo", "--approve"}));
  CHECK_MESSAGE(login.status == 0, login.err);
  CHECK(fs::exists(kept.token_path("demo")));
  check_nothing_plain();
}

TEST_CASE_FIXTURE(SealedCase, "what could not be sealed afterwards is not asked for, RF-7") {
  const std::string plain = kept.token_text();
  seal_by_file();
  kept.write("tokens/work.json", plain);  // as a crash leaves it
  fs::rename(kept.path_of("../key"), kept.path_of("../elsewhere"));
  const int asked = provider->server().count("/token");
  const Finished ended = kept.xauth({"refresh", "work"});
  CHECK(ended.status == 8);
  CHECK(ended.err.find("the provider was not asked, nothing is lost") != std::string::npos);
  CHECK(provider->server().count("/token") == asked);
  CHECK(kept.token_text() == plain);
}

TEST_CASE_FIXTURE(SealedCase, "a wrong passphrase says so and changes nothing, byte for byte") {
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "storage", "sealed"}));
  CHECK(config({"get", "sealed_by"}).out == "passphrase\n");
  check_nothing_plain();
  CHECK(content_of(kept.path_of("config.json")).find("correct horse") == std::string::npos);
  const std::string token = kept.xauth({"token", "work"}).out;
  const auto before = files();
  kept.variables["XAUTH_PASSPHRASE"] = "correct house";
  kept.variables["XAUTH_NEW_PASSPHRASE"] = "another";
  for (const Arguments& arguments : {Arguments{"token", "work"},
                                     {"refresh"},
                                     {"config", "set", "storage", "file"},
                                     {"config", "set", "sealed_by", "passphrase"},
                                     {"config", "set", "storage", "sealed"}}) {
    const Finished ended = kept.xauth(arguments);
    CHECK(ended.status == 8);
    CHECK(ended.err.find("the passphrase is wrong") != std::string::npos);
    CHECK(files() == before);
  }
  kept.variables.erase("XAUTH_PASSPHRASE");
  const Finished nobody = kept.xauth({"token", "work"});
  CHECK(nobody.status == 8);
  CHECK(nobody.err.find("XAUTH_PASSPHRASE") != std::string::npos);
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "sealed_by", "passphrase"}));
  CHECK(kept.xauth({"token", "work"}).status == 8);
  kept.variables["XAUTH_PASSPHRASE"] = "another";
  CHECK(kept.xauth({"token", "work"}).out == token);
}

TEST_CASE_FIXTURE(SealedCase, "the key changes hands and the files stay as they are") {
  seal_by_file();
  const std::string tokens = kept.token_text();
  const std::string token = kept.xauth({"token", "work"}).out;
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "sealed_by", "passphrase"}));
  fs::remove(kept.path_of("../key"));
  CHECK(kept.xauth({"token", "work"}).out == token);
  std::ofstream(kept.path_of("../pass")) << "from the command\n";
  CHECK(config({"set", "sealed_by", "command"}).status == 2);  // which one?
  check_done(config({"set", "password_command", "cat " + kept.path_of("../pass")}));
  check_done(config({"set", "sealed_by", "command"}));
  kept.variables.erase("XAUTH_PASSPHRASE");
  CHECK(kept.xauth({"token", "work"}).out == token);
  std::ofstream(kept.path_of("../pass2")) << "from another one\n";
  CHECK(config({"unset", "password_command"}).status == 2);
  CHECK(config({"set", "password_command", "false"}).status == 8);
  check_done(config({"set", "password_command", "cat " + kept.path_of("../pass2")}));
  fs::remove(kept.path_of("../pass"));
  CHECK(kept.xauth({"token", "work"}).out == token);
  CHECK(kept.token_text() == tokens);
  CHECK(config({"unset", "sealed_by"}).status == 2);
  for (const char* value : {"file", "file:key", "pigeon"}) {
    CHECK(config({"set", "sealed_by", value}).status == 2);
  }
}

TEST_CASE_FIXTURE(SealedCase, "a profile is kept as it says itself, and sealing again ends it") {
  check_done(config({"set", "sealed_by", "file:" + kept.path_of("../key")}));
  check_done(config({"set", "profile.work.storage", "sealed"}));
  CHECK(storage_of("work") == "sealed");
  CHECK(storage_of("home") == "file");
  const std::string plain = kept.token_text("home");
  check_done(config({"set", "profile.home.storage", "file"}));
  check_done(config({"set", "storage", "sealed"}));
  CHECK(kept.token_text("home") == plain);
  check_done(config({"unset", "profile.home.storage"}));
  check_nothing_plain();
  // As a crash leaves it: one is not sealed yet.
  kept.write("tokens/home.json", plain);
  CHECK(kept.xauth({"token", "home"}).status == 0);
  CHECK(storage_of("home") == "file");
  check_done(config({"set", "storage", "sealed"}));
  check_nothing_plain();
  CHECK(config({"set", "profile.home.storage", "keyring"}).status == 2);
}

TEST_CASE_FIXTURE(SealedCase, "a profile that cannot be unsealed does not keep the others back") {
  seal_by_file();
  const std::string other = kept.token_text("home");
  kept.write("tokens/work.json", other);
  CHECK(kept.xauth({"token", "work"}).status == 8);
  const Finished ended = config({"set", "storage", "file"});
  CHECK(ended.status == 8);
  CHECK(ended.err.find("work is kept as it was: ") != std::string::npos);
  CHECK(kept.token_text() == other);
  CHECK(storage_of("home") == "file");
  CHECK(config({"unset", "sealed_by"}).status == 8);
  CHECK(config({"get", "sealed_by"}).status == 0);
}

TEST_CASE_FIXTURE(SealedCase, "doctor tells how each is kept and whether the key can be had") {
  check_done(config({"set", "sealed_by", "file:" + kept.path_of("../key")}));
  check_done(config({"set", "profile.work.storage", "sealed"}));
  const std::string told = kept.xauth({"doctor"}).out;
  CHECK(told.find("ok       storage: sealed: work; in plain files: home") != std::string::npos);
  CHECK(told.find("ok       sealing key: opened by the file ") != std::string::npos);
  fs::remove(kept.path_of("../key"));
  CHECK(kept.xauth({"doctor"}).out.find("failure  sealing key: ") != std::string::npos);
}

TEST_CASE_FIXTURE(SealedCase,
                  "on a terminal the passphrase is asked for twice, then once a process") {
  {
    TerminalProgram sealing(kept.start({"config", "set", "sealed_by", "passphrase"}));
    sealing.await("New passphrase of xauth: ");
    sealing.type("correct horse\n");
    sealing.await("Once more: ");
    sealing.type("correct horse\n");
    CHECK(sealing.wait().status == 0);
    CHECK(sealing.is_restored());
  }
  {
    TerminalProgram sealing(kept.start({"config", "set", "storage", "sealed"}));
    sealing.await("Passphrase of xauth: ");
    sealing.type("correct horse\n");
    CHECK(sealing.wait().status == 0);
  }
  check_nothing_plain();
  TerminalProgram status(kept.start({"status"}));
  status.await("Passphrase of xauth: ");
  status.type("correct horse\n");
  const Finished ended = status.wait();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("correct horse") == std::string::npos);
  CHECK(ended.err.find("Passphrase of xauth: ") == ended.err.rfind("Passphrase of xauth: "));
  CHECK(ended.err.find("sealed") != std::string::npos);
}

TEST_CASE_FIXTURE(SealedCase,
                  "without a way to keep a key nothing is sealed, and the ways are named") {
  const auto before = files();
  const Finished ended = config({"set", "storage", "sealed"});
  CHECK(ended.status == 2);
  CHECK(ended.err.find("XAUTH_PASSPHRASE") != std::string::npos);
  CHECK(ended.err.find("password_command") != std::string::npos);
  CHECK(files() == before);
}

TEST_CASE_FIXTURE(SealedCase, "no child inherits the passphrases") {
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  kept.variables["XAUTH_NEW_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "storage", "sealed"}));
  const Finished ended =
      kept.xauth({"exec", "work", "--env", "T", "--", "sh", "-c", "env | grep -c PASSPHRASE"});
  CHECK(ended.out == "0\n");
  CHECK(kept.xauth({"exec", "work", "--env", "XAUTH_NEW_PASSPHRASE", "--", "true"}).status == 2);
}

TEST_CASE_FIXTURE(SealedCase, "Ctrl-C at the passphrase ends the command, which deletes nothing") {
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "storage", "sealed"}));
  kept.variables.erase("XAUTH_PASSPHRASE");
  const auto before = files();
  for (const Arguments& arguments :
       {Arguments{"logout", "work"}, {"logout", "--all"}, {"status"}, {"doctor"}}) {
    CAPTURE(arguments[0]);
    TerminalProgram asking(kept.start(arguments));
    asking.await("Passphrase of xauth: ");
    asking.type("\x03");
    const Finished ended = asking.wait();
    CHECK(ended.status == 130);
    CHECK(ended.err.find("Passphrase of xauth: xauth") == std::string::npos);  // the row was left
    CHECK(asking.is_restored());
    CHECK(files() == before);
  }
}

TEST_CASE_FIXTURE(SealedCase, "a password command leaves standard input to whom it is meant for") {
  const std::string tool = kept.path_of("../greedy");
  std::ofstream(tool) << "#!/bin/sh\ncat >/dev/null\necho password\n";
  fs::permissions(tool, fs::perms::owner_all);
  check_done(config({"set", "password_command", tool}));
  check_done(config({"set", "storage", "sealed"}));
  Start start = kept.start({"exec", "work", "--", "cat"});
  start.input = "for the command";
  CHECK(run(start).out == "for the command");
}

TEST_CASE_FIXTURE(SealedCase, "a file that is sealed under another key says so") {
  seal_by_file();
  const std::string sealed = kept.token_text();
  check_done(config({"set", "storage", "file"}));
  check_done(config({"unset", "sealed_by"}));
  seal_by_file();
  kept.write("tokens/work.json", sealed);
  const Finished ended = kept.xauth({"token", "work"});
  CHECK(ended.status == 8);
  CHECK(ended.err.find("sealed under another key") != std::string::npos);
  CHECK(kept.token_text() == sealed);
}

TEST_CASE_FIXTURE(SealedCase, "while config set asks for a passphrase nobody waits for its lock") {
  kept.variables["XAUTH_PASSPHRASE"] = "correct horse";
  check_done(config({"set", "storage", "sealed"}));
  kept.variables.erase("XAUTH_PASSPHRASE");
  TerminalProgram asking(kept.start({"config", "set", "profile.work.client_id", "another"}));
  asking.await("Passphrase of xauth: ");
  check_done(config({"set", "browser", "firefox"}));
  asking.type("correct horse\n");
  CHECK(asking.wait().status == 2);  // the client secret is the former application's
}
