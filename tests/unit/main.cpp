#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

// A broken handover to X11's xauth would make the tests become themselves, again and again.
int main(int argc, char** argv) {
  if (std::getenv("XAUTH_X11_PASSED") != nullptr) return 99;
  return doctest::Context(argc, argv).run();
}
