// `xauth doctor`: what keeps a login from working, and what to do about it.
#include <algorithm>

#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/doctor_browser.h"
#include "cli/doctor_client.h"
#include "cli/doctor_files.h"
#include "cli/doctor_login.h"
#include "cli/doctor_network.h"
#include "cli/doctor_redirect.h"
#include "cli/doctor_subject.h"
#include "cli/doctor_x11.h"
#include "system/clock.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

// The setting `browser`; that it cannot be read, the check of the files says.
std::string browser_if_readable(const Context& context) {
  try {
    return kept_browser(context);
  } catch (const Error&) {
    return {};
  }
}

Findings check_login(const Context& context, const Subject& subject) {
  const System system = system_of(context, subject.profile.ca_file, {}, kDoctorLimits);
  Findings findings = check_servers(system, subject.provider);
  const store::Config config = context.store.config();
  findings.push_back(judge_login(LoginStates(context, config).of(subject.name), wall_clock()));
  return findings;
}

Findings examine(const Context& context, const DoctorOptions& options) {
  Findings findings = check_files(context.store);
  const auto subject = find_subject(context, options.profile, findings);
  if (subject) {
    findings.push_back(check_client(context, *subject));
    append(findings, judge_advice(*subject));
  }
  const bool has_device = subject && !subject->provider.device_url.empty();
  findings.push_back(judge_browser(browser_facts(browser_if_readable(context)), has_device));
  append(findings, check_redirect_uris(subject));
  append(findings, check_network_settings(subject ? subject->profile.ca_file : ""));
  if (subject) append(findings, check_login(context, *subject));
  findings.push_back(check_x11());
  return findings;
}

}  // namespace

void doctor(const Context& context, const DoctorOptions& options) {
  const Findings findings = examine(context, options);
  if (context.out.json()) {
    context.out.json_result(json_of(findings));
  } else {
    context.out.result(text_of(findings, output_columns()));
  }
  const auto failures = std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.health == Health::failure;
  });
  if (failures == 0) return;
  throw Error(Code::failure, std::to_string(failures) +
                                 (failures == 1 ? " check has" : " checks have") + " failed");
}

}  // namespace xauth::cli
