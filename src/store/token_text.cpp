#include "store/token_text.h"

#include <algorithm>

namespace xauth::store {

namespace {

std::string shell_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// As curl (") and fish (') want it: a backslash before another and before the quote is taken away.
std::string quoted(const std::string& text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

std::string variable_text(const std::string& token, Quoting quoting) {
  if (quoting == Quoting::fish) return "set -gx XAUTH_TOKEN " + quoted(token, '\'');
  return "export XAUTH_TOKEN=" + shell_quoted(token);
}

void set_text(Json& json, const char* name, const std::string& value) {
  if (!value.empty()) json.set(name, Json(value));
}

}  // namespace

Secret token_text(TokenFormat format, const Secret& access_token, Quoting quoting) {
  const std::string header = "Authorization: Bearer " + access_token.reveal();
  switch (format) {
    case TokenFormat::header:
      return Secret(header);
    case TokenFormat::curl:
      return Secret("header = " + quoted(header, '"'));
    case TokenFormat::env:
      return Secret(variable_text(access_token.reveal(), quoting));
    default:
      return access_token;
  }
}

Json token_json(const std::string& profile, const Tokens& tokens, Time now,
                bool with_refresh_token) {
  Json json;
  set_text(json, "profile", profile);
  set_text(json, "provider", tokens.provider);
  set_text(json, "account", tokens.account);
  set_text(json, "token_type", tokens.token_type);
  set_text(json, "access_token", tokens.access_token.reveal());
  if (with_refresh_token) set_text(json, "refresh_token", tokens.refresh_token.reveal());
  set_text(json, "scope", tokens.scope);
  if (tokens.issued_at) json.set("issued_at", Json(tokens.issued_at->time_since_epoch().count()));
  if (tokens.expires_at) {
    json.set("expires_at", Json(tokens.expires_at->time_since_epoch().count()));
    const auto left = std::max(*tokens.expires_at - now, Seconds(0));
    json.set("expires_in", Json(left.count()));
  }
  return json;
}

}  // namespace xauth::store
