// The files of src/completions/, embedded at build time.
#pragma once

#include <string_view>
#include <vector>

namespace xauth::cli {

struct CompletionTemplate {
  std::string_view name;
  std::string_view text;
};

const std::vector<CompletionTemplate>& completion_templates();

}  // namespace xauth::cli
