#include "flow/moment.h"

namespace xauth::flow {

oauth::Entropy draw(const System& system) {
  oauth::Entropy entropy{};
  system.fill_random(entropy);
  return entropy;
}

oauth::Moment moment_of(const System& system) { return {system.now(), draw(system)}; }

}  // namespace xauth::flow
