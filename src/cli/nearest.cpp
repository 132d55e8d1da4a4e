#include "cli/nearest.h"

#include <algorithm>
#include <utility>

namespace xauth::cli {

namespace {

// How many letters must be put in, left out, changed or swapped with their neighbour to make `b`
// of `a` (optimal string alignment).
std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        cost[i][k] = i + k;
        continue;
      }
      const std::size_t change = a[i - 1] == b[k - 1] ? 0 : 1;
      cost[i][k] = std::min({cost[i - 1][k] + 1, cost[i][k - 1] + 1, cost[i - 1][k - 1] + change});
      const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
      if (swapped) cost[i][k] = std::min(cost[i][k], cost[i - 2][k - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

// Whether `word` is the beginning of `name`, and long enough to say something.
bool begins(std::string_view name, std::string_view word) {
  constexpr std::size_t kLeast = 3;  // letters, behind the dashes of an option
  const auto letters = word.find_first_not_of('-');
  return letters != word.npos && word.size() - letters >= kLeast && name.starts_with(word);
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& names) {
  constexpr std::size_t kLongest = 64;  // no name of ours is longer
  if (word.size() > kLongest) return {};
  const std::size_t most = word.size() < 5 ? 1 : 2;
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const auto& name : names) {
    const std::size_t distance = slips(word, name);
    if (distance <= most && distance < name.size()) {
      found.emplace_back(distance, name);
    } else if (begins(name, word)) {
      found.emplace_back(most + 1, name);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [distance, name] : found) {
    if (out.size() < 3) out.push_back(std::move(name));
  }
  return out;
}

}  // namespace xauth::cli
