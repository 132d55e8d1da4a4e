// `xauth config`: read and change the settings.
#include "base/joined.h"
#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/config_key.h"
#include "cli/connection.h"
#include "cli/keeping.h"

namespace xauth::cli {

namespace {

// A value as text: a string as it is, the items of an array with spaces between, true or false.
std::string text_of(const Json& value) {
  if (value.string() != nullptr) return *value.string();
  if (value.array() == nullptr) return value.text();
  std::string text;
  for (const Json& item : *value.array()) text += (text.empty() ? "" : " ") + *item.string();
  return text;
}

std::string shown(const Json& value) {
  constexpr std::size_t kWhole = 1024 * 1024;
  return for_terminal(text_of(value), kWhole);
}

void list(const Context& context) {
  const store::Config config = context.store.config();
  Json::Object all;
  std::string lines;
  for (const ConfigKey& key : keys_that_are_set(config)) {
    const Json value = value_of(config, key).value();
    lines += key.text + "=" + shown(value) + "\n";
    all.emplace_back(key.text, value);
  }
  context.out.json() ? context.out.json_result(Json(std::move(all))) : context.out.result(lines);
}

void tell(const Context& context, const ConfigKey& key, const std::optional<Json>& value) {
  Json json;
  json.set("key", Json(key.text));
  if (value) json.set("value", *value);
  context.out.json_result(json);
}

void get(const Context& context, const ConfigKey& key) {
  const auto value = value_of(context.store.config(), key);
  if (!value) {
    throw Error(Code::failure, key.text + " is not set", "xauth config set " + key.text + " VALUE");
  }
  context.out.json() ? tell(context, key, value) : context.out.result(shown(*value) + "\n");
}

// A client secret that is kept is for one application at one server. (Tokens know theirs.)
void check_secret_stays(const Context& context, const std::string& name,
                        const store::Profile& before, const store::Profile& after) {
  if (before.client_id == after.client_id &&
      same_server(token_url_of(context, before), token_url_of(context, after))) {
    return;
  }
  if (context.store.client_secret(name).empty()) return;
  throw Error(Code::usage,
              name + " keeps a client secret that is for another application or server",
              "give it as an option of: xauth login " + name);
}

void change(const Context& context, const ConfigKey& key, const std::string& value) {
  if (decides_keeping(key)) {
    change_keeping(context, key, value);
  } else {
    const auto set = [&](store::Config& config) {
      const auto before = key.profile.empty() ? std::nullopt : config.profile(key.profile);
      set_value(context, config, key, value);
      if (before) check_secret_stays(context, key.profile, *before, *config.profile(key.profile));
    };
    store::Config tried = context.store.config();
    set(tried);  // a sealed secret's password is asked for without the lock, which others wait for
    context.store.change_config(set);
  }
  if (context.out.json()) tell(context, key, value_of(context.store.config(), key));
}

// Refuses words that an action does not take.
void require(bool sound, const char* usage) {
  if (!sound) throw Error(Code::usage, "config needs other arguments", usage);
}

}  // namespace

void config(const Context& context, const ConfigOptions& options) {
  const std::string value = joined(options.value, " ");
  switch (options.action) {
    case ConfigAction::list:
      require(options.key.empty(), "xauth config list");
      return list(context);
    case ConfigAction::get:
      require(!options.key.empty() && options.value.empty(), "xauth config get KEY");
      return get(context, parse_config_key(options.key));
    case ConfigAction::set:
      require(!options.key.empty() && !value.empty(), "xauth config set KEY VALUE");
      return change(context, parse_config_key(options.key, "set"), value);
    case ConfigAction::unset:
      require(!options.key.empty() && options.value.empty(), "xauth config unset KEY");
      return change(context, parse_config_key(options.key, "unset"), {});
    case ConfigAction::path:
      break;
  }
  require(options.key.empty(), "xauth config path");
  Json json;
  json.set("path", Json(context.store.path()));
  context.out.json() ? context.out.json_result(json)
                     : context.out.result(context.store.path() + "\n");
}

}  // namespace xauth::cli
