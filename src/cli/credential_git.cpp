// `xauth credential git`: be git's credential helper.
#include <unistd.h>

#include "cli/commands.h"
#include "cli/credential_host.h"
#include "cli/git_request.h"
#include "cli/renewal.h"
#include "system/input.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kLongestRequest =
    64 * 1024;  // a path, a token, some challenges, and a margin

// Reads to the end whatever the action: git would fail at writing to a helper that has gone.
GitRequest read_request() {
  const Secret input(read_input(STDIN_FILENO, kLongestRequest, "git's request"));
  if (input.reveal().size() > kLongestRequest) {
    throw Error(Code::usage, "git's request is longer than 64 KiB");
  }
  return read_git_request(input.reveal());
}

void get(const Context& context, const CredentialProfile& profile, const GitRequest& request) {
  const auto tokens = credential_tokens(context, profile);
  const std::string& user = request.username.empty() ? kCredentialUser : request.username;
  context.out.result(git_answer(user, tokens).reveal());
}

// The server did not take the password: if that is the token that we would give again, it is
// renewed, so that the next `get` gives another one. Nothing is ever deleted.
void erase(const Context& context, const CredentialProfile& profile, const GitRequest& request) {
  const auto tokens = context.store.tokens(profile.name);
  if (!tokens || !tokens->access_token.matches(request.password.reveal())) return;
  if (!can_renew(profile.settings, *tokens)) {
    throw Error(
        Code::login_needed,
        profile.name + ": " + request.host + " does not take the token, and it cannot be renewed",
        "xauth login " + profile.name);
  }
  renew_tokens(context, profile.name, *tokens, {.ttl = Seconds(0), .force = true});
}

}  // namespace

void credential_git(const Context& context, const CredentialGitOptions& options) {
  const GitRequest request = read_request();
  const bool known = options.action == "get" || options.action == "erase";
  if (!known || request.protocol != "https") return;
  const auto profile = profile_for_host(context, options.profile, request.host);
  if (!profile) return;
  if (options.action == "get") {
    get(context, *profile, request);
  } else {
    erase(context, *profile, request);
  }
}

}  // namespace xauth::cli
