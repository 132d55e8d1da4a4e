#include "cli/doctor_files.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/doctor_storage.h"
#include "store/store.h"

namespace xauth::cli {

namespace {

using std::chrono::milliseconds;

constexpr const char* kDirectory = "config_directory";
constexpr const char* kAnother = "--config-dir or XAUTH_CONFIG_DIR with a directory of your own";

bool may_write(const std::filesystem::path& path) { return ::access(path.c_str(), W_OK) == 0; }

// Whether a directory that is not there could be made.
Finding judge_missing(const std::string& path) {
  std::error_code failure;
  std::filesystem::path above = std::filesystem::absolute(path, failure);
  while (above.has_relative_path() && !std::filesystem::exists(above, failure)) {
    above = above.parent_path();
  }
  if (may_write(above)) {
    return {kDirectory, Health::ok, path + " is not there yet; the first login makes it"};
  }
  return {kDirectory, Health::failure,
          path + " cannot be made: " + above.string() + " cannot be written", kAnother};
}

Finding judge_present(const std::string& path) {
  if (may_write(path)) return {kDirectory, Health::ok, path + ", for you alone"};
  return {kDirectory, Health::failure, path + " cannot be written, so no token could be renewed",
          "chmod u+w " + path};
}

// A second lock must be held back by the first one.
Finding check_locks(const Directory& directory) {
  constexpr const char* kName = "locks";
  const std::string alone = "run only one xauth at a time, or keep the files on a local disk";
  std::string trouble;
  const Warn warn = [&trouble](const std::string& line) { trouble = line; };
  const auto is_held_back = [&](milliseconds patience) {
    try {
      const FileLock lock(directory, store::kConfigLock, patience, warn);
      return false;
    } catch (const Error& error) {
      if (error.code == Code::busy) return true;
      throw;
    }
  };
  try {
    std::optional<FileLock> first;
    if (is_held_back(milliseconds(0))) return {kName, Health::ok, "another xauth holds one now"};
    first.emplace(directory, store::kConfigLock, milliseconds(100), warn);
    if (trouble.empty() && !is_held_back(milliseconds(0))) trouble = "a lock keeps nobody out here";
  } catch (const Error& error) {
    return failed(kName, error, alone);
  }
  if (!trouble.empty()) return {kName, Health::warning, trouble, alone};
  return {kName, Health::ok, "the file system has them"};
}

// Reads all that is there, whatever of it cannot be read.
Findings check_contents(const store::Store& store) {
  Findings findings;
  const auto look = [&](const std::string& name, const auto& read, const std::string& fix) {
    try {
      read();
    } catch (const Error& error) {
      if (error.signal != 0) throw;
      append(findings, {failed(name, error, fix)});
    }
  };
  const std::string mend = "mend it, or make what is there your own";
  store::Config config;
  std::vector<std::string> names;
  const auto read_settings = [&] {
    config = store.config();
    names = config.names();
    findings.push_back(
        {"settings", Health::ok,
         std::to_string(names.size()) + (names.size() == 1 ? " profile" : " profiles")});
  };
  const auto find_tokens = [&] {
    for (const auto& name : store.profiles_with_tokens()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  };
  look("settings", read_settings, mend);
  look("tokens", find_tokens, mend);
  look(
      "storage", [&] { append(findings, check_storage(store, config, names)); }, mend);
  for (const auto& name : names) {
    look(
        "profile", [&] { config.profile(name); },
        "mend it there, or: xauth logout " + name + " --forget");
    look(
        "tokens", [&] { store.tokens(name); }, mend);
    look(
        "client_secret", [&] { store.client_secret(name); }, mend);
  }
  return findings;
}

}  // namespace

Findings check_files(const store::Store& store) {
  const std::string& path = store.path();
  Findings findings;
  const Warn warn = [&findings](const std::string& line) {
    const Finding told{"modes", Health::warning, line};
    const bool known = std::any_of(findings.begin(), findings.end(),
                                   [&](const Finding& other) { return other.detail == line; });
    if (!known) findings.push_back(told);
  };
  try {
    const auto directory = Directory::open(path, warn);
    if (!directory) return {judge_missing(path)};
    findings.push_back(judge_present(path));
    append(findings, check_contents(store.warning(warn)));
    findings.push_back(check_locks(*directory));
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    findings.push_back(failed(kDirectory, error, kAnother));
  }
  return findings;
}

}  // namespace xauth::cli
