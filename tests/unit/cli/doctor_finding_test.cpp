#include "cli/doctor_finding.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::cli;

TEST_CASE("a finding is a line, and what to do another one") {
  const Findings findings = {{"config_directory", Health::ok, "/c, for you alone"},
                             {"port", Health::failure, "port 1 is in use", "end that program"},
                             {"clock", Health::warning, "2 minutes ahead\x1b[31m"}};
  CHECK(text_of(findings, std::nullopt) ==
        "ok       config directory: /c, for you alone\n"
        "failure  port: port 1 is in use\n"
        "         try: end that program\n"
        "warning  clock: 2 minutes ahead\uFFFD[31m\n");
  CHECK(json_of({findings[0], findings[1]}).text() ==
        R"({"checks":[{"name":"config_directory","status":"ok","detail":"/c, for you alone"},)"
        R"({"name":"port","status":"failure","detail":"port 1 is in use",)"
        R"("fix":"end that program"}]})");
  CHECK(json_of({}).text() == R"({"checks":[]})");
}

TEST_CASE("one fault that two checks meet is told once, by the first; what is well, by each") {
  Findings findings = {{"ca_file", Health::failure, "cannot read it", "give another"}};
  append(findings, {{"tls", Health::failure, "cannot read it", "else"},
                    {"clock", Health::ok, "right"},
                    {"clock", Health::ok, "right"},
                    {"dns", Health::failure, "no such name", "look"}});
  REQUIRE(findings.size() == 4);
  CHECK(findings[0].fix == "give another");
  CHECK(findings[3].name == "dns");
}

TEST_CASE("on a terminal a line is broken between words, and a long word stays whole") {
  const Findings findings = {{"port", Health::failure, "port 8000 on 127.0.0.1 is in use",
                              "http://127.0.0.1:8000/a/long/address it is"}};
  CHECK(text_of(findings, 30) ==
        "failure  port: port 8000 on\n"
        "         127.0.0.1 is in use\n"
        "         try:\n"
        "         http://127.0.0.1:8000/a/long/address\n"
        "         it is\n");
  CHECK(text_of(findings, 5).find("http://127.0.0.1:8000/a/long/address\n") != std::string::npos);
}

TEST_CASE("an error's hint comes before what the check advises") {
  CHECK(failed("a", Error(Code::storage, "bad", "mend it"), "else").fix == "mend it");
  const Finding finding = failed("a", Error(Code::storage, "bad"), "else");
  CHECK(finding.fix == "else");
  CHECK(finding.detail == "bad");
  CHECK(finding.health == Health::failure);
}
