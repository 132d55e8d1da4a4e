// What Kubernetes clients say to a credential plugin, and what it answers.
// client.authentication.k8s.io
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "base/time.h"

namespace xauth::cli {

struct ExecInfo {
  std::string api_version = "client.authentication.k8s.io/v1";
  std::string server;  // URL of the cluster; empty: not said
};

// What KUBERNETES_EXEC_INFO says; an empty text says nothing. Throws Error (usage) for what is no
// ExecCredential of v1 or v1beta1. The system bounds a variable to 128 KiB.
ExecInfo read_exec_info(const std::string& text);

// The ExecCredential that holds the token.
Json exec_credential(const std::string& api_version, const Secret& token,
                     const std::optional<Time>& expires_at);

}  // namespace xauth::cli
