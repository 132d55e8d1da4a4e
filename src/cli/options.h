// The command line as typed values: one struct a command.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "cli/output.h"
#include "oauth/provider.h"
#include "store/token_text.h"

namespace xauth::cli {

struct GlobalOptions {
  std::string config_dir;
  bool quiet = false;
  bool verbose = false;
  bool trace = false;
  bool json = false;  // -o json, where a command takes it
  Color color = Color::automatic;
};

struct LoginOptions {
  std::string profile;  // empty: not given, likewise below
  std::string provider;
  std::vector<std::string> provider_param;
  std::string issuer;
  std::string authorize_url;
  std::string token_url;
  std::string device_url;
  std::string revoke_url;
  std::string userinfo_url;
  std::string client_id;
  std::string client_secret_file;
  std::string client_key_file;
  std::string client_certificate_file;
  std::optional<oauth::ClientAuth> client_auth;
  std::vector<std::string> scope;
  std::vector<std::string> add_scope;
  std::string audience;
  std::vector<std::string> resource;
  std::vector<std::string> param;
  std::vector<std::string> token_param;
  std::vector<std::string> redirect_uri;
  std::optional<int> port;
  std::string listen;
  bool client_credentials = false;
  bool no_browser = false;
  std::string browser;
  bool paste = false;
  bool device = false;
  std::optional<Seconds> timeout;
  std::string ca_file;
  std::string prompt;
  std::string login_hint;
  std::string max_age;
  std::string expect_account;
  bool force = false;
};

struct TokenOptions {
  std::string profile;
  store::TokenFormat format = store::TokenFormat::token;
  bool id_token = false;
  std::optional<Seconds> min_ttl;
  bool no_refresh = false;
  bool force_refresh = false;
  bool no_newline = false;
  bool with_refresh_token = false;
  std::optional<store::Quoting> shell;
};

struct RefreshOptions {
  std::string profile;
};

struct StatusOptions {
  std::string profile;
  bool check = false;
};

struct WhoamiOptions {
  std::string profile;
};

struct InspectOptions {
  std::string profile;  // "-": a token on standard input
  bool introspect = false;
};

struct LogoutOptions {
  std::string profile;
  bool all = false;
  bool no_revoke = false;
  bool forget = false;
};

struct UseOptions {
  std::string profile;
};

struct ExecOptions {
  std::string profile;
  std::string variable = "XAUTH_TOKEN";
  std::optional<Seconds> min_ttl;
  std::vector<std::string> command;  // with its arguments; never empty
};

struct CurlOptions {
  std::string profile;
  std::optional<Seconds> min_ttl;
  std::vector<std::string> arguments;  // never empty
};

struct CredentialGitOptions {
  std::string profile;
  std::string action;  // also one that this version does not know
};

enum class DockerAction { get, store, erase, list };

struct CredentialDockerOptions {
  std::string profile;
  DockerAction action = DockerAction::get;
};

struct CredentialKubernetesOptions {
  std::string profile;
  bool id_token = false;
};

enum class ConfigAction { list, get, set, unset, path };

struct ConfigOptions {
  ConfigAction action = ConfigAction::list;
  std::string key;
  std::vector<std::string> value;  // its words
};

struct DoctorOptions {
  std::string profile;
};

struct ProviderListOptions {
  std::string word;
};

struct ProviderDiscoverOptions {
  std::string issuer;
  std::string ca_file;
};

struct ProviderShowOptions {
  std::string id;
};

struct DemoOptions {
  bool serve = false;
  bool approve = false;
  std::string browser;
};

// Help, the version or a completion script: to be printed on standard output.
struct Information {
  std::string text;
};

using Command =
    std::variant<LoginOptions, TokenOptions, RefreshOptions, StatusOptions, WhoamiOptions,
                 InspectOptions, LogoutOptions, UseOptions, ExecOptions, CurlOptions,
                 CredentialGitOptions, CredentialDockerOptions, CredentialKubernetesOptions,
                 ConfigOptions, DoctorOptions, ProviderListOptions, ProviderShowOptions,
                 ProviderDiscoverOptions, DemoOptions, Information>;

struct Invocation {
  GlobalOptions global;
  Command command;
};

// Reads the arguments after the program's name; those behind the first `--` of `exec` and `curl`
// are another program's and stay as they are. Throws Error (usage) that names the argument and the
// nearest one that there is.
Invocation parse_command_line(const std::vector<std::string>& arguments);

// The help of the whole program.
std::string help_text();

// Whether JSON is asked for among the arguments, however the rest of them may be wrong.
bool asks_for_json(const std::vector<std::string>& arguments);

// The colours that are asked for among the arguments, likewise.
Color color_among(const std::vector<std::string>& arguments);

}  // namespace xauth::cli
