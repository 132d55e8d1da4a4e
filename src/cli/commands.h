// The commands: each does its work with the context and returns, or throws Error.
#pragma once

#include "cli/context.h"
#include "cli/options.h"

namespace xauth::cli {

void login(const Context& context, const LoginOptions& options);
void token(const Context& context, const TokenOptions& options);
void refresh(const Context& context, const RefreshOptions& options);
void status(const Context& context, const StatusOptions& options);
void whoami(const Context& context, const WhoamiOptions& options);
void inspect(const Context& context, const InspectOptions& options);
void logout(const Context& context, const LogoutOptions& options);
void exec(const Context& context, const ExecOptions& options);
void curl(const Context& context, const CurlOptions& options);
void credential_git(const Context& context, const CredentialGitOptions& options);
void credential_docker(const Context& context, const CredentialDockerOptions& options);
void credential_kubernetes(const Context& context, const CredentialKubernetesOptions& options);
void config(const Context& context, const ConfigOptions& options);
void doctor(const Context& context, const DoctorOptions& options);
void use(const Context& context, const UseOptions& options);
void provider_list(const Context& context, const ProviderListOptions& options);
void provider_discover(const Context& context, const ProviderDiscoverOptions& options);
void provider_show(const Context& context, const ProviderShowOptions& options);
void demo(const Context& context, const DemoOptions& options);

}  // namespace xauth::cli
