#include "cli/status_table.h"

#include <algorithm>
#include <array>

#include "base/terminal_columns.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kGap = 2;            // blanks between columns
constexpr std::size_t kLeast = 8;          // that a cut column keeps
constexpr std::size_t kUsualColumns = 80;  // where nobody knows
constexpr std::size_t kIndent = 4;         // of the lines below a profile's name

struct Column {
  const char* title;
  std::string StatusRow::*cell;
  bool may_be_cut;
};

constexpr std::array<Column, 8> kColumns = {{
    {"PROFILE", &StatusRow::profile, false},
    {"PROVIDER", &StatusRow::provider, true},
    {"ACCOUNT", &StatusRow::account, true},
    {"TOKEN", &StatusRow::token, false},
    {"RENEWS", &StatusRow::renews, false},
    {"KEPT", &StatusRow::kept, false},
    {"CHECK", &StatusRow::check, false},
    {"SCOPE", &StatusRow::scope, false},
}};

std::string text_in(const StatusRow& row, const Column& column) {
  const std::string& cell = row.*column.cell;
  if (column.cell == &StatusRow::profile) return (row.is_default ? "* " : "  ") + cell;
  return cell.empty() ? "-" : cell;
}

std::string title_of(const Column& column) {
  return (column.cell == &StatusRow::profile ? "  " : "") + std::string(column.title);
}

// A column and the width that it has in the table.
struct Sized {
  Column column;
  std::size_t width;
};

std::vector<Sized> sized(const std::vector<StatusRow>& rows) {
  std::vector<Sized> out;
  for (const Column& column : kColumns) {
    const bool has_any = std::any_of(rows.begin(), rows.end(), [&](const StatusRow& row) {
      return !(row.*column.cell).empty();
    });
    if (!has_any && column.cell == &StatusRow::check) continue;
    std::size_t width = columns_of(title_of(column));
    for (const auto& row : rows) width = std::max(width, columns_of(text_in(row, column)));
    out.push_back({column, width});
  }
  return out;
}

std::size_t total_of(const std::vector<Sized>& columns) {
  std::size_t total = 0;
  for (const auto& column : columns) total += column.width + (total > 0 ? kGap : 0);
  return total;
}

// Cuts the columns that may be, the widest first, until the table fits; false when it cannot.
bool squeeze(std::vector<Sized>& columns, std::size_t most) {
  while (total_of(columns) > most) {
    Sized* widest = nullptr;
    for (auto& sized : columns) {
      const bool wider = widest == nullptr || sized.width > widest->width;
      if (sized.column.may_be_cut && sized.width > kLeast && wider) widest = &sized;
    }
    if (widest == nullptr) return false;
    --widest->width;
  }
  return true;
}

std::string line_of(const std::vector<Sized>& columns, const StatusRow* row) {
  std::string line;
  for (const auto& [column, width] : columns) {
    const std::string whole = row != nullptr ? text_in(*row, column) : title_of(column);
    const std::string text = cut_to_columns(whole, width);
    line += text + std::string(width + kGap - columns_of(text), ' ');
  }
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string table_of(const std::vector<Sized>& columns, const std::vector<StatusRow>& rows) {
  std::string table = line_of(columns, nullptr);
  for (const auto& row : rows) table += line_of(columns, &row);
  return table;
}

std::string in_small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

// A line for each thing that is known of a login.
std::string block_of(const StatusRow& row, std::size_t most) {
  constexpr std::size_t kLabel = 10;  // where values begin, behind the indent
  std::string block = cut_to_columns(text_in(row, kColumns.front()), most) + "\n";
  for (std::size_t i = 1; i < kColumns.size(); ++i) {
    const auto& column = kColumns.at(i);
    if ((row.*column.cell).empty()) continue;
    std::string line = std::string(kIndent, ' ') + in_small_letters(column.title);
    line.resize(kIndent + kLabel, ' ');
    block += cut_to_columns(line + row.*column.cell, most) + "\n";
  }
  return block;
}

}  // namespace

std::string status_table(const std::vector<StatusRow>& rows, std::optional<int> columns) {
  const std::size_t most = columns ? static_cast<std::size_t>(*columns) : kUsualColumns;
  std::vector<Sized> sizes = sized(rows);
  if (total_of(sizes) > most) sizes.pop_back();  // the scopes
  if (!columns || squeeze(sizes, most)) return table_of(sizes, rows);
  std::string blocks;
  for (const auto& row : rows) blocks += block_of(row, most);
  return blocks;
}

}  // namespace xauth::cli
