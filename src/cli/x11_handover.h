// X11's program of the same name: which calls mean that one, and becoming it.
#pragma once

#include <string>
#include <vector>

namespace xauth::cli {

// Whether `arguments` (those after argument 0) are a call of X11's xauth: one of its commands,
// possibly behind its options (`-f FILE -v -q -i -b -n -V`, also clustered, and a bare `-`), or
// such options alone. `help` is ours unless one of those options stands before it. xauth(1), X11
bool is_x11_call(const std::vector<std::string>& arguments);

// The program that such a call would become, whatever XAUTH_X11_PASSED says; empty: none is found.
std::string find_x11_xauth();

// Becomes X11's xauth with the same arguments, standard input and environment, but without
// XAUTH_CLIENT_SECRET, XAUTH_PASSPHRASE and XAUTH_NEW_PASSPHRASE. It is the first program, other
// than us and than those that XAUTH_X11_PASSED names, among: `xauth` in each entry of PATH after
// the one we are in (all of them when we are in none), `xauth.x11` in the same entries, `xauth.x11`
// beside our own file. Throws Error (not_found) that says what was looked for, Error (not_runnable)
// when the one found could not be run.
[[noreturn]] void hand_over_to_x11(const std::vector<std::string>& arguments);

}  // namespace xauth::cli
