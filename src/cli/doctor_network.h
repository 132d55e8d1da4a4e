// Can the provider be reached, is it who it says, and do our clocks agree?
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/url.h"
#include "cli/doctor_finding.h"
#include "oauth/provider.h"
#include "system/http_client.h"
#include "system/system.h"

namespace xauth::cli {

// How long the look at one server may take.
inline constexpr HttpLimits kDoctorLimits{.connect = std::chrono::seconds(5),
                                          .total = std::chrono::seconds(10)};

// Which proxy is used, and which authorities are believed with the profile's `ca_file`.
Findings check_network_settings(const std::string& ca_file);

// The servers that we ask, each once, as the URL of a harmless page. (The authorize endpoint is the
// browser's affair.)
std::vector<Url> servers_of(const oauth::Provider& provider);

// What came of asking `url` at `now`, as one finding a stage: name, connection, certificate, clock.
Findings judge_answer(const Url& url, const std::variant<HttpResponse, SendFailure>& answer,
                      Time now);

// Asks every server of the provider for that page, without a secret.
Findings check_servers(const System& system, const oauth::Provider& provider);

}  // namespace xauth::cli
