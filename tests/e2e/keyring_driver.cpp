// The keyring as the program sees it: keyring_driver lookup|store|clear ID SECONDS. The secret to
// store comes from standard input; a secret that was found is printed, and one that was not is 1.
// Exits like xauth otherwise, and says why as it does.
#include <chrono>
#include <iostream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "system/keyring.h"

namespace {

int work(const std::string& verb, const std::string& id, std::chrono::seconds limit) {
  if (verb == "lookup") {
    const auto found = xauth::keyring_lookup(id, limit);
    std::cout << (found ? found->reveal() : "");
    return found ? 0 : 1;
  }
  if (verb == "store") {
    const xauth::Secret secret(std::string(std::istreambuf_iterator<char>(std::cin), {}));
    xauth::keyring_store(id, "a key of the test", secret, limit);
    return 0;
  }
  if (verb != "clear") return 2;
  xauth::keyring_clear(id, limit);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  try {
    return work(arguments[1], arguments[2], std::chrono::seconds(std::stoi(arguments[3])));
  } catch (const xauth::Error& error) {
    std::cerr << "keyring_driver: " << error.message << "\n  try: " << error.hint << "\n";
    return error.exit_status();
  }
}
