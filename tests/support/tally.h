// What a run of the tests has done, for the table in SECURITY.md; and how much it should do.
#pragma once

#include <string>

namespace xauth::test {

// Where $XAUTH_TALLY names a file, a line is added to it: `what`, a tab and `count`.
void tally(const std::string& what, int count);

// Whether this program and the one under test are built with a sanitizer, which makes them large
// and slow.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// A seed for what is done at random, which the test tells: another one each time, or $XAUTH_SEED.
unsigned seed();

}  // namespace xauth::test
