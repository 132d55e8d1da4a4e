// `xauth credential docker` and `kubernetes`: whom they answer, byte for byte.
#include <doctest/doctest.h>

#include "oauth/iso_time.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct CredentialCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  CredentialCase() {
    kept.set_token("access_token", Json("canary-\"token"));
    Json::Array hosts = {Json("registry.example"), Json("k8s.example:6443")};
    kept.set_setting("host", Json(std::move(hosts)));
  }

  Finished docker(const std::vector<std::string>& words, const std::string& input = {}) const {
    std::vector<std::string> arguments = {"credential", "docker"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    Start start = kept.start(arguments);
    start.input = input;
    return run(start);
  }

  // With what a client says in KUBERNETES_EXEC_INFO; empty: nothing.
  Finished kubernetes(const std::string& info, const std::vector<std::string>& more = {}) {
    if (!info.empty()) kept.variables["KUBERNETES_EXEC_INFO"] = info;
    std::vector<std::string> arguments = {"credential", "kubernetes"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(kept.start(arguments));
  }

  std::string credential(const std::string& version) const {
    const auto end = Time(Seconds(std::stoll(kept.token("expires_at"))));
    return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/)" + version +
           R"(","status":{"expirationTimestamp":")" + oauth::iso_time(end) +
           R"(","token":"canary-\"token"}})" + "\n";
  }
};

void check_nothing(const Finished& ended) {
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
}

std::string info(const std::string& version, const std::string& server) {
  return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/)" + version +
         R"(","spec":{"cluster":{"server":")" + server + R"("},"interactive":true}})";
}

}  // namespace

TEST_CASE_FIXTURE(CredentialCase, "docker gets the token for a registry of the profile") {
  for (const std::string server :
       {"registry.example", "https://registry.example", "https://registry.example/v1/"}) {
    for (const std::string end : {"", "\n", "\r\n"}) {
      const Finished ended = docker({"work", "get"}, server + end);
      CHECK(ended.status == 0);
      CHECK(ended.err.empty());
      CHECK(ended.out == R"({"ServerURL":")" + server +
                             R"(","Username":"oauth2","Secret":"canary-\"token"})" + "\n");
    }
  }
}

TEST_CASE_FIXTURE(CredentialCase, "any other registry gets nothing from docker's helper, ST-19") {
  for (const char* server :
       {"", "other.example", "http://registry.example", "registry.example:5000",
        "https://registry.example@other.example", "registry.example.evil.example", "two\nlines"}) {
    CAPTURE(server);
    check_nothing(docker({"get"}, server));
  }
  check_nothing(docker({"absent", "get"}, "registry.example"));
}

TEST_CASE_FIXTURE(CredentialCase, "docker's store and erase change nothing, list names the hosts") {
  const std::string before = kept.token_text();
  check_nothing(
      docker({"store"}, R"({"ServerURL":"registry.example","Username":"a","Secret":"b"})"));
  check_nothing(docker({"erase"}, "registry.example"));
  CHECK(kept.token_text() == before);
  CHECK(docker({"list"}).out == R"({"registry.example":"oauth2","k8s.example:6443":"oauth2"})"
                                "\n");
  CHECK(docker({"absent", "list"}).out == "{}\n");
  CHECK(docker({"version"}).status == 2);
  CHECK(docker({}).status == 2);
}

TEST_CASE_FIXTURE(CredentialCase, "docker finds the helper by its own name") {
  const Finished ended = kept.shell(R"sh(
    ln -s "$0" "$HOME/docker-credential-xauth" && PATH=$HOME:$PATH
    printf registry.example | docker-credential-xauth get && docker-credential-xauth list)sh");
  CHECK(ended.err.empty());
  CHECK(ended.out == R"({"ServerURL":"registry.example","Username":"oauth2",)"
                     R"("Secret":"canary-\"token"})"
                     "\n"
                     R"({"registry.example":"oauth2","k8s.example:6443":"oauth2"})"
                     "\n");
}

TEST_CASE_FIXTURE(CredentialCase, "Kubernetes clients get the token in the version they ask for") {
  CHECK(kubernetes("").out == credential("v1"));
  for (const char* version : {"v1", "v1beta1"}) {
    const Finished ended = kubernetes(info(version, "https://k8s.example:6443"), {"work"});
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(ended.out == credential(version));
  }
  kept.set_token("expires_at", Json());
  CHECK(kubernetes("").out.find("expirationTimestamp") == std::string::npos);
}

TEST_CASE_FIXTURE(CredentialCase, "a cluster that is named and is not the profile's gets nothing") {
  for (const char* server : {"https://k8s.example", "https://evil.example:6443",
                             "http://k8s.example:6443", "https://k8s.example:6443@evil.example"}) {
    CAPTURE(server);
    const Finished ended = kubernetes(info("v1", server));
    check_nothing(ended);
    CHECK(ended.err.find("config set profile.work.host") != std::string::npos);
  }
  CHECK(kubernetes("{").status == 2);
  CHECK(kubernetes(info("v2", "https://k8s.example:6443")).status == 2);
  CHECK(kubernetes(info("v1", "https://k8s.example:6443"), {"absent"}).status == 4);
}

TEST_CASE_FIXTURE(CredentialCase, "a Kubernetes client that wants the ID token gets that one") {
  CHECK(kubernetes("", {"--id-token"}).status == 4);
  // {"iss":"i","sub":"s","aud":"a","iat":1700000000,"exp":4102444800}, signed by nobody
  const std::string id_token =
      "eyJhbGciOiJSUzI1NiJ9."
      "eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6ImEiLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMH0."
      "c2ln";
  kept.set_token("id_token", Json(id_token));
  CHECK(kubernetes("", {"--id-token"}).out ==
        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)"
        R"({"expirationTimestamp":"2100-01-01T00:00:00Z","token":")" +
            id_token + "\"}}\n");
}

TEST_CASE_FIXTURE(CredentialCase, "helpers refresh what has expired, and ask nobody, AZ-20") {
  for (const bool kubernetes_too : {false, true}) {
    kept.set_token("expires_at", Json(clock_now() - 1));
    const std::string before = kept.token("access_token");
    const Finished ended = kubernetes_too ? kubernetes("") : docker({"get"}, "registry.example");
    CHECK(ended.out.find(kept.token("access_token")) != std::string::npos);
    CHECK(kept.token("access_token") != before);
  }
  kept.set_token("expires_at", Json(clock_now() - 1));
  kept.set_token("refresh_token", Json());
  kept.variables["XAUTH_BROWSER"] = "false";
  CHECK(docker({"get"}, "registry.example").status == 4);
  CHECK(kubernetes("").status == 4);
}
