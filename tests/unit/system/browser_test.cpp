#include "system/browser.h"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>

#include "base/error.h"
#include "unit/system/sandbox.h"

using namespace xauth;
using sandbox::Variable;

namespace {

using Commands = std::vector<std::vector<std::string>>;

const std::string kUrl = "https://id.example/authorize?state=a;b&c=`";

Url url(const std::string& text) {
  const auto parsed = parse_url(text);
  REQUIRE(parsed);
  return *parsed;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The commands for an environment; nothing means that the variable is not set.
Commands commands(const std::string& chosen, std::optional<std::string> ours = {},
                  std::optional<std::string> everybodys = {}) {
  const Variable xauth_browser("XAUTH_BROWSER", std::move(ours));
  const Variable browser("BROWSER", std::move(everybodys));
  return browser_commands(chosen, kUrl);
}

// Opens, and waits for the opener's end however busy the machine is.
void open_and_wait(const Url& target, const std::string& chosen) {
  open_browser(target, chosen, std::chrono::minutes(1));
}

// Whether this process has no child left, running or dead.
bool is_childless() { return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

}  // namespace

TEST_CASE("browser_commands takes --browser, XAUTH_BROWSER, BROWSER, then the desktop's, AZ-15") {
  CHECK(commands("a", "b", "c") == Commands{{"a", kUrl}});
  CHECK(commands("", "b", "c") == Commands{{"b", kUrl}});
  CHECK(commands("", "", "c:d") == Commands{{"c", kUrl}, {"d", kUrl}});
  CHECK(commands("") == Commands{{"xdg-open", kUrl}, {"wslview", kUrl}, {"open", kUrl}});
}

TEST_CASE("browser_commands splits on spaces alone and puts the URL in one word, AZ-15, IN-3") {
  CHECK(commands("  a   -b  c ") == Commands{{"a", "-b", "c", kUrl}});
  CHECK(commands("a --url=%s -x") == Commands{{"a", "--url=" + kUrl, "-x"}});
  CHECK(commands("a %s %s,%s") == Commands{{"a", kUrl, kUrl + "," + kUrl}});
  CHECK(commands("a \"b c\" '%s'") == Commands{{"a", "\"b", "c\"", "'" + kUrl + "'"}});
  CHECK(commands("a:b") == Commands{{"a:b", kUrl}});  // --browser names one command
  CHECK(commands("a; touch x") == Commands{{"a;", "touch", "x", kUrl}});
}

TEST_CASE("browser_commands leaves unusable entries out, AZ-15") {
  CHECK(commands("a %c").empty());
  CHECK(commands("a %").empty());
  CHECK(commands("a %%s").empty());
  CHECK(commands("%s").empty());  // the URL is never the program
  CHECK(commands("  ").empty());
  CHECK(commands("", "a %d: ::b") == Commands{{"b", kUrl}});
}

TEST_CASE("a browser gets the URL as exactly one argument, and nothing else of ours, AZ-14 AZ-16") {
  sandbox::Directory d;
  const auto opener = d.script("opener", sandbox::recorder(d.path("record")));
  const Variable secret("XAUTH_CLIENT_SECRET", "do-not-tell-1");
  const Variable passphrase("XAUTH_PASSPHRASE", "do-not-tell-2");
  const Variable token("XAUTH_TOKEN", "do-not-tell-3");
  const auto target = url("https://id.example/a;touch$x&y=1?--flag=*&q=!()#;x&");
  open_and_wait(target, opener);
  const auto record = d.read("record");
  CHECK(holds(record, "argument<" + target.text() + ">\n"));
  CHECK(record.find("argument<") == record.rfind("argument<"));
  CHECK_FALSE(holds(record, "do-not-tell"));
  CHECK(is_childless());
}

TEST_CASE("payloads in a browser command reach no shell, AZ-15, IN-3") {
  sandbox::Directory d;
  const auto opener = d.script("opener", sandbox::recorder(d.path("record")));
  const auto ran = d.path("ran");
  for (const std::string payload : {"$(touch${IFS}RAN)", "`touch RAN`", ";touch RAN", "&touch RAN",
                                    "|touch RAN", "\ntouch RAN\n", "--flag"}) {
    CAPTURE(payload);
    auto text = payload;
    if (const auto at = text.find("RAN"); at != text.npos) text.replace(at, 3, ran);
    open_and_wait(url("https://id.example/"), opener + " " + text + " %s");
    CHECK_FALSE(d.has("ran"));
    CHECK(holds(d.read("record"), "argument<https://id.example/>\n"));
  }
}

TEST_CASE("what is not https, or http to loopback, is not opened, AZ-13 AZ-14, IN-4") {
  sandbox::Directory d;
  const auto opener = d.script("opener", "touch '" + d.path("ran") + "'");
  Url good = url("https://id.example/path");
  Url plain = good, file = good, host = good, user = good, command = good, line = good, dash = good;
  plain.scheme = "http";
  file.scheme = "file";
  host.host = "";
  user.host = "me@id.example";
  command.path = "/$(touch x)";
  line.query = "a\nb";
  dash.scheme = "--flag=https";
  for (const auto& bad : {plain, file, host, user, command, line, dash}) {
    CAPTURE(bad.text());
    try {
      open_browser(bad, opener);
      FAIL("it was opened");
    } catch (const Error& error) {
      CHECK(error.code == Code::bad_response);
      CHECK_FALSE(holds(error.message, "\n"));
    }
  }
  CHECK_FALSE(d.has("ran"));
  open_and_wait(url("http://127.0.0.1:8000/"), opener);
  CHECK(d.has("ran"));
}

TEST_CASE("an opener that fails at once is no browser: the next one is tried") {
  sandbox::Directory d;
  d.script("fails", "exit 3");
  d.script("dies", "kill -9 $$");
  d.write("plain", "text");
  d.script("works", "echo \"$1\" > '" + d.path("opened") + "'");
  d.script("late", "touch '" + d.path("second") + "'");
  const Variable browser("XAUTH_BROWSER", "absent:" + d.path("plain") + ":" + d.path("fails") +
                                              ":" + d.path("dies") + ":" + d.path("works") + ":" +
                                              d.path("late"));
  open_and_wait(url("https://id.example/"), "");
  CHECK(d.read("opened") == "https://id.example/\n");
  CHECK_FALSE(d.has("second"));
  CHECK(is_childless());
}

TEST_CASE("no browser at all is told, with what was tried") {
  sandbox::Directory d;
  const Variable path("PATH", d.path());
  const Variable ours("XAUTH_BROWSER", std::nullopt);
  const Variable everybodys("BROWSER", std::nullopt);
  const auto message = [](const std::string& chosen) {
    try {
      open_browser(url("https://id.example/"), chosen);
    } catch (const Error& error) {
      CHECK(error.code == Code::failure);
      return error.message;
    }
    return std::string("nothing was thrown");
  };
  CHECK(holds(message(""), "tried xdg-open, wslview, open"));
  CHECK(holds(message("absent %s"), "tried absent"));
  CHECK(holds(message("a %c"), "none is named"));
}

TEST_CASE("a browser that stays is left to run, and is no zombie when it ends, AZ-16") {
  sandbox::Directory d;
  const auto wait = d.path("wait"), done = d.path("done");
  REQUIRE(::mkfifo(wait.c_str(), 0600) == 0);
  REQUIRE(::mkfifo(done.c_str(), 0600) == 0);
  const auto opener =
      d.script("opener", "read -r word < '" + wait + "'; echo \"$word\" > '" + done + "'; exit 9");
  open_browser(url("https://id.example/"), opener, std::chrono::milliseconds(1));
  std::ofstream(wait) << "still here\n";
  CHECK(d.read("done") == "still here\n");
  siginfo_t info;  // until nobody is left to wait for; WNOWAIT leaves the reaping to the program
  while (::waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0) {
  }
  CHECK(errno == ECHILD);
}
