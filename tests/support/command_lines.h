// What anybody on the machine can see of its programs' arguments.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace xauth::test {

// Whether `text` stands in the command line of any process.
inline bool in_a_command_line(const std::string& text) {
  std::error_code gone;
  for (const auto& process : std::filesystem::directory_iterator("/proc", gone)) {
    std::ifstream file(process.path() / "cmdline", std::ios::binary);
    const std::string line(std::istreambuf_iterator<char>(file), {});
    if (line.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace xauth::test
