// The program that people call: it does what the lean one does, only sooner.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

using Change = std::function<void(const KeptLogins&)>;

// A login that neither of the two programs can renew, in a state that `change` makes.
Finished ask(const std::string& program, const std::vector<std::string>& arguments,
             const Change& change, const Variables& more = {}) {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept(*provider, {.lifetime = 3600});
  kept.set_token("access_token", Json("secret-token"));
  kept.set_token("refresh_token", Json());
  kept.set_token("issued_at", Json());
  kept.set_token("expires_at", Json());
  change(kept);
  Start start = kept.start(arguments);
  start.program = program;
  start.variables.insert(more.begin(), more.end());
  Finished ended = run(start);
  const std::string place = kept.path_of("");  // another one for each
  for (auto* text : {&ended.out, &ended.err}) {
    for (auto at = text->find(place); at != std::string::npos; at = text->find(place)) {
      text->replace(at, place.size(), "DIR/");
    }
  }
  return ended;
}

void check_alike(const std::vector<std::string>& arguments, const Change& change,
                 const Variables& more = {}) {
  std::string call;
  for (const auto& argument : arguments) call += argument + " ";
  CAPTURE(call);
  const Finished front = ask(built_front(), arguments, change, more);
  const Finished lean = ask(built_program(), arguments, change, more);
  CHECK(front.status == lean.status);
  CHECK(front.out == lean.out);
  CHECK(front.err == lean.err);
}

void nothing(const KeptLogins&) {}

// A place where one of our programs lies without those that it may become.
struct Alone {
  explicit Alone(const std::string& built) { std::filesystem::copy_file(built, program); }

  const TemporaryDirectory place;
  const std::string program = place.path_of("xauth");
};

}  // namespace

TEST_CASE("the front answers every call of `token` as the lean program does") {
  const std::vector<std::string> calls[] = {
      {"token"},
      {"token", "work"},
      {"token", "work", "-o", "header"},
      {"token", "work", "-o", "json"},
      {"token", "work", "-oenv"},
      {"token", "work", "--output=curl", "--no-newline"},
      {"token", "work", "--min-ttl", "10"},
      {"-q", "token", "work"},
      {"token", "work", "-v"},
      {"token", "work", "--id-token"},
      {"token", "nobody"},
      {"token", "../x"},
      {"token", "work", "--min-ttl", "soon"},
      {"token", "work", "--tpyo"},
      {"status", "-o", "json"},
      {},
      {"exec", "--", "env", "-u", "HOME", "-u", "XAUTH_CONFIG_DIR"},
      {"exec", "work", "--env", "API_TOKEN", "--", "printenv", "API_TOKEN"},
      {"exec", "--min-ttl", "5", "--", "sh", "-c", "kill -TERM $$"},
      {"exec", "--", "grep", "^Sig[BI]", "/proc/self/status"},
      {"exec", "--", "ls", "/proc/self/fd"},
      {"exec", "--", "no-such-command"},
      {"exec", "--", "/etc/passwd"},
      {"exec", "--", "/nowhere/x"},
      {"exec", "--env", "A=B", "--", "true"},
      {"exec", "nobody", "--", "true"},
      {"exec", "--"},
      {"exec", "true"},
  };
  for (const auto& call : calls) check_alike(call, nothing);
}

TEST_CASE("whatever is wrong with a login, the front leaves it to the lean program") {
  const Change changes[] = {
      [](const KeptLogins& kept) { kept.set_token("expires_at", Json(std::int64_t{1})); },
      [](const KeptLogins& kept) { kept.set_token("expires_at", Json(clock_now() + 30)); },
      [](const KeptLogins& kept) { kept.set_token("access_token", Json()); },
      [](const KeptLogins& kept) { kept.write("tokens/work.json", "{"); },
      [](const KeptLogins& kept) { std::filesystem::remove(kept.token_path()); },
      [](const KeptLogins& kept) { std::filesystem::remove_all(kept.path_of("tokens")); },
      [](const KeptLogins& kept) { std::filesystem::remove_all(kept.path_of("")); },
      [](const KeptLogins& kept) { ::chmod(kept.token_path().c_str(), 0644); },
      [](const KeptLogins& kept) {
        std::filesystem::rename(kept.token_path(), kept.path_of("elsewhere"));
        std::filesystem::create_symlink(kept.path_of("elsewhere"), kept.token_path());
      },
      [](const KeptLogins& kept) { kept.write("config.json", R"({"version":1})"); },
      [](const KeptLogins& kept) { kept.write("config.json", "{"); },
      [](const KeptLogins& kept) {
        kept.write("config.json", R"({"version":1,"default":"work","profiles":{"work":)");
      },
  };
  for (const auto& change : changes) {
    check_alike({"token", "work"}, change);
    check_alike({"token"}, change);
    check_alike({"exec", "--", "printenv", "XAUTH_TOKEN"}, change);
  }
}

