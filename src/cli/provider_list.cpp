// `xauth provider list`: the providers that are known by an ID.
#include <algorithm>
#include <cctype>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/labelled_line.h"
#include "cli/presets.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

struct Row {
  std::string id;
  std::string name;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool holds(const std::string& text, const std::string& word) {
  return lower(text).find(word) != std::string::npos;
}

// Those that hold `word`. A damaged file is told, and hides no other provider.
std::vector<Row> rows_of(const Context& context, const std::string& word) {
  std::vector<Row> rows;
  for (const auto& id : preset_ids(context)) {
    try {
      const auto preset = find_preset(context, id);
      if (!preset || !(holds(id, word) || holds(preset->name, word))) continue;
      rows.push_back({id, preset->name});
    } catch (const Error& error) {
      context.out.warn(error.message + "; " + error.hint);
    }
  }
  return rows;
}

}  // namespace

void provider_list(const Context& context, const ProviderListOptions& options) {
  Json::Array list;
  std::string table;
  const auto rows = rows_of(context, lower(options.word));
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.id.size());
  const auto columns = output_columns();
  for (const auto& row : rows) {
    list.emplace_back(Json::Object{{"id", Json(row.id)}, {"name", Json(row.name)}});
    table += labelled_line(row.id, for_terminal(row.name), width + 2, columns);
  }
  if (context.out.json()) return context.out.json_result(Json(std::move(list)));
  if (table.empty()) context.out.note("no provider is named like that; --issuer takes any other");
  context.out.result(table);
}

}  // namespace xauth::cli
