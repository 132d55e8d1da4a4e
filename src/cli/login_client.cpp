#include "cli/login_client.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "cli/client.h"
#include "cli/client_secret.h"
#include "cli/labelled_line.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

void replace(std::string& kept, const std::string& given) {
  if (!given.empty()) kept = given;
}

// What a person has to do at the provider before the first login.
std::string how_to_register(const LoginPlan& plan, bool device) {
  const std::string& page = plan.provider.registration_page;
  std::string told = "An application of yours must be registered with " + plan.provider.name;
  told += page.empty() ? "" : " (" + page + ")";
  if (device) {
    told += ", and allowed to log in by device";
  } else if (!plan.profile.client_credentials) {
    told += ", with the redirect URI " + oauth::as_registered(plan.redirect_uris.front());
  }
  if (!plan.provider.registration_note.empty()) told += "; " + plan.provider.registration_note;
  return told;
}

// The same in lines for the terminal, each with one thing that can be copied.
std::string steps_to_register(const LoginPlan& plan, bool device) {
  const auto size = error_terminal_size();
  const auto columns = size ? std::optional(size->columns) : std::nullopt;
  const auto line = [&](const char* label, const std::string& value) {
    return labelled_line(label, value, 16, columns);
  };
  std::string told = "No client ID yet. Register an application of yours with " +
                     plan.provider.name + ":\n" + line("  page", plan.provider.registration_page);
  if (device) {
    told += line("  allow", "the login by device");
  } else if (!plan.profile.client_credentials) {
    told += line("  redirect URI", oauth::as_registered(plan.redirect_uris.front()));
  }
  return told + line("  note", plan.provider.registration_note);
}

std::string ask_client_id(const LoginPlan& plan, bool device) {
  if (!input_is_ours() || !error_is_terminal()) {
    throw Error(Code::usage, "no client ID. " + how_to_register(plan, device),
                "xauth login " + plan.name + " --client-id ID");
  }
  return ask_line(steps_to_register(plan, device) + "Its client ID: ");
}

// The client is to prove itself in another way than so far.
void forget_proofs(store::Profile& profile) {
  profile.client_auth.clear();
  profile.client_key_file.clear();
  profile.client_certificate_file.clear();
}

void settle_client_id(LoginPlan& plan, const LoginOptions& options) {
  const std::string before = plan.profile.client_id;
  const std::string from_environment = environment("XAUTH_CLIENT_ID");
  replace(plan.profile.client_id, from_environment);
  replace(plan.profile.client_id, options.client_id);
  if (plan.profile.client_id.empty()) {
    plan.profile.client_id = ask_client_id(plan, options.device);
  }
  oauth::check_client_id(plan.profile.client_id);
  if (!before.empty() && before != plan.profile.client_id) {
    forget_proofs(plan.profile);  // they were the other application's
    plan.new_secret = Secret();
  }
}

// Takes what is given to prove the client by. It also says anew how, unless that is given too.
void settle_proofs(const Context& context, LoginPlan& plan, const LoginOptions& options) {
  store::Profile& profile = plan.profile;
  const bool gives_secret = !options.client_secret_file.empty();
  const bool gives_file =
      !options.client_key_file.empty() || !options.client_certificate_file.empty();
  if (gives_secret) plan.new_secret = read_client_secret(context, options.client_secret_file);
  if (gives_file) profile.client_auth.clear();
  const auto kept = oauth::client_auth_from(profile.client_auth);
  if (gives_secret && !gives_file && kept && !oauth::uses_secret(*kept)) forget_proofs(profile);
  replace(profile.client_key_file, absolute_path("--client-key-file", options.client_key_file));
  replace(profile.client_certificate_file,
          absolute_path("--client-certificate-file", options.client_certificate_file));
  if (options.client_auth) profile.client_auth = oauth::name_of(*options.client_auth);
}

// Keeps no file that the method has no use for; one that is given now must be of use.
void settle_files(LoginPlan& plan, const LoginOptions& options) {
  using oauth::ClientAuth;
  const bool uses_certificate = plan.client.auth == ClientAuth::tls_client_auth;
  const bool uses_key = uses_certificate || plan.client.auth == ClientAuth::private_key_jwt;
  const auto refuse = [&](const char* option) {
    throw Error(Code::usage, std::string(option) + " is not for client authentication by " +
                                 std::string(oauth::name_of(plan.client.auth)));
  };
  if (!uses_key && !options.client_key_file.empty()) refuse("--client-key-file");
  if (!uses_certificate && !options.client_certificate_file.empty()) {
    refuse("--client-certificate-file");
  }
  if (!uses_key) plan.profile.client_key_file.clear();
  if (!uses_certificate) plan.profile.client_certificate_file.clear();
}

}  // namespace

std::string absolute_path(const std::string& option, const std::string& path) {
  if (path.empty()) return path;
  std::array<char, PATH_MAX> resolved{};
  if (realpath(path.c_str(), resolved.data()) == nullptr) {
    throw Error(Code::usage, option + " " + path + ": " + std::strerror(errno));
  }
  return resolved.data();
}

void settle_client(const Context& context, LoginPlan& plan, const LoginOptions& options) {
  settle_client_id(plan, options);
  settle_proofs(context, plan, options);
  plan.client = client_of(context, plan.name, plan.profile, plan.provider, plan.new_secret);
  plan.profile.client_auth = oauth::name_of(plan.client.auth);
  settle_files(plan, options);
  if (!plan.client.key) return;
  for (const auto algorithm : plan.provider.client_auth_algorithms) {
    plan.profile.client_auth_algorithm.emplace_back(jose::name_of(algorithm));
  }
}

}  // namespace xauth::cli
