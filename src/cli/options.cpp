#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "base/terminal_text.h"
#include "cli/completion_script.h"
#include "cli/nearest.h"
#include "cli/options_description.h"
#include "cli/version.h"

namespace xauth::cli {

namespace {

constexpr int kLongestWait = 24 * 3600;         // --timeout, in seconds
constexpr int kLongestTtl = 10 * 366 * 86'400;  // --min-ttl, in seconds

constexpr const char* kHelp = "help";  // the command that is no command to CLI11

constexpr std::size_t kHelpColumn = 32;  // where descriptions begin, so that 48 characters fit

// Shows of an option what it takes, and not what CLI11 knows about it besides.
class HelpText : public CLI::Formatter {
 public:
  HelpText() {
    column_width(kHelpColumn);
    label("SUBCOMMAND", "COMMAND");
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    return type.empty() ? "" : " " + type;
  }

  // A command behind which another program's arguments stand says how it is called at its foot.
  std::string make_usage(const CLI::App* app, std::string name) const override {
    return is_usage(app->get_footer()) ? app->get_footer() + "\n"
                                       : Formatter::make_usage(app, name);
  }

  std::string make_footer(const CLI::App* app) const override {
    return is_usage(app->get_footer()) ? "" : Formatter::make_footer(app);
  }

 private:
  static bool is_usage(const std::string& footer) { return footer.starts_with("Usage: "); }
};

// The help of what was chosen, without the empty lines at its end.
std::string help_of(const CLI::App& app) {
  const std::string text = app.help();
  return text.substr(0, text.find_last_not_of('\n') + 1) + "\n";
}

// The words that an option takes, and what each stands for.
template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <class Value>
std::vector<std::string> words_of(const Choices<Value>& choices) {
  std::vector<std::string> words;
  for (const auto& choice : choices) words.push_back(choice.first);
  return words;
}

std::string join_words(const std::vector<std::string>& words, const std::string& separator) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : separator) + word;
  return out;
}

// How the command `app` is typed, with a space at its end: `xauth provider list `.
std::string typed(const CLI::App& app) {
  const std::string before = app.get_parent() != nullptr ? typed(*app.get_parent()) : "";
  return before + app.get_name() + " ";
}

// What to type instead: the nearest name, else the help.
std::string hint_for(const std::string& word, const std::vector<std::string>& names,
                     const std::string& before, const std::string& otherwise) {
  const auto near = nearest(word, names);
  return near.empty() ? otherwise : before + near.front();
}

// The error for a `word` that is none of `words`, which the option or argument takes.
Error none_of(const CLI::App& app, const CLI::Option& option, const std::string& word,
              const std::vector<std::string>& words) {
  const std::string name = option.get_name();  // `--output`, or `ACTION`
  const std::string before = typed(app) + (option.nonpositional() ? name + " " : "");
  return {Code::usage,
          name + ": '" + for_terminal(word, 64) + "' is none of " + join_words(words, ", "),
          hint_for(word, words, before, typed(app) + "--help")};
}

// Makes the option of a command refuse a word that is not `known`, with the nearest of `words` in
// the hint.
void take_only(const CLI::App& app, CLI::Option& option, const std::vector<std::string>& words,
               const std::function<bool(const std::string&)>& known) {
  const auto refuse = [&app, &option, words, known](const std::string& word) {
    if (!known(word)) throw none_of(app, option, word, words);
    return std::string();
  };
  option.check(refuse, "");
}

// Refuses what is no whole number from `least` to `most`, and zeros before one: CLI11 would take it
// for octal.
std::function<std::string(const std::string&)> whole_number(int least, int most) {
  return [least, most](const std::string& text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool octal = text.size() > 1 && text.front() == '0';
    const bool whole = read.ec == std::errc() && read.ptr == end && !octal;
    if (whole && number >= least && number <= most) return std::string();
    return "'" + text + "' is no number from " + std::to_string(least) + " to " +
           std::to_string(most);
  };
}

