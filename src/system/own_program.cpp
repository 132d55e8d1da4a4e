#include "system/own_program.h"

#include <filesystem>

#include "system/programs.h"
#include "system/running_program.h"

namespace xauth {

std::string own_program() {
  const std::filesystem::path running = running_program();
  if (running.empty()) return {};
  std::error_code failed;
  const auto front = std::filesystem::canonical(running.parent_path() / kFrontFromBehind, failed);
  // Where a copy of us lies alone, another's program may have that path.
  const bool leads_here =
      !failed && std::filesystem::equivalent(front.parent_path() / kLeanFromFront,
                                             running.parent_path() / kLeanFromBehind, failed);
  return leads_here ? front : running;
}

}  // namespace xauth
