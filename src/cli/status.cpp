// `xauth status`: one row a profile, never a token.
#include <algorithm>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/renewal.h"
#include "cli/words.h"
#include "store/profile_name.h"
#include "system/clock.h"

namespace xauth::cli {

namespace {

enum class State { valid, refreshable, login_needed, unreadable };

constexpr const char* name_of(State state) {
  constexpr const char* kNames[] = {"valid", "refreshable", "login_needed", "unreadable"};
  return kNames[static_cast<int>(state)];
}

struct Row {
  std::string profile;
  bool is_default = false;
  std::string provider;
  State state = State::login_needed;
  std::optional<store::Tokens> tokens;
  bool renews = false;
  std::string problem;  // of an unreadable one
};

State state_of(const store::Profile& profile, const store::Tokens& tokens) {
  if (!fits(profile, tokens)) return State::login_needed;
  if (tokens.valid_for(Seconds(0), wall_clock())) return State::valid;
  return can_renew(profile, tokens) ? State::refreshable : State::login_needed;
}

Row row_of(const Context& context, const store::Config& config, const std::string& name) {
  Row row{.profile = name, .is_default = config.default_profile() == name};
  try {
    const auto profile = config.profile(name);
    if (profile) row.provider = profile->provider_name();
    row.tokens = context.store.tokens(name);
    if (row.tokens && profile) row.state = state_of(*profile, *row.tokens);
    row.renews =
        row.tokens && (profile ? can_renew(*profile, *row.tokens) : row.tokens->can_refresh());
    if (row.tokens && !profile) row.provider = row.tokens->provider;
  } catch (const Error& error) {
    row.state = State::unreadable;
    row.problem = error.message;
  }
  return row;
}

Json json_of(const Row& row) {
  Json json;
  json.set("profile", Json(row.profile));
  json.set("default", Json(row.is_default));
  json.set("provider", Json(row.provider));
  const bool known = row.tokens.has_value();
  if (known && !row.tokens->account.empty()) json.set("account", Json(row.tokens->account));
  if (known && !row.tokens->scope.empty()) json.set("scope", Json(row.tokens->scope));
  json.set("state", Json(name_of(row.state)));
  if (known && row.tokens->expires_at) {
    const Time expires_at = *row.tokens->expires_at;
    json.set("expires_at", Json(expires_at.time_since_epoch().count()));
    json.set("expires_in", Json(std::max(expires_at - wall_clock(), Seconds(0)).count()));
  }
  json.set("can_refresh", Json(row.renews));
  json.set("storage", Json("file"));
  return json;
}

std::string time_left(const Row& row) {
  switch (row.state) {
    case State::valid:
      return row.tokens->expires_at ? in_words(*row.tokens->expires_at - wall_clock()) + " left"
                                    : "valid, end unknown";
    case State::refreshable:
      return "expired, renews itself";
    case State::login_needed:
      return "login needed";
    case State::unreadable:
      return "unreadable";
  }
  return {};
}

using Cells = std::vector<std::string>;

Cells cells_of(const Row& row) {
  const bool known = row.tokens.has_value();
  const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
  return {(row.is_default ? "* " : "  ") + row.profile,
          or_dash(for_terminal(row.provider, 40)),
          or_dash(known ? for_terminal(row.tokens->account, 40) : ""),
          time_left(row),
          row.renews ? "yes" : "no",
          "file",
          or_dash(known ? for_terminal(row.tokens->scope, 200) : "")};
}

std::size_t width_of(const std::string& text) {  // characters, not bytes
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

std::string table_of(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string table;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] + 2 - width_of(row[i]), ' ');
    }
    table += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return table;
}

void print(const Context& context, const std::vector<Row>& rows) {
  if (context.out.json()) {
    Json::Array list;
    for (const auto& row : rows) list.push_back(json_of(row));
    context.out.json_result(Json(std::move(list)));
    return;
  }
  if (rows.empty()) {
    context.out.note("nobody is logged in yet; try: xauth login");
    return;
  }
  std::vector<Cells> cells = {
      {"  PROFILE", "PROVIDER", "ACCOUNT", "TOKEN", "RENEWS", "KEPT", "SCOPE"}};
  for (const auto& row : rows) cells.push_back(cells_of(row));
  context.out.result(table_of(cells));
}

// With one profile named, its state is the exit status; the row has said the rest.
void end_by_state(const Row& row) {
  if (row.state == State::unreadable) {
    throw Error(Code::storage, row.problem, "xauth login " + row.profile);
  }
  if (row.state != State::login_needed) return;
  const bool refused = row.tokens && !row.tokens->refused.empty();
  if (refused) throw store::dead_grant(row.profile, row.tokens->refused);
  throw Error(Code::login_needed, row.profile + " needs a login", "xauth login " + row.profile);
}

}  // namespace

void status(const Context& context, const StatusOptions& options) {
  const store::Config config = context.store.config();
  const auto names = all_profiles(context, config);
  std::vector<Row> rows;
  if (options.profile.empty()) {
    for (const auto& name : names) rows.push_back(row_of(context, config, name));
    print(context, rows);
    for (const auto& row : rows) {
      if (!row.problem.empty() && !context.out.json()) context.out.warn(row.problem);
    }
    return;
  }
  store::check_profile_name(options.profile);
  if (std::find(names.begin(), names.end(), options.profile) == names.end()) {
    throw not_logged_in(context, options.profile);
  }
  rows.push_back(row_of(context, config, options.profile));
  print(context, rows);
  end_by_state(rows.front());
}

}  // namespace xauth::cli
