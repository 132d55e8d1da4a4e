#include "cli/x11_handover.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using namespace xauth::cli;
using sandbox::Variable;

namespace {

using Arguments = std::vector<std::string>;

std::string identity_of(const std::string& path) {
  struct stat status;
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

// A program that says its name, its arguments and its standard input.
std::string say(const std::string& name) {
  return "printf '" + name + "'; for a in \"$@\"; do printf '<%s>' \"$a\"; done; cat; exit 7";
}

// Hands `arguments` over in a child process; an Error is its status and its message.
sandbox::Outcome hand_over(const Arguments& arguments, const std::string& input = {}) {
  return sandbox::in_child(
      [&] {
        try {
          hand_over_to_x11(arguments);
        } catch (const Error& error) {
          const bool told = ::write(STDOUT_FILENO, error.what(), error.message.size()) > 0;
          return told ? error.exit_status() : 1;
        }
      },
      input);
}

// A directory that holds us, as `xauth`: this program, which is the one that runs.
void put_us_in(const sandbox::Directory& d, const std::string& name) {
  std::filesystem::create_directories(d.path(name));
  std::filesystem::create_symlink("/proc/" + std::to_string(::getpid()) + "/exe",
                                  d.path(name + "/xauth"));
}

std::string words(const Arguments& arguments) {
  std::string out = "xauth";
  for (const auto& argument : arguments) out += " '" + argument + "'";
  return out;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("X11's calls are told from ours") {
  const std::vector<Arguments> x11s = {
      {"add", ":0", ".", "00"},
      {"extract", "-", ":0"},
      {"generate", ":0", "."},
      {"info"},
      {"list"},
      {"list", "--help"},
      {"merge", "-"},
      {"nextract", "-", ":0"},
      {"nlist", ":0"},
      {"nmerge", "-"},
      {"remove", ":0"},
      {"source", "-"},
      {"exit"},
      {"quit"},
      {"version"},
      {"?"},
      {"-q", "list"},
      {"-n", "list"},
      {"-v", "-i", "-b", "-n", "list"},
      {"-vibn", "list"},
      {"-f", "FILE", "list"},
      {"-f", "token", "list"},
      {"-qf", "FILE", "list"},
      {"-fq", "FILE", "list"},
      {"-ff", "A", "B", "list"},
      {"-f", "--help", "list"},
      {"-f", "", "list"},
      {"-", "list"},
      {"-q", "-"},
      {"-"},
      {"-v"},
      {"-q"},
      {"-V"},
      {"-v", "-q"},
      {"-f", "FILE"},
      {"-qf", "FILE", "-"},
      {"-f", "token"},
      {"-f"},  // X11's says that FILE is missing
      {"-qf"},
      {"-q", "help"},
      {"-", "help"},
      {"-f", "FILE", "help", "add"},
  };
  for (const auto& call : x11s) {
    CAPTURE(words(call));
    CHECK(is_x11_call(call));
  }
}

TEST_CASE("our calls are not handed to X11's xauth") {
  const std::vector<Arguments> ours = {
      {},
      {""},
      {"help"},
      {"help", "list"},
      {"token"},
      {"login", "list"},
      {"-q", "token"},
      {"-v", "login"},
      {"-qv", "status"},
      {"-f", "FILE", "token"},  // an option that we do not have; we say so
      {"-q", ""},
      {"-q", "nosuch"},
      {"-h"},
      {"-qh"},
      {"--help"},
      {"--version"},
      {"--quiet"},
      {"--quiet", "list"},
      {"-q", "--verbose", "list"},
      {"-o", "json", "list"},
      {"-vo", "json"},
      {"--", "list"},  // X11's refuses it
      {"-q", "--", "list"},
      {"LIST"},
      {"lis"},
      {"list "},
      {"provider", "list"},
      {"config", "list"},
  };
  for (const auto& call : ours) {
    CAPTURE(words(call));
    CHECK_FALSE(is_x11_call(call));
  }
}

TEST_CASE("the xauth after ours on PATH gets our arguments, input and name") {
  sandbox::Directory d;
  d.script("before/xauth", say("before"));
  put_us_in(d, "ours");
  put_us_in(d, "again");
  d.write("plain/xauth", "not executable");
  std::filesystem::create_directories(d.path("directory/xauth"));
  d.script("after/xauth", say("after"));
  d.script("later/xauth", say("later"));
  const Variable path("PATH", d.path("before") + ":" + d.path("ours") + "::" + d.path("absent") +
                                  ":" + d.path("again") + ":" + d.path("plain") + ":" +
                                  d.path("directory") + ":" + d.path("after") + ":" +
                                  d.path("later") + ":/usr/bin:/bin");
  const auto outcome = hand_over({"add", "$(touch x)", "a\nb", "", "--flag"}, "through");
  CHECK(outcome.output == "after<add><$(touch x)><a\nb><><--flag>through");
  CHECK(outcome.status == 7);
}

TEST_CASE("where we are not on PATH, all of it is searched") {
  sandbox::Directory d;
  d.script("a/xauth", say("a"));
  const Variable path("PATH", d.path("absent") + ":" + d.path("a") + ":/usr/bin:/bin");
  CHECK(hand_over({"list"}).output == "a<list>");
}

TEST_CASE("what was passed already is not tried again, so that nothing loops") {
  sandbox::Directory d;
  const auto copy = d.script("a/xauth", say("copy"));
  const auto wrapper = d.script("b/xauth", say("wrapper"));
  d.script("c/xauth", "printf '%s ' \"$XAUTH_X11_PASSED\"; " + say("x11"));
  const Variable path("PATH",
                      d.path("a") + ":" + d.path("b") + ":" + d.path("c") + ":/usr/bin:/bin");
  const auto before = identity_of(copy) + "," + identity_of(wrapper);
  const Variable passed("XAUTH_X11_PASSED", before);
  const auto expected = before + "," + identity_of("/proc/self/exe") + "," +
                        identity_of(d.path("c/xauth")) + " x11<list>";
  CHECK(hand_over({"list"}).output == expected);
}

TEST_CASE("a part of a number among those passed is not that number") {
  sandbox::Directory d;
  const auto x11 = d.script("a/xauth", say("x11"));
  const Variable path("PATH", d.path("a") + ":/usr/bin:/bin");
  const Variable passed("XAUTH_X11_PASSED", "1" + identity_of(x11) + "," + identity_of(x11) + "1");
  CHECK(hand_over({"list"}).output == "x11<list>");
}

TEST_CASE("xauth.x11 comes after every xauth") {
  sandbox::Directory d;
  d.script("a/xauth.x11", say("diverted"));
  d.script("b/xauth", say("x11"));
  const std::string both = d.path("a") + ":" + d.path("b");
  {
    const Variable path("PATH", both + ":/bin");
    CHECK(hand_over({"list"}).output == "x11<list>");
  }
  std::filesystem::remove(d.path("b/xauth"));
  d.script("b/cat", "exec /bin/cat");
  const Variable path("PATH", both);
  CHECK(hand_over({"list"}).output == "diverted<list>");
}

TEST_CASE("the program that a call would become is found without calling it") {
  sandbox::Directory d;
  put_us_in(d, "ours");
  const Variable alone("PATH", d.path("ours"));
  CHECK(find_x11_xauth().empty());
  const auto x11 = d.script("x11/xauth", "touch '" + d.path("ran") + "'");
  const Variable both("PATH", d.path("ours") + ":" + d.path("x11"));
  const Variable passed("XAUTH_X11_PASSED", identity_of(x11));
  CHECK(find_x11_xauth() == x11);
  CHECK_FALSE(d.has("ran"));
}

TEST_CASE("no X11 xauth is 127, and what was looked for is told") {
  sandbox::Directory d;
  put_us_in(d, "ours");
  const Variable path("PATH", d.path("ours") + ":" + d.path("absent"));
  const auto outcome = hand_over({"list"});
  CHECK(outcome.status == 127);
  CHECK(holds(outcome.output, "`xauth`"));
  CHECK(holds(outcome.output, "/xauth.x11"));
  CHECK_FALSE(holds(outcome.output, "\n"));
}

TEST_CASE("an X11 xauth that cannot be run is 126") {
  sandbox::Directory d;
  d.write("a/xauth", "#!/no/such/interpreter\n", 0700);
  const Variable path("PATH", d.path("a"));
  const auto outcome = hand_over({"list"});
  CHECK(outcome.status == 126);
  CHECK(holds(outcome.output, d.path("a/xauth")));
}

TEST_CASE("X11's xauth does not get our secrets") {
  sandbox::Directory d;
  d.script("a/xauth", "env");
  const Variable path("PATH", d.path("a") + ":/usr/bin:/bin");
  const Variable secret("XAUTH_CLIENT_SECRET", "do-not-tell-1");
  const Variable passphrase("XAUTH_PASSPHRASE", "do-not-tell-2");
  const Variable other("XAUTHORITY", "/some/file");
  const auto outcome = hand_over({"list"});
  CHECK_FALSE(holds(outcome.output, "do-not-tell"));
  CHECK(holds(outcome.output, "XAUTHORITY=/some/file"));
}
