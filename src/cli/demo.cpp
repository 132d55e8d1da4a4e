// `xauth demo`: the ordinary login against a provider that runs inside the program.
#include <poll.h>

#include <cerrno>  // program_invocation_name
#include <future>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/login_report.h"
#include "cli/run_login.h"
#include "demo/provider.h"
#include "demo/user_agent.h"
#include "system/signals.h"

namespace xauth::cli {

namespace {

constexpr const char* kProfile = "demo";
constexpr const char* kClientId = "xauth-demo";
constexpr const char* kRedirectUri = "http://127.0.0.1/callback";  // with any port

demo::RegisteredClients registered_clients() {
  return {{.client_id = kClientId,
           .name = "xauth",
           .redirect_uris = {kRedirectUri},
           .auth = demo::ClientAuth::none}};
}

LoginPlan plan_for(const Context& context, const demo::Provider& embedded) {
  LoginPlan plan;
  plan.name = kProfile;
  plan.profile.authorize_url = embedded.authorize_url();
  plan.profile.token_url = embedded.token_url();
  plan.profile.revoke_url = embedded.revoke_url();
  plan.profile.userinfo_url = embedded.account_url();
  plan.profile.client_id = kClientId;
  plan.profile.client_auth = "none";
  plan.profile.scope = "profile offline_access";
  plan.provider = provider_of(context, plan.profile);
  plan.provider.name = "the demonstration";
  plan.client.id = kClientId;
  plan.new_secret = Secret();
  oauth::add_scopes(plan.scope, plan.profile.scope);
  plan.redirect_uris = {oauth::with_port(oauth::parse_redirect_uri(kRedirectUri), 0)};
  return plan;
}

// The person's browser, or, where there is none or nobody is to be asked, the built-in one.
class Consent {
 public:
  Consent(const Context& context, const System& system, bool approve)
      : context_(context), system_(system), approve_(approve) {}

  void open(const Url& url) {
    if (approve_) return start_built_in(url);
    try {
      system_.open_browser(url);
    } catch (const Error& error) {
      start_built_in(url);
      throw Error(error.code, error.message + "; the built-in one consents");  // the login tells it
    }
  }

 private:
  void start_built_in(const Url& url) {
    built_in_ = std::async(std::launch::async, [this, url] { consent(url); });
  }

  void consent(const Url& url) {
    try {
      demo::consent(system_, url);
    } catch (const Error& error) {
      context_.out.warn("the built-in browser: " + error.message);
    }
  }

  const Context& context_;
  const System& system_;
  bool approve_;
  std::future<void> built_in_;  // its end is awaited by the destructor
};

void tell_next(const Context& context, bool serves) {
  const std::string& directory = context.global.config_dir;
  const std::string called = program_invocation_name;  // as a newcomer can call it again
  const std::string xauth = directory.empty() ? called : called + " --config-dir " + directory;
  context.out.note("");
  context.out.note(serves ? "The provider runs until Ctrl-C. In another terminal, try:"
                          : "The provider has ended with this login. Try:");
  for (const char* command : {" status", " token demo", " token demo -o header"}) {
    context.out.note("  " + xauth + command);
  }
  if (serves) {
    context.out.note("  " + xauth + " refresh demo");
    context.out.note("  " + xauth + " logout demo");
  } else {
    context.out.note("  " + xauth + " demo --serve    (it then refreshes and logs out as well)");
  }
  context.out.note("  " + xauth + " login           (the real thing)");
}

// A person's own profile of that name is not for a demonstration to replace.
void check_profile_is_free(const Context& context) {
  const auto profile = context.store.config().profile(kProfile);
  if (!profile || profile->client_id == kClientId) return;
  throw Error(Code::usage,
              "the profile demo is a login of yours, which the demonstration would replace",
              "xauth --config-dir DIR demo");
}

[[noreturn]] void wait_for_signal() {
  const SignalsWatched signals;
  pollfd came{signals.descriptor(), POLLIN, 0};
  while (SignalsWatched::received() == 0) poll(&came, 1, -1);
  throw Error::interrupted_by(SignalsWatched::received());
}

void print_token(const Context& context, const store::Tokens& tokens, Time now) {
  if (context.out.json()) {
    context.out.json_result(token_json(kProfile, tokens, now, false));
  } else {
    context.out.result(Secret(tokens.access_token.reveal() + "\n").reveal());
  }
}

}  // namespace

void demo(const Context& context, const DemoOptions& options) {
  // Events as JSON are `login`'s; standard output is for the token here.
  const Context telling{context.global,
                        Output(context.global.quiet || context.out.json(), context.global.verbose,
                               false, context.global.color),
                        context.store};
  check_profile_is_free(context);
  const System system = system_of(telling, {}, options.browser);
  demo::Provider embedded(demo::plain(), registered_clients(), system.now, system.fill_random);
  embedded.start();
  telling.out.note("A provider of its own runs at " + embedded.url() +
                   ": no account and no network are needed.");
  if (options.approve) telling.out.note("A built-in browser consents: there is nothing to do.");

  const LoginPlan plan = plan_for(context, embedded);
  store::Tokens tokens;
  {
    Consent consent(telling, system, options.approve);
    System with_consent = system;
    with_consent.open_browser = [&consent](const Url& url) { consent.open(url); };
    LoginOptions login;
    login.force = true;  // every demonstration starts anew
    tokens = run_login(telling, with_consent, plan, login);
  }
  tell_done(telling, plan, tokens);
  print_token(context, tokens, system.now());
  tell_next(telling, options.serve);
  if (options.serve) wait_for_signal();
}

}  // namespace xauth::cli
