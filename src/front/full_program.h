// The program that does everything, behind the front.
#pragma once

namespace xauth::front {

// Becomes it, with the arguments and the environment as they are. Returns the exit status when it
// cannot be run, which is told on standard error.
int become_full_program(char** argv);

}  // namespace xauth::front
