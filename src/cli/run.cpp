#include "cli/run.h"

#include <exception>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/x11_handover.h"
#include "system/paths.h"
#include "system/signals.h"

namespace xauth::cli {

namespace {

struct Run {
  const Context& context;
  const Logins& logins;

  void operator()(const LoginOptions& options) const { logins.login(context, options); }
  void operator()(const TokenOptions& options) const { token(context, options); }
  void operator()(const RefreshOptions& options) const { refresh(context, options); }
  void operator()(const StatusOptions& options) const { status(context, options); }
  void operator()(const WhoamiOptions& options) const { whoami(context, options); }
  void operator()(const InspectOptions& options) const { inspect(context, options); }
  void operator()(const LogoutOptions& options) const { logout(context, options); }
  void operator()(const UseOptions& options) const { use(context, options); }
  void operator()(const ExecOptions& options) const { exec(context, options); }
  void operator()(const CurlOptions& options) const { curl(context, options); }
  void operator()(const CredentialGitOptions& options) const { credential_git(context, options); }
  void operator()(const CredentialDockerOptions& options) const {
    credential_docker(context, options);
  }
  void operator()(const CredentialKubernetesOptions& options) const {
    credential_kubernetes(context, options);
  }
  void operator()(const ConfigOptions& options) const { config(context, options); }
  void operator()(const DoctorOptions& options) const { doctor(context, options); }
  void operator()(const ProviderListOptions& options) const { provider_list(context, options); }
  void operator()(const ProviderDiscoverOptions& options) const {
    provider_discover(context, options);
  }
  void operator()(const ProviderShowOptions& options) const { provider_show(context, options); }
  void operator()(const DemoOptions& options) const { logins.demo(context, options); }
  void operator()(const Information& information) const { context.out.result(information.text); }
};

void run_command(const std::vector<std::string>& arguments, const Logins& logins) {
  if (is_x11_call(arguments)) hand_over_to_x11(arguments);
  const Invocation invocation = parse_command_line(arguments);
  const GlobalOptions& global = invocation.global;
  const Output out(global.quiet, global.verbose, global.json, global.color);
  const bool needs_store = !std::holds_alternative<Information>(invocation.command);
  const Context context{
      global, out,
      store::Store(needs_store ? config_directory(global.config_dir) : std::string(),
                   [out](const std::string& line) { out.warn(line); })};
  std::visit(Run{context, logins}, invocation.command);
}

}  // namespace

std::vector<std::string> called_with(const std::vector<std::string>& argv) {
  if (argv.empty()) return {};
  const std::string name = argv.front().substr(argv.front().rfind('/') + 1);
  std::vector<std::string> arguments;
  if (name == "docker-credential-xauth") arguments = {"credential", "docker"};
  arguments.insert(arguments.end(), argv.begin() + 1, argv.end());
  return arguments;
}

int run(const std::vector<std::string>& arguments, const Logins& logins) {
  prepare_process();
  const Output out(false, false, asks_for_json(arguments), color_among(arguments));
  try {
    if (arguments.empty()) {
      const std::string help = help_text();
      out.say(help.substr(0, help.size() - 1));  // which ends the line itself
      return static_cast<int>(Code::usage);
    }
    run_command(arguments, logins);
    return 0;
  } catch (const Error& error) {
    out.error(error);
    return error.exit_status();
  } catch (const std::exception& error) {
    out.error(Error(Code::failure, std::string("internal failure: ") + error.what()));
    return static_cast<int>(Code::failure);
  }
}

}  // namespace xauth::cli
