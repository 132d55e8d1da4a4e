#include "cli/git_request.h"

#include <algorithm>

#include "base/error.h"
#include "fuzz/property.h"
#include "store/token_file.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(fuzz::text_of(data, size));
  constexpr std::string_view kLineEnds{"\r\n\0", 3};
  try {
    const auto request = cli::read_git_request(input);
    for (const auto& value :
         {request.protocol, request.host, request.username, request.password.reveal()}) {
      fuzz::require(value.find_first_of(kLineEnds) == value.npos, "a value is one line");
    }
    // The host that we answer for is one that git itself has told, letter for letter.
    fuzz::require(input.find(request.host) != input.npos, "no host comes out of an encoding");
    const auto answer = cli::git_answer(request.username, {}).reveal();
    fuzz::require(std::count(answer.begin(), answer.end(), '\n') == 2, "an answer is two lines");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::usage, "what git would not write is wrong usage");
  }
  return 0;
}
