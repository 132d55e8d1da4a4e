// What a failure to store means for the person.
#pragma once

#include <string>

#include "base/error.h"

namespace xauth::store {

// Runs `work`; an Error (storage) that it throws says the consequence, such as "nothing is lost",
// too: what `find_out()` returns then.
template <class FindOut, class Work>
void with_consequence_found(FindOut find_out, Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code != Code::storage) throw;
    Error told = error;
    told.message += std::string("; ") + find_out();
    throw told;
  }
}

template <class Work>
void with_consequence(const char* consequence, Work work) {
  with_consequence_found([=] { return consequence; }, work);
}

}  // namespace xauth::store