TEST_CASE("the environment means the same to the front") {
  check_alike({"token"}, nothing, {{"XAUTH_TOKEN", "given"}});
  check_alike({"token", "work"}, nothing, {{"XAUTH_TOKEN", "given"}});
  check_alike({"token"}, nothing, {{"XAUTH_PROFILE", "work"}, {"XAUTH_TOKEN", "given"}});
  check_alike({"token"}, nothing, {{"XAUTH_PROFILE", "../x"}});
  check_alike({"token"}, nothing, {{"XAUTH_TOKEN", "a\nb"}});
  check_alike({"token", "--config-dir", "/nowhere"}, nothing);
  const Variables secrets = {{"XAUTH_TOKEN", "given"},
                             {"XAUTH_CLIENT_SECRET", "not-for-children-1"},
                             {"XAUTH_PASSPHRASE", "not-for-children-2"}};
  check_alike({"exec", "--", "env", "-u", "HOME", "-u", "XAUTH_CONFIG_DIR"}, nothing, secrets);
  check_alike({"exec", "--env", "OTHER", "--", "env", "-u", "HOME", "-u", "XAUTH_CONFIG_DIR"},
              nothing, secrets);
}

TEST_CASE("a command that the system cannot run is told in the environment that was there") {
  const TemporaryDirectory place;
  const std::string script = place.path_of("script");
  std::ofstream(script) << "echo no interpreter is named\n";
  ::chmod(script.c_str(), 0755);
  for (const char* name : {"XAUTH_TOKEN", "XAUTH_CONFIG_DIR", "XAUTH_PROFILE", "PATH"}) {
    check_alike({"exec", "--env", name, "--", "script"}, nothing, {{"PATH", place.path()}});
  }
  const Change long_one = [](const KeptLogins& kept) {
    constexpr std::size_t kLongestVariable = 128 * 1024;  // execve(2)
    kept.set_token("access_token", Json(std::string(kLongestVariable, 'a')));
  };
  check_alike({"exec", "--", "/bin/true"}, long_one);
}

TEST_CASE("a valid token is printed, or given to a command, by the front alone") {
  const Alone alone(built_front());
  for (const std::vector<std::string>& call :
       {std::vector<std::string>{"token"}, {"token", "work"}, {"token", "work", "-o", "token"}}) {
    const Finished ended = ask(alone.program, call, nothing);
    CHECK(ended.status == 0);
    CHECK(ended.out == "secret-token\n");
    CHECK(ended.err.empty());
  }
  const Finished ended = ask(alone.program, {"exec", "--", "printenv", "XAUTH_TOKEN"}, nothing);
  CHECK(ended.status == 0);
  CHECK(ended.out == "secret-token\n");
}

TEST_CASE("the front by itself says which program it misses") {
  const Alone alone(built_front());
  const Finished ended = ask(alone.program, {"status"}, nothing);
  CHECK(ended.status == 1);
  CHECK(ended.out.empty());
  CHECK(ended.err.find("cannot run " + alone.place.path()) != std::string::npos);
  CHECK(ended.err.find("No such file") != std::string::npos);
}

TEST_CASE(
    "the lean program needs the full one for a login alone, and says where it was looked for") {
  const Alone alone(built_program());
  for (const std::vector<std::string>& call :
       {std::vector<std::string>{"login", "work", "--no-browser"}, {"demo", "--approve"}}) {
    const Finished ended = ask(alone.program, call, nothing);
    CHECK(ended.status == 1);
    CHECK(ended.out.empty());
    CHECK(ended.err ==
          "xauth: cannot run " + alone.place.path() +
              "/../full/xauth: No such file or directory\n  try: install xauth anew\n");
  }
  CHECK(ask(alone.program, {"login", "--tpyo"}, nothing).status == 2);
  CHECK(ask(alone.program, {"token"}, nothing).out == "secret-token\n");
  CHECK(ask(alone.program, {"refresh"}, nothing).status == 4);
}

TEST_CASE("the lean program in the place of the full one does not become itself for ever") {
  const TemporaryDirectory place;
  for (const char* name : {"lean", "full"}) std::filesystem::create_directory(place.path_of(name));
  const std::string lean = place.path_of("lean/xauth");
  std::filesystem::copy_file(built_program(), lean);
  std::filesystem::create_symlink(lean, place.path_of("full/xauth"));
  const Finished ended = ask(lean, {"demo", "--approve"}, nothing);
  CHECK(ended.status == 1);
  CHECK(ended.err.find("cannot run") != std::string::npos);
}

TEST_CASE("a full disk behind standard output is told, by the front too") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider, {.lifetime = 3600});
  const Finished ended = run({.arguments = {"-c", "\"$0\" token work >/dev/full", built_front()},
                              .variables = kept.variables,
                              .program = "/bin/sh"});
  CHECK(ended.status == 1);
  CHECK(ended.err.find("standard output cannot be written") != std::string::npos);
}

TEST_CASE("a call that X11's program is meant by goes past the front and the lean program once") {
  const TemporaryDirectory other;
  const std::string x11 = other.path_of("xauth");
  std::ofstream(x11) << "#!/bin/sh\necho \"x11 $*\"\n";
  ::chmod(x11.c_str(), 0755);
  const std::string ours = std::filesystem::path(built_front()).parent_path();
  const auto call = [&](const std::string& path) {
    return run(
        {.arguments = {"list", ":0"}, .variables = {{"PATH", path}}, .program = built_front()});
  };
  CHECK(call(ours + ":" + other.path() + ":/bin").out == "x11 list :0\n");
  CHECK(call(ours).status == 127);
}