// Adds an option that takes one of `choices`; another word is refused with all of them named.
template <class Value>
void add_choice(CLI::App& app, const char* name, Value& value, const Choices<Value>& choices,
                const char* about) {
  const auto words = words_of(choices);
  const auto known = [words](const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const auto take = [choices, &value](const std::string& word) {
    for (const auto& [known, meaning] : choices) {
      if (known == word) value = meaning;
    }
  };
  CLI::Option& option = *app.add_option_function<std::string>(name, take, about);
  option.type_name(join_words(words, "|"));
  take_only(app, option, words, known);
}

// The commands behind whose `--` another program's arguments stand, and what these are.
constexpr std::array<std::pair<std::string_view, const char*>, 2> kRunsAnother = {
    {{"exec", "COMMAND [ARGUMENT...]"}, {"curl", "ARGUMENT..."}}};

// What stands behind the `--` of the command `name`; nothing when nothing does.
std::optional<std::string> behind_dashes(const std::string& name) {
  for (const auto& [command, what] : kRunsAnother) {
    if (command == name) return what;
  }
  return std::nullopt;
}

// Whether `words` call a command of that kind.
bool runs_another(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = words[i] == "--config-dir" || words[i] == "--color";
    if (!words[i].starts_with('-')) return behind_dashes(words[i]).has_value();
    if (has_value) ++i;
  }
  return false;
}

// A command that has been described to CLI11, and how to take its options out afterwards; one that
// only holds others gives nothing.
struct Described {
  CLI::App* app;
  std::function<Command()> take;
};

