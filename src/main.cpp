#include <cstdio>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/version.h"
#include "cli/x11_handover.h"

int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (xauth::cli::is_x11_call(arguments)) xauth::cli::hand_over_to_x11(arguments);
  std::printf("xauth %s\n", xauth::cli::kVersion);
} catch (const xauth::Error& error) {
  std::fprintf(stderr, "xauth: %s\n", error.what());
  if (!error.hint.empty()) std::fprintf(stderr, "  try: %s\n", error.hint.c_str());
  return error.exit_status();
}
