#include "cli/doctor_finding.h"

#include <algorithm>

#include "base/terminal_text.h"
#include "cli/labelled_line.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kColumn = 9;  // behind the longest word and a space

std::string name_of(Health health) {
  constexpr const char* kNames[] = {"ok", "warning", "failure"};
  return kNames[static_cast<int>(health)];
}

std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

Finding failed(const std::string& name, const Error& error, const std::string& fix) {
  return {name, Health::failure, error.message, error.hint.empty() ? fix : error.hint};
}

void append(Findings& findings, Findings more) {
  for (auto& finding : more) {
    const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
      return finding.health == Health::failure && other.health == Health::failure &&
             other.detail == finding.detail;
    });
    if (!known) findings.push_back(std::move(finding));
  }
}

std::string text_of(const Findings& findings, std::optional<int> columns) {
  std::string text;
  for (const auto& finding : findings) {
    const std::string found = in_words(finding.name) + ": " + for_terminal(finding.detail);
    text += labelled_line(name_of(finding.health), found, kColumn, columns);
    if (finding.fix.empty()) continue;
    text += labelled_line("", "try: " + for_terminal(finding.fix), kColumn, columns);
  }
  return text;
}

Json json_of(const Findings& findings) {
  Json::Array checks;
  for (const auto& finding : findings) {
    Json check;
    check.set("name", Json(finding.name));
    check.set("status", Json(name_of(finding.health)));
    check.set("detail", Json(finding.detail));
    if (!finding.fix.empty()) check.set("fix", Json(finding.fix));
    checks.push_back(std::move(check));
  }
  Json json;
  json.set("checks", Json(std::move(checks)));
  return json;
}

}  // namespace xauth::cli
