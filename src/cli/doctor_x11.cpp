#include "cli/doctor_x11.h"

#include <chrono>

#include "cli/x11_handover.h"
#include "system/own_program.h"
#include "system/process.h"

namespace xauth::cli {

namespace {

constexpr const char* kName = "x11_xauth";
constexpr std::chrono::seconds kPatience{5};  // it needs some milliseconds

// The end of `xauth version`, which X11's has and we have not.
std::optional<int> call_through_us() {
  const std::string own = own_program();
  if (own.empty()) return std::nullopt;
  return run_quietly({own, "version"}, {"XAUTH_TOKEN"}, kPatience);
}

}  // namespace

Finding judge_x11(const std::string& path, std::optional<int> status) {
  if (path.empty()) {
    return {kName, Health::ok,
            "X11's program of this name is not installed, and nothing misses it"};
  }
  if (status == 0) return {kName, Health::ok, "calls of X11's program reach " + path};
  const std::string how =
      status ? "ends with status " + std::to_string(*status) : std::string("does not end");
  return {kName, Health::failure, "X11's program " + path + ", called through ours, " + how,
          path + " version"};
}

Finding check_x11() {
  const std::string path = find_x11_xauth();
  try {
    return judge_x11(path, path.empty() ? std::nullopt : call_through_us());
  } catch (const Error& error) {
    return failed(kName, error, path + " version");
  }
}

}  // namespace xauth::cli
