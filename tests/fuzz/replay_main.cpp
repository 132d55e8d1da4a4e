// Gives every file of the directory in argv[1] to the fuzz target, for compilers without libFuzzer.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "fuzz/property.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  int replayed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::cout << entry.path().filename().string() << std::endl;  // flushed: an input may end us
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++replayed;
  }
  if (replayed == 0) std::cerr << argv[1] << " has no input to replay\n";
  return replayed == 0 ? 1 : 0;
}
