// What must be registered with the provider, does its rule allow it, and is the port free?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/doctor_finding.h"
#include "cli/doctor_subject.h"
#include "oauth/redirect_uri.h"

namespace xauth::cli {

// What became of listening at an address.
struct PortTry {
  std::string uri;    // that it is for
  std::string place;  // `port 8000 on 127.0.0.1`
  std::string why;    // it could not be listened on; empty: it could
};

// Whether the rule of the provider, as far as its preset tells, allows the redirect URI.
Finding judge_redirect_uri(const Subject& subject, const oauth::RedirectUri& uri);

// `any_port` is whether the provider allows another port.
Findings judge_ports(const std::vector<PortTry>& tries, bool any_port);

// Looks at each redirect URI that a login of `subject` would use, and tries its port. With nothing
// for `subject`, at the usual one.
Findings check_redirect_uris(const std::optional<Subject>& subject);

}  // namespace xauth::cli