class CommandLine {
 public:
  // `words`: what is to be parsed; without, all is described. `behind`: what stands behind `--`,
  // where that is another program's.
  explicit CommandLine(const std::vector<std::string>& words = {},
                       std::vector<std::string> behind = {})
      : behind_(std::move(behind)),
        app_("Log in to OAuth 2.0 and OpenID Connect providers, and print tokens") {
    app_.name("xauth");
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("xauth ") + kVersion, "Print the version");
    app_.failure_message(CLI::FailureMessage::simple);
    app_.formatter(std::make_shared<HelpText>());
    add_globals(app_);
    describe_login();
    describe_token();
    describe_refresh();
    describe_status();
    describe_whoami();
    describe_inspect();
    describe_logout();
    describe_use();
    describe_exec();
    describe_curl();
    describe_credential();
    describe_config();
    describe_doctor();
    describe_providers();
    describe_demo();
    describe_completion();
    const auto is_named = [&words](const std::string& name) {
      return std::find(words.begin(), words.end(), name) != words.end();
    };
    const bool all = words.empty() || is_named("completion");
    for (const auto& command : commands_) {  // below its own in the help
      if (all || is_named(command.app->get_name())) add_globals(*command.app);
    }
    app_.footer("First steps: xauth demo\nMore: xauth help COMMAND, man xauth");
  }

  Invocation parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
      app_.parse(arguments);
    } catch (const CLI::CallForHelp&) {
      const auto unexpected = app_.remaining(true);
      if (!unexpected.empty() && holds_commands(chosen_app())) {
        throw no_such_word(unexpected.front());
      }
      return {global_, Information{help_of(app_)}};
    } catch (const CLI::CallForVersion&) {
      return {global_, Information{std::string("xauth ") + kVersion + "\n"}};
    } catch (const CLI::Error& error) {
      throw usage_error(error);
    }
    for (const auto& command : commands_) {
      if (command.app->parsed() && command.take) return {global_, command.take()};
    }
    throw Error(Code::usage, "no command", "xauth --help");
  }

  std::string help() const { return help_of(app_); }

 private:
  void add_globals(CLI::App& app) {
    app.set_help_flag("-h,--help", "Print this help");
    app.add_option("--config-dir", global_.config_dir, "Where settings and tokens are kept")
        ->type_name("DIR");
    app.add_flag("-q,--quiet", global_.quiet, "Say only what must be read");
    app.add_flag("-v,--verbose", global_.verbose, "Say more");
    app.add_flag("--trace", global_.trace, "Show requests and answers, without secrets");
    add_choice<Color>(
        app, "--color", global_.color,
        {{"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}},
        "Colours on standard error");
  }

  // Adds the command `name`; `options` holds what was read once it is taken.
  template <class Options>
  CLI::App& add(const char* name, const char* about, const std::shared_ptr<Options>& options,
                CLI::App* within = nullptr) {
    CLI::App& parent = within != nullptr ? *within : app_;
    CLI::App& app = *parent.add_subcommand(name, about)->group("Commands");
    commands_.push_back({&app, [options] { return Command(*options); }});
    return app;
  }

  // Adds a command that is followed by one of those that are added within it.
  CLI::App& add_family(const char* name, const char* about) {
    CLI::App& app = *app_.add_subcommand(name, about)->group("Commands");
    app.require_subcommand(1);
    commands_.push_back({&app, nullptr});
    return app;
  }

  static void add_profile(CLI::App& app, std::string& profile,
                          const char* about = "Which login (else XAUTH_PROFILE or the default)") {
    const auto refuse_empty = [](const std::string& name) {
      return name.empty() ? std::string("the name is empty") : std::string();
    };
    app.add_option("PROFILE", profile, about)->check(refuse_empty, "")->type_name("");
  }

  static void add_min_ttl(CLI::App& app, std::optional<Seconds>& min_ttl) {
    app.add_option_function<int>(
           "--min-ttl", [&min_ttl](const int& seconds) { min_ttl = Seconds(seconds); },
           "How long it must still be valid (60)")
        ->check(whole_number(0, kLongestTtl), "")
        ->type_name("SECONDS");
  }

  // Takes what stands behind `--` into `words`.
  void add_words_behind(CLI::App& app, std::vector<std::string>& words) {
    app.callback([this, &app, &words] {
      if (behind_.empty()) throw nothing_behind(app.get_name());
      words = behind_;
    });
    app.footer("Usage: " + call_with_words_behind(app.get_name()));
  }

  static std::string call_with_words_behind(const std::string& name) {
    return "xauth " + name + " [OPTION...] [PROFILE] -- " + behind_dashes(name).value_or("");
  }

  static Error nothing_behind(const std::string& name) {
    return {Code::usage, name + " needs `--`, and behind it what is to be run",
            call_with_words_behind(name)};
  }

  void add_json_output(CLI::App& app) {
    add_choice<bool>(app, "-o,--output", global_.json, {{"json", true}},
                     "Print the result as JSON");
  }

  static void add_text(CLI::App& app, const char* name, std::string& value, const char* type,
                       const char* about) {
    app.add_option(name, value, about)->type_name(type);
  }

  static void add_texts(CLI::App& app, const char* name, std::vector<std::string>& values,
                        const char* type, const char* about) {
    app.add_option(name, values, about)->allow_extra_args(false)->type_name(type);
  }

  void describe_login() {
    const auto login = std::make_shared<LoginOptions>();
    CLI::App& app = add("login", "Log in through the browser", login);
    add_profile(app, login->profile);
    describe_provider(app, *login);
    describe_client(app, *login);
    describe_request(app, *login);
    describe_redirect(app, *login);
    auto* application = app.add_flag("--client-credentials", login->client_credentials,
                                     "Log in the application itself, without a person");
    for (const char* of_person : {"--device", "--paste", "--no-browser", "--browser"}) {
      application->excludes(app.get_option(of_person));
    }
    add_text(app, "--expect-account", login->expect_account, "NAME",
             "Refuse the login of any other account");
    app.add_flag("--force", login->force, "Replace another account's or provider's login");
    add_json_output(app);
  }

  static void describe_provider(CLI::App& app, LoginOptions& login) {
    add_text(app, "--provider", login.provider, "ID", "A provider that xauth knows, such as x");
    add_texts(app, "--provider-param", login.provider_param, "NAME=VALUE",
              "A part of its URLs, as a tenant (repeatable)");
    add_text(app, "--issuer", login.issuer, "URL", "An issuer, whose metadata says the rest");
    add_text(app, "--authorize-url", login.authorize_url, "URL", "The authorize endpoint");
    add_text(app, "--token-url", login.token_url, "URL", "The token endpoint");
    add_text(app, "--device-url", login.device_url, "URL", "The device authorization endpoint");
    add_text(app, "--revoke-url", login.revoke_url, "URL", "The revocation endpoint");
    add_text(app, "--userinfo-url", login.userinfo_url, "URL", "The account endpoint");
    add_text(app, "--ca-file", login.ca_file, "PEM", "Trust these certificates, not the system's");
  }

  static void describe_client(CLI::App& app, LoginOptions& login) {
    add_text(app, "--client-id", login.client_id, "ID", "The client ID of your application");
    add_text(app, "--client-secret-file", login.client_secret_file, "FILE",
             "Read its secret there (-: standard input)");
    add_text(app, "--client-key-file", login.client_key_file, "FILE",
             "Its private key, PEM or JWK");
    add_text(app, "--client-certificate-file", login.client_certificate_file, "PEM",
             "Its certificate, for tls_client_auth");
    const auto take = [&login](const std::string& word) {
      login.client_auth = oauth::client_auth_from(word);
    };
    CLI::Option& option = *app.add_option_function<std::string>(
        "--client-auth", take, "How the application proves itself");
    option.type_name("METHOD");
    take_only(app, option, oauth::client_auth_names(),
              [](const std::string& word) { return oauth::client_auth_from(word).has_value(); });
  }

  static void describe_request(CLI::App& app, LoginOptions& login) {
    add_texts(app, "--scope", login.scope, "SCOPE", "Ask for this scope (repeatable)");
    add_texts(app, "--add-scope", login.add_scope, "SCOPE",
              "Ask for this one besides (repeatable)");
    add_text(app, "--audience", login.audience, "A", "The API that the token is for, by name");
    add_texts(app, "--resource", login.resource, "URI",
              "The same by address, RFC 8707 (repeatable)");
    add_texts(app, "--param", login.param, "KEY=VALUE",
              "Add to the authorize request (repeatable)");
    add_texts(app, "--token-param", login.token_param, "KEY=VALUE",
              "Add to the token requests (repeatable)");
    add_text(app, "--prompt", login.prompt, "WORDS", "Such as login, consent, select_account");
    add_text(app, "--login-hint", login.login_hint, "NAME",
             "Who is to log in, for the provider's form");
    app.add_option("--max-age", login.max_age, "How long ago the sign-in may have been")
        ->check(whole_number(0, std::numeric_limits<int>::max()), "")
        ->type_name("SECONDS");
  }

  static void describe_redirect(CLI::App& app, LoginOptions& login) {
    add_texts(app, "--redirect-uri", login.redirect_uri, "URI",
              "As registered (repeatable, tried in order)");
    app.add_option_function<int>(
           "--port", [&login](const int& port) { login.port = port; },
           "Port of the default redirect URI (0: any)")
        ->check(whole_number(0, 65535), "")
        ->type_name("N");
    add_text(app, "--listen", login.listen, "ADDRESS:PORT",
             "Where to listen, if not at the redirect URI");
    app.add_flag("--no-browser", login.no_browser, "Print the URL, start no browser");
    add_text(app, "--browser", login.browser, "COMMAND", "The browser to start (%s is the URL)");
    auto* paste =
        app.add_flag("--paste", login.paste, "Take the redirected URL from the input only");
    app.add_flag("--device", login.device, "Log in with another device, by a code")
        ->excludes(paste);
    app.add_option_function<int>(
           "--timeout", [&login](const int& seconds) { login.timeout = Seconds(seconds); },
           "How long to wait for the person (300)")
        ->check(whole_number(1, kLongestWait), "")
        ->type_name("SECONDS");
  }

  void describe_token() {
    const auto token = std::make_shared<TokenOptions>();
    CLI::App& app = add("token", "Print a valid access token", token);
    add_profile(app, token->profile);
    add_choice<store::TokenFormat>(app, "-o,--output", token->format,
                                   {{"token", store::TokenFormat::token},
                                    {"header", store::TokenFormat::header},
                                    {"json", store::TokenFormat::json},
                                    {"env", store::TokenFormat::env},
                                    {"curl", store::TokenFormat::curl}},
                                   "How to print it");
    app.add_flag("--id-token", token->id_token, "The ID token instead (with -o json, besides)");
    add_min_ttl(app, token->min_ttl);
    auto* no_refresh = app.add_flag("--no-refresh", token->no_refresh, "Never ask the provider");
    app.add_flag("--force-refresh", token->force_refresh, "Refresh even if it is still valid")
        ->excludes(no_refresh);
    app.add_flag("--no-newline", token->no_newline, "Print no newline after it");
    app.add_flag("--with-refresh-token", token->with_refresh_token,
                 "Also the refresh token (with -o json only)");
    add_choice<std::optional<store::Quoting>>(app, "--shell", token->shell,
                                              {{"sh", store::Quoting::posix},
                                               {"bash", store::Quoting::posix},
                                               {"zsh", store::Quoting::posix},
                                               {"fish", store::Quoting::fish}},
                                              "Which shell's command -o env prints (sh)");
  }

  void describe_refresh() {
    const auto refresh = std::make_shared<RefreshOptions>();
    CLI::App& app = add("refresh", "Refresh the tokens now", refresh);
    add_profile(app, refresh->profile);
    add_json_output(app);
  }

  void describe_status() {
    const auto status = std::make_shared<StatusOptions>();
    CLI::App& app = add("status", "Show each login and whether it is still good", status);
    add_profile(app, status->profile, "Which login (else all of them)");
    app.add_flag("--check", status->check, "Ask each provider whether it takes the token");
    add_json_output(app);
  }

  void describe_whoami() {
    const auto whoami = std::make_shared<WhoamiOptions>();
    CLI::App& app = add("whoami", "Ask the provider who this token is", whoami);
    add_profile(app, whoami->profile);
    add_json_output(app);
  }

  void describe_inspect() {
    const auto inspect = std::make_shared<InspectOptions>();
    CLI::App& app = add("inspect", "Show what is in the tokens, never a token", inspect);
    app.add_option("PROFILE", inspect->profile, "Which login; - is a token on standard input")
        ->type_name("");
    app.add_flag("--introspect", inspect->introspect, "Ask the provider about the access token");
    add_json_output(app);
  }

  void describe_logout() {
    const auto logout = std::make_shared<LogoutOptions>();
    CLI::App& app = add("logout", "Revoke the tokens and delete them", logout);
    add_profile(app, logout->profile);
    app.add_flag("--all", logout->all, "Of all profiles");
    app.add_flag("--no-revoke", logout->no_revoke, "Only delete, without asking the provider");
    app.add_flag("--forget", logout->forget, "Delete its settings and client secret too");
    add_json_output(app);
  }

  void describe_use() {
    const auto use = std::make_shared<UseOptions>();
    CLI::App& app = add("use", "Set the default profile", use);
    app.add_option("PROFILE", use->profile, "The login that is meant when none is named")
        ->type_name("")
        ->required();
    add_json_output(app);
  }

  void describe_exec() {
    const auto exec = std::make_shared<ExecOptions>();
    CLI::App& app = add("exec", "Run a command with a token in its environment", exec);
    add_profile(app, exec->profile);
    add_text(app, "--env", exec->variable, "NAME", "The variable that holds it (XAUTH_TOKEN)");
    add_min_ttl(app, exec->min_ttl);
    add_words_behind(app, exec->command);
  }

  void describe_curl() {
    const auto curl = std::make_shared<CurlOptions>();
    CLI::App& app = add("curl", "Run curl with a token in its header", curl);
    add_profile(app, curl->profile);
    add_min_ttl(app, curl->min_ttl);
    add_words_behind(app, curl->arguments);
  }

  void describe_credential() {
    CLI::App& family = add_family("credential", "Answer another tool that wants a password");
    const auto git = std::make_shared<CredentialGitOptions>();
    CLI::App& git_app = add("git", "Answer git on its standard input", git, &family);
    add_action(git_app, git->profile, "get, store or erase",
               [git](const std::string& word) { git->action = word; });
    const auto docker = std::make_shared<CredentialDockerOptions>();
    CLI::App& docker_app = add("docker", "Answer docker on its standard input", docker, &family);
    add_action(docker_app, docker->profile, "get, store, erase or list",
               [docker, &docker_app](const std::string& word) {
                 docker->action = docker_action(docker_app, word);
               });
    const auto kubernetes = std::make_shared<CredentialKubernetesOptions>();
    CLI::App& kubernetes_app =
        add("kubernetes", "Answer kubectl and other clients", kubernetes, &family);
    add_profile(kubernetes_app, kubernetes->profile);
    kubernetes_app.add_flag("--id-token", kubernetes->id_token, "The ID token instead");
  }

  // Adds PROFILE and ACTION; one word alone is the action, as the tools append it.
  static void add_action(CLI::App& app, std::string& profile, const std::string& actions,
                         const std::function<void(const std::string&)>& take) {
    add_profile(app, profile);
    const auto action = std::make_shared<std::string>();
    app.add_option("ACTION", *action, actions)->type_name("");
    app.callback([&profile, action, actions, take] {
      if (action->empty()) std::swap(profile, *action);
      if (action->empty()) throw Error(Code::usage, "an action is missing: " + actions);
      take(*action);
    });
  }

  static DockerAction docker_action(const CLI::App& app, const std::string& word) {
    static const Choices<DockerAction> kActions = {{"get", DockerAction::get},
                                                   {"store", DockerAction::store},
                                                   {"erase", DockerAction::erase},
                                                   {"list", DockerAction::list}};
    for (const auto& [known, action] : kActions) {
      if (known == word) return action;
    }
    throw none_of(app, *app.get_option("ACTION"), word, words_of(kActions));
  }

  void describe_config() {
    const auto config = std::make_shared<ConfigOptions>();
    CLI::App& app = add("config", "Read and change the settings", config);
    add_choice<ConfigAction>(app, "ACTION", config->action,
                             {{"list", ConfigAction::list},
                              {"get", ConfigAction::get},
                              {"set", ConfigAction::set},
                              {"unset", ConfigAction::unset},
                              {"path", ConfigAction::path}},
                             "What to do");
    app.get_option("ACTION")->required();
    app.add_option("KEY", config->key, "Such as default, storage, profile.NAME.MEMBER")
        ->type_name("");
    app.add_option("VALUE", config->value, "The new value; spaces separate those of an array")
        ->type_name("");
    add_json_output(app);
  }

  void describe_doctor() {
    const auto doctor = std::make_shared<DoctorOptions>();
    CLI::App& app = add("doctor", "Find what keeps a login from working", doctor);
    app.add_option("PROFILE", doctor->profile, "Which login, or a provider's ID")->type_name("");
    add_json_output(app);
  }

  void describe_providers() {
    CLI::App& family = add_family("provider", "Show the providers that xauth knows");
    const auto list = std::make_shared<ProviderListOptions>();
    CLI::App& list_app = add("list", "Name them", list, &family);
    list_app.add_option("WORD", list->word, "Only those that hold this")->type_name("");
    add_json_output(list_app);
    const auto show = std::make_shared<ProviderShowOptions>();
    CLI::App& show_app =
        add("show", "Show one: what to register there, and its quirks", show, &family);
    show_app.add_option("ID", show->id, "Such as github")->type_name("")->required();
    add_json_output(show_app);
    const auto discover = std::make_shared<ProviderDiscoverOptions>();
    CLI::App& discover_app =
        add("discover", "Show what an issuer says of itself", discover, &family);
    discover_app.add_option("URL", discover->issuer, "The issuer")->type_name("")->required();
    add_text(discover_app, "--ca-file", discover->ca_file, "PEM",
             "Trust these certificates, not the system's");
    add_json_output(discover_app);
  }

  void describe_demo() {
    const auto demo = std::make_shared<DemoOptions>();
    CLI::App& app = add("demo", "Try it all on a built-in provider", demo);
    app.add_flag("--serve", demo->serve, "Keep that provider running until Ctrl-C");
    app.add_flag("--approve", demo->approve, "Consent by itself, without a browser");
    add_text(app, "--browser", demo->browser, "COMMAND", "The browser to start (%s is the URL)");
    add_json_output(app);
  }

  // Its script tells of the whole command line, so it is made once that is read.
  void describe_completion() {
    const auto shell = std::make_shared<CompletionShell>();
    CLI::App& app = *app_.add_subcommand("completion", "Print the completion script of a shell")
                         ->group("Commands");
    add_choice<CompletionShell>(app, "SHELL", *shell,
                                {{"bash", CompletionShell::bash},
                                 {"zsh", CompletionShell::zsh},
                                 {"fish", CompletionShell::fish}},
                                "For which one");
    app.get_option("SHELL")->required();
    commands_.push_back({&app, [this, shell] {
                           return Command(Information{completion_script(*shell, describe(app_))});
                         }});
  }

  const CLI::App& chosen_app() const {
    const CLI::App* chosen = &app_;
    while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
    return *chosen;
  }

  static bool holds_commands(const CLI::App& app) {
    return !app.get_subcommands([](const CLI::App*) { return true; }).empty();
  }

  static std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    return names;
  }

  static std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
  }

  Error usage_error(const CLI::Error& error) const {
    const CLI::App& chosen = chosen_app();
    const bool on_command = !holds_commands(chosen);
    if (behind_.empty() && behind_dashes(chosen.get_name())) {
      return nothing_behind(chosen.get_name());
    }
    const std::string prefix = typed(chosen_app());
    const auto unexpected = app_.remaining(true);
    const bool too_little = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    const bool too_much = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    if (too_little && (on_command || unexpected.empty())) return too_few(chosen);
    if (unexpected.empty() || !(too_little || too_much)) {
      return {Code::usage, for_terminal(in_our_words(error.what())), prefix + "--help"};
    }
    return no_such_word(unexpected.front());
  }

  // The error for what the chosen command has neither as an option nor as anything else; a value
  // that is joined to it may be secret.
  Error no_such_word(const std::string& unexpected) const {
    const std::string prefix = typed(chosen_app());
    const std::string word = unexpected.substr(0, unexpected.find('='));
    if (word.starts_with("-")) {
      return {Code::usage, "unknown option " + for_terminal(word, 64),
              hint_for(word, option_names(chosen_app()), prefix, prefix + "--help")};
    }
    if (holds_commands(chosen_app())) return no_such_command(word);
    return {Code::usage, "unexpected argument '" + for_terminal(word, 64) + "'", prefix + "--help"};
  }

  // `--client-id: 1 required ID missing` as `--client-id needs ID`.
  static std::string in_our_words(std::string text) {
    constexpr std::string_view kWants = ": 1 required ";
    constexpr std::string_view kMissing = " missing";
    const auto wants = text.find(kWants);
    if (wants == text.npos || !text.ends_with(kMissing)) return text;
    text.resize(text.size() - kMissing.size());
    return text.replace(wants, kWants.size(), " needs ");
  }

  // The error for a command that wants another word behind it.
  static Error too_few(const CLI::App& chosen) {
    std::string wanted = "one of " + join_words(command_names(chosen), ", ");
    for (const CLI::Option* option : chosen.get_options()) {
      if (!option->get_required() || option->count() > 0) continue;
      const std::string choices = option->get_type_name();
      wanted = choices.empty() ? option->get_name() : "one of " + choices;
    }
    const bool is_program = chosen.get_parent() == nullptr;
    return {Code::usage,
            is_program ? "no command is given" : chosen.get_name() + " needs " + wanted,
            typed(chosen) + "--help"};
  }

  Error no_such_command(const std::string& word) const {
    const std::string prefix = typed(chosen_app());
    auto names = command_names(chosen_app());
    if (&chosen_app() == &app_) names.emplace_back(kHelp);
    return {Code::usage, "no command is named '" + for_terminal(word, 64) + "'",
            hint_for(word, names, prefix, prefix + "--help")};
  }

  GlobalOptions global_;
  const std::vector<std::string> behind_;
  CLI::App app_;
  std::vector<Described> commands_;
};

}  // namespace

