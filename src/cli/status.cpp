// `xauth status`: one row a profile, never a token.
#include <algorithm>
#include <set>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/login_state.h"
#include "cli/renewal.h"
#include "cli/status_table.h"
#include "cli/token_check.h"
#include "store/profile_name.h"
#include "system/clock.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

struct Row {
  LoginState login;
  std::optional<TokenCheck> check;  // nothing: not wished
};

// The answer to a token that is renewed first if need be, and again where the provider does not
// take it, so that it is about the login and not about one token.
TokenCheck ask_with_renewal(const Context& context, const System& system, const std::string& name,
                            const store::Profile& profile) {
  const store::Tokens tokens = valid_tokens(context, name);
  auto check = check_token(context, system, name, profile, tokens);
  if (check.verdict != Verdict::revoked || !can_renew(profile, tokens)) return check;
  const auto renewed = renew_tokens(context, name, tokens, {.force = true});
  return check_token(context, system, name, profile, renewed);
}

TokenCheck ask(const Context& context, const store::Config& config, const std::string& name) {
  const store::Profile profile = *config.profile(name);
  const System system = system_of(context, profile.ca_file, {});
  try {
    return ask_with_renewal(context, system, name, profile);
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    switch (error.code) {
      case Code::login_needed:
        return {Verdict::revoked, error};
      case Code::unreachable:
        return {Verdict::unreachable, error};
      default:
        return {Verdict::unknown, error};
    }
  }
}

void check(const Context& context, const store::Config& config, LoginStates& states, Row& row) {
  row.check.emplace();
  if (row.login.state != State::valid && row.login.state != State::refreshable) return;
  row.check = ask(context, config, row.login.profile);
  row.login = states.of(row.login.profile);
  if (row.check->verdict == Verdict::revoked) row.login.state = State::login_needed;
}

std::vector<Row> rows_of(const Context& context, const store::Config& config,
                         const std::vector<std::string>& names, bool with_check) {
  LoginStates states(context, config);
  std::vector<Row> rows;
  rows.reserve(names.size());
  for (auto& login : states.of(names)) rows.push_back({std::move(login), std::nullopt});
  if (!with_check) return rows;
  for (auto& row : rows) check(context, config, states, row);
  return rows;
}

const char* kept_as(const LoginState& login) {
  return login.sealed ? store::kSealed : store::kPlain;
}

Json json_of(const Row& row) {
  const LoginState& login = row.login;
  Json json;
  json.set("profile", Json(login.profile));
  json.set("default", Json(login.is_default));
  json.set("provider", Json(login.provider));
  if (!login.account.empty()) json.set("account", Json(login.account));
  if (!login.scope.empty()) json.set("scope", Json(login.scope));
  json.set("state", Json(name_of(login.state)));
  if (login.expires_at) {
    json.set("expires_at", Json(login.expires_at->time_since_epoch().count()));
    json.set("expires_in", Json(std::max(*login.expires_at - wall_clock(), Seconds(0)).count()));
  }
  json.set("can_refresh", Json(login.renews));
  json.set("storage", Json(kept_as(login)));
  if (row.check) json.set("check", Json(name_of(row.check->verdict)));
  return json;
}

StatusRow shown(const Row& row) {
  constexpr std::size_t kLongestScope = 200;
  const LoginState& login = row.login;
  StatusRow out{.is_default = login.is_default,
                .profile = login.profile,
                .provider = for_terminal(login.provider),
                .account = for_terminal(login.account),
                .token = time_left(login, wall_clock()),
                .renews = login.renews ? "yes" : "no",
                .kept = kept_as(login),
                .check = row.check ? name_of(row.check->verdict) : "",
                .scope = for_terminal(login.scope, kLongestScope)};
  std::replace(out.check.begin(), out.check.end(), '_', ' ');
  return out;
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
  std::vector<StatusRow> table;
  table.reserve(rows.size());
  for (const auto& row : rows) table.push_back(shown(row));
  context.out.result(status_table(table, output_columns()));
}

// What is wrong with a login, by its provider or by its files.
std::optional<Error> error_of(const Row& row) {
  return row.check && row.check->error ? row.check->error : error_of(row.login);
}

// Of all profiles: each trouble is told once, and the first one that a check found is the end.
void end_by_check(const Context& context, const std::vector<Row>& rows) {
  std::optional<Error> first;
  std::set<std::string> told;
  for (const auto& row : rows) {
    const auto error = row.check ? error_of(row) : std::nullopt;
    const bool is_first = error && !first;
    if (is_first) first = error;
    const std::string trouble = error && !is_first ? error->message : row.login.problem;
    if (is_first || trouble.empty() || context.out.json()) continue;
    if (told.insert(trouble).second) context.out.warn(trouble);
  }
  if (first) throw *std::move(first);
}

}  // namespace

void status(const Context& context, const StatusOptions& options) {
  const store::Config config = context.store.config();
  const auto names = all_profiles(context, config);
  if (options.profile.empty()) {
    const auto rows = rows_of(context, config, names, options.check);
    print(context, rows);
    return end_by_check(context, rows);
  }
  store::check_profile_name(options.profile);
  if (std::find(names.begin(), names.end(), options.profile) == names.end()) {
    throw not_logged_in(context, options.profile);
  }
  const auto rows = rows_of(context, config, {options.profile}, options.check);
  print(context, rows);
  if (auto error = error_of(rows.front())) throw *std::move(error);  // the row has said the rest
}

}  // namespace xauth::cli
