#include "cli/doctor_finding.h"

#include <algorithm>

#include "base/terminal_text.h"

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

// `line`, and its end, in pieces of at most `most` bytes (a longer word stays whole), those after
// the first indented.
std::string broken(std::string line, std::size_t most) {
  std::string text;
  while (line.size() > most) {
    auto gap = line.rfind(' ', most);
    if (gap == line.npos || gap < kColumn) gap = line.find(' ', std::max(most, kColumn));
    if (gap == line.npos) break;
    text += line.substr(0, gap) + "\n";
    line = std::string(kColumn, ' ') + line.substr(gap + 1);
  }
  return text + line + "\n";
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
  const std::size_t most = columns ? static_cast<std::size_t>(*columns) : std::string::npos;
  std::string text;
  for (const auto& finding : findings) {
    std::string line = name_of(finding.health);
    line.resize(kColumn, ' ');
    line += in_words(finding.name) + ": " + for_terminal(finding.detail);
    text += broken(line, most);
    if (finding.fix.empty()) continue;
    text += broken(std::string(kColumn, ' ') + "try: " + for_terminal(finding.fix), most);
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
