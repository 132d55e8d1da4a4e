#include "cli/doctor_files.h"

#include <doctest/doctest.h>

#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

const Finding* find(const Findings& findings, const std::string& name) {
  for (const auto& finding : findings) {
    if (finding.name == name) return &finding;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a directory that is not there is no trouble, if it can be made") {
  const Scratch scratch;
  const auto findings = check_files(store::Store(scratch / "deep/er", {}));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].health == Health::ok);
  CHECK(findings[0].detail.find("the first login makes it") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "deep"));
  const int status = as_ordinary_user(scratch, [&] {
    ::chmod(scratch.path().c_str(), 0500);
    const auto denied = check_files(store::Store(scratch / "deep/er", {}));
    return denied.size() == 1 && denied[0].health == Health::failure ? 0 : 1;
  });
  CHECK(status == 0);
}

TEST_CASE("a whole and private directory, whose file system has locks") {
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  const auto findings = check_files(login.store);
  for (const char* name : {"config_directory", "settings", "locks"}) {
    CAPTURE(name);
    const Finding* finding = find(findings, name);
    REQUIRE(finding != nullptr);
    CHECK(finding->health == Health::ok);
  }
  CHECK(find(findings, "settings")->detail == "1 profile");
  CHECK(find(findings, "locks")->detail == "the file system has them");
  CHECK(find(findings, "storage")->detail == "in plain files: work");
  CHECK(findings.size() == 4);
}

TEST_CASE("what others had access to is told, once each") {
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  ::chmod(login.path_of("tokens/work.json").c_str(), 0644);
  ::chmod(login.path_of("config.json").c_str(), 0640);
  int modes = 0;
  for (const auto& finding : check_files(login.store)) {
    if (finding.name != "modes") continue;
    CHECK(finding.health == Health::warning);
    ++modes;
  }
  CHECK(modes == 2);
  CHECK(find(check_files(login.store), "modes") == nullptr);
}

TEST_CASE("a damaged file is named, and the others are looked at all the same") {
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  put(login.path_of("tokens/work.json"), "{");
  put(login.path_of("config.json"), "{");
  const auto findings = check_files(login.store);
  REQUIRE(find(findings, "settings") != nullptr);
  CHECK(find(findings, "settings")->health == Health::failure);
  REQUIRE(find(findings, "tokens") != nullptr);
  CHECK(find(findings, "tokens")->detail.find("tokens/work.json") != std::string::npos);
  CHECK(find(findings, "locks")->health == Health::ok);
}

TEST_CASE("a profile with a member of the wrong type is named, and what to do, not the end") {
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  put(login.path_of("config.json"),
      R"({"version":1,"profiles":{"work":{"provider":"x"},"broken":{"client_id":7}}})");
  const auto findings = check_files(login.store);
  const Finding* broken = find(findings, "profile");
  REQUIRE(broken != nullptr);
  CHECK(broken->health == Health::failure);
  CHECK(broken->detail.ends_with("config.json: profile broken: client_id must be a string"));
  CHECK(broken->fix.ends_with("xauth logout broken --forget"));
  CHECK(find(findings, "settings")->health == Health::ok);
}

TEST_CASE("a config directory that is a file, and each unreadable thing, comes with what to do") {
  const Scratch scratch;
  put(scratch / "file", "");
  const auto findings = check_files(store::Store(scratch / "file", {}));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].health == Health::failure);
  CHECK(findings[0].fix.starts_with("--config-dir"));
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  put(login.path_of("config.json"), R"({"version":1,"profiles":[]})");
  CHECK_FALSE(find(check_files(login.store), "settings")->fix.empty());
}

TEST_CASE("a lock that another xauth holds is none of the troubles") {
  const store::StoredLogin login;
  login.log_in("work", store::tokens_named("canary"));
  const FileLock held = store::lock_config(login.store.root(), {});
  const auto findings = check_files(login.store);
  CHECK(find(findings, "locks")->detail == "another xauth holds one now");
}
