// What a failure to store means for the person.
#pragma once

#include "base/error.h"

namespace xauth::store {

// Runs `work`; an Error (storage) that it throws says `consequence`, such as "nothing is lost",
// too.
template <class Work>
void with_consequence(const char* consequence, Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code != Code::storage) throw;
    Error told = error;
    told.message += std::string("; ") + consequence;
    throw told;
  }
}

}  // namespace xauth::store
