// Saves one file the way that a token is saved, for the tests that stop it or fail it at every
// system call: save_driver DIRECTORY [discard]. Prints warnings; exits like xauth.
#include <iostream>
#include <string>
#include <string_view>

#include "base/error.h"
#include "system/files.h"

namespace {

// Longer than the old content of the scripts, and shorter than what is reserved.
std::string new_content() {
  std::string content;
  for (int line = 0; line < 2000; ++line) content += "new\n";
  return content;
}

void save(const std::string& path, bool discard) {
  const auto warn = [](const std::string& line) { std::cerr << "warning: " << line << "\n"; };
  const xauth::Directory directory = xauth::Directory::make(path, warn);
  const xauth::FileLock lock(directory, ".f.lock", std::chrono::seconds(10), warn);
  xauth::NewFile file(directory, "f");
  file.reserve(65536);
  file.write(new_content());
  if (!discard) file.commit();
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view second = count == 3 ? arguments[2] : "";
  if (count < 2 || count > 3 || (count == 3 && second != "discard")) return 2;
  try {
    save(arguments[1], second == "discard");
    return 0;
  } catch (const xauth::Error& error) {
    std::cerr << "save_driver: " << error.message << "\n";
    return error.exit_status();
  }
}
