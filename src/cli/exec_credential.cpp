#include "cli/exec_credential.h"

#include "base/error.h"
#include "oauth/iso_time.h"

namespace xauth::cli {

namespace {

constexpr const char* kKind = "ExecCredential";

// The text at `name`; empty when `json` has none.
std::string text_at(const Json* json, const char* name) {
  const Json* member = json != nullptr ? json->find(name) : nullptr;
  return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
}

}  // namespace

ExecInfo read_exec_info(const std::string& text) {
  ExecInfo info;
  if (text.empty()) return info;
  const auto json = parse_json(text);
  if (!json || text_at(&*json, "kind") != kKind) {
    throw Error(Code::usage, "KUBERNETES_EXEC_INFO holds no ExecCredential");
  }
  const std::string version = text_at(&*json, "apiVersion");
  if (version != info.api_version && version != "client.authentication.k8s.io/v1beta1") {
    throw Error(Code::usage, "KUBERNETES_EXEC_INFO asks for a version that is not known",
                "apiVersion: client.authentication.k8s.io/v1, in the kubeconfig");
  }
  info.api_version = version;
  const Json* spec = json->find("spec");
  const Json* cluster = spec != nullptr ? spec->find("cluster") : nullptr;
  info.server = text_at(cluster, "server");
  return info;
}

Json exec_credential(const std::string& api_version, const Secret& token,
                     const std::optional<Time>& expires_at) {
  Json status;
  if (expires_at) status.set("expirationTimestamp", Json(oauth::iso_time(*expires_at)));
  status.set("token", Json(token.reveal()));
  Json json;
  json.set("kind", Json(kKind));
  json.set("apiVersion", Json(api_version));
  json.set("status", std::move(status));
  return json;
}

}  // namespace xauth::cli