namespace {

using Words = std::vector<std::string>;

bool is_output(const std::string& word) { return word == "-o" || word == "--output"; }

bool takes_value(const std::string& word) {
  return word == "--config-dir" || word == "--color" || is_output(word);
}

// The first word that is neither an option, which may stand before each command, nor its value.
Words::iterator first_word(Words& words) {
  auto at = words.begin();
  while (at != words.end() && at->starts_with("-") && *at != "--") {
    at += takes_value(*at) && at + 1 != words.end() ? 2 : 1;
  }
  return at;
}

// Moves `-o FORMAT`, which CLI11 knows of single commands only, from before the command to its end.
void put_output_last(Words& words) {
  Words before(words.begin(), first_word(words));
  Words behind(words.begin() + static_cast<std::ptrdiff_t>(before.size()), words.end());
  if (behind.empty()) return;
  Words output;
  words.clear();
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool whole = before[i].starts_with("-o") || before[i].starts_with("--output=");
    auto& into = whole || is_output(before[i]) ? output : words;
    into.push_back(before[i]);
    if (takes_value(before[i]) && i + 1 < before.size()) into.push_back(before[++i]);
  }
  behind.insert(std::find(behind.begin(), behind.end(), "--"), output.begin(), output.end());
  words.insert(words.end(), behind.begin(), behind.end());
}

}  // namespace

