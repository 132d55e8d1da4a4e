// Work on many things at once.
#pragma once

#include <cstddef>
#include <functional>

namespace xauth {

// Calls `work` once for every index below `count`, where there are many in several threads, of
// which this is one; where no more threads are to be had, in this one. Waits for all that it has
// begun, then throws what a call threw, after which some indices may have been left out.
void in_parallel(std::size_t count, const std::function<void(std::size_t index)>& work);

}  // namespace xauth
