#include "support/tally.h"

#include <cstdlib>
#include <fstream>
#include <random>

namespace xauth::test {

void tally(const std::string& what, int count) {
  const char* path = std::getenv("XAUTH_TALLY");
  if (path == nullptr) return;
  std::ofstream(path, std::ios::app) << what + "\t" + std::to_string(count) + "\n" << std::flush;
}

unsigned seed() {
  const char* given = std::getenv("XAUTH_SEED");
  return given != nullptr ? static_cast<unsigned>(std::atol(given)) : std::random_device()();
}

}  // namespace xauth::test
