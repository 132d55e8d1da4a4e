// `xauth demo`: the whole login against the provider inside the program.
#include <doctest/doctest.h>

#include <csignal>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

TEST_CASE("demo --approve: the token and a line end on standard output, nothing else") {
  const Workplace here;
  const Finished demo = run(here.start({"demo", "--approve"}));
  CHECK(demo.status == 0);
  CHECK(demo.out == *here.kept("tokens/demo.json", "access_token") + "\n");
  CHECK(demo.err.find("A built-in browser consents: there is nothing to do.\n") !=
        std::string::npos);
  CHECK(demo.err.find("open this address") == std::string::npos);
  CHECK(demo.err.find("Logged in to the demonstration as demo.\n") != std::string::npos);
  CHECK(demo.err.find(demo.out.substr(0, demo.out.size() - 1)) == std::string::npos);
}

TEST_CASE("the demonstration's profile is kept, and never the default") {
  const Workplace here;
  REQUIRE(run(here.start({"demo", "--approve", "-q"})).status == 0);
  CHECK(here.kept("config.json", "profiles.demo.client_id"));
  CHECK(here.kept("config.json", "default").value_or("").empty());
  CHECK(run(here.start({"token", "demo"})).status == 0);
  CHECK(run(here.start({"token"})).status == 4);
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  CHECK(here.kept("config.json", "default") == "work");
  CHECK(run(here.start({"demo", "--approve"})).status == 0);  // again, with no --force
  CHECK(here.kept("config.json", "default") == "work");
}

TEST_CASE("without a browser the built-in one consents") {
  Workplace here;
  here.variables["PATH"] = here.home.path();
  const Finished demo = run(here.start({"demo"}));
  CHECK(demo.status == 0);
  CHECK(demo.out == *here.kept("tokens/demo.json", "access_token") + "\n");
  CHECK(demo.err.find("the built-in one consents") != std::string::npos);
}

TEST_CASE("demo with a person: the browser is started, and the person decides") {
  Workplace here;
  here.variables["BROWSER"] = "true";  // starts, and opens nothing
  Running demo(here.start({"demo"}));
  decide(authorize_url_in(await_url(demo)));
  CHECK(demo.wait().status == 0);
  Running refused(here.start({"demo"}));
  decide(authorize_url_in(await_url(refused)), demo::Decision::deny);
  const Finished ended = refused.wait();
  CHECK(ended.status == 3);
  CHECK(ended.out.empty());
}

TEST_CASE("demo -o json prints the token as `token -o json` does") {
  const Workplace here;
  const Finished demo = run(here.start({"demo", "--approve", "-o", "json"}));
  CHECK(demo.status == 0);
  const auto value = parse_json(demo.out);
  REQUIRE(value);
  CHECK(*value->find("profile")->string() == "demo");
  CHECK(*value->find("access_token")->string() == here.kept("tokens/demo.json", "access_token"));
  CHECK(value->find("refresh_token") == nullptr);
}

TEST_CASE("demo --serve: the provider runs on, every command works, Ctrl-C ends it with 130") {
  const Workplace here;
  Running demo(here.start({"demo", "--approve", "--serve"}));
  const auto first = demo.await_output("\n");
  demo.await_error("logout demo");
  CHECK(run(here.start({"token", "demo"})).out == first);
  CHECK(run(here.start({"refresh", "demo"})).status == 0);
  const Finished second = run(here.start({"token", "demo"}));
  CHECK(second.status == 0);
  CHECK(second.out != first);
  const auto status = parse_json(run(here.start({"status", "demo", "-o", "json"})).out);
  REQUIRE(status);
  CHECK(*status->array()->front().find("state")->string() == "valid");
  CHECK(run(here.start({"logout", "demo"})).status == 0);
  CHECK(run(here.start({"token", "demo"})).status == 4);
  demo.signal(SIGINT);
  const Finished ended = demo.wait();
  CHECK(ended.status == 130);
  CHECK(ended.out == first);
}
