#include "cli/exec_credential.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

ExecInfo info_of(const std::string& version, const std::string& spec) {
  return read_exec_info(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/)" +
                        version + "\"" + spec + "}");
}

}  // namespace

TEST_CASE(
    "a Kubernetes client says which version it takes, and perhaps which cluster it asks for") {
  CHECK(read_exec_info("").api_version == "client.authentication.k8s.io/v1");
  CHECK(info_of("v1beta1", "").api_version == "client.authentication.k8s.io/v1beta1");
  CHECK(info_of("v1", R"(,"spec":{"interactive":false})").server.empty());
  CHECK(info_of("v1", R"(,"spec":{"cluster":{"server":"https://k.example:6443"}})").server ==
        "https://k.example:6443");
}

TEST_CASE("what is no ExecCredential of a known version is wrong usage") {
  for (const char* bad :
       {"{", "[]", "{}", R"({"kind":"Pod","apiVersion":"client.authentication.k8s.io/v1"})",
        R"({"kind":"ExecCredential"})",
        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1alpha1"})"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(read_exec_info(bad), Error);
  }
}

TEST_CASE("the answer holds the token and its end, escaped, ST-19") {
  const Secret token{std::string("a\"b")};
  CHECK(exec_credential("v", token, store::kNow).text() ==
        R"({"kind":"ExecCredential","apiVersion":"v","status":)"
        R"({"expirationTimestamp":"2023-11-14T22:13:20Z","token":"a\"b"}})");
  CHECK(exec_credential("v", token, std::nullopt).text() ==
        R"({"kind":"ExecCredential","apiVersion":"v","status":{"token":"a\"b"}})");
}