Invocation parse_command_line(const std::vector<std::string>& arguments) {
  Words words = arguments;
  put_output_last(words);
  const auto first = first_word(words);
  if (first != words.end() && *first == kHelp) {  // `help token` is `token --help`
    const auto next = words.erase(first);
    if (next != words.end() && *next == kHelp) words.erase(next);
    words.erase(std::find(words.begin(), words.end(), "--"), words.end());
    words.emplace_back("--help");
  }
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end() || !runs_another({words.begin(), dashes})) {
    return CommandLine(words).parse(words);
  }
  const std::vector<std::string> behind(dashes + 1, words.end());
  words.erase(dashes, words.end());
  return CommandLine(words, behind).parse(words);
}

std::string help_text() { return CommandLine().help(); }

Color color_among(const std::vector<std::string>& arguments) {
  Color color = Color::automatic;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    const bool apart = arguments[i] == "--color" && i + 1 < arguments.size();
    const std::string word = apart ? "--color=" + arguments[i + 1] : arguments[i];
    if (word == "--color=never") color = Color::never;
    if (word == "--color=always") color = Color::always;
  }
  return color;
}

bool asks_for_json(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") return false;
    if (word == "-ojson" || word == "--output=json") return true;
    const bool cluster = word.starts_with('-') && !word.starts_with("--");
    if (cluster && word.find_first_not_of("-qvh") == word.size() - 5 && word.ends_with("ojson")) {
      return true;
    }
    const bool before_value = (cluster && word.ends_with('o')) || word == "--output";
    if (before_value && i + 1 < arguments.size() && arguments[i + 1] == "json") return true;
  }
  return false;
}

}  // namespace xauth::cli
