#include "cli/login_report.h"

#include <sstream>

#include "base/terminal_text.h"
#include "cli/renewal.h"
#include "cli/words.h"

namespace xauth::cli {

namespace {

std::string server_of_ssh_session() {
  std::istringstream connection(environment("SSH_CONNECTION"));  // client, port, server, port
  std::string client;
  std::string client_port;
  std::string server;
  connection >> client >> client_port >> server;
  return server;
}

}  // namespace

std::string tunnel_command(const std::string& redirect_uri) {
  const auto url = parse_url(redirect_uri);
  const std::string server = server_of_ssh_session();
  if (!url || server.empty()) return {};
  const std::string user = environment("USER");
  const std::string port = std::to_string(url->effective_port());
  const std::string host = url->host == "localhost" ? "127.0.0.1" : url->host;
  return "ssh -L " + port + ":" + host + ":" + port + " " + (user.empty() ? "" : user + "@") +
         server;
}

void tell_authorize_url(const Context& context, const std::string& provider, const Url& url,
                        bool opens_browser) {
  if (context.out.json()) {
    Json event;
    event.set("event", Json("authorize_url"));
    event.set("url", Json(url.text()));
    context.out.json_result(event);
    return;
  }
  context.out.note(
      "To log in to " + provider +
      (opens_browser ? ", a browser opens this address:" : ", open this address in a browser:"));
  context.out.say(url.text());
}

void tell_waiting(const Context& context, const std::string& redirect_uri, Seconds timeout,
                  bool takes_paste, bool listens) {
  if (context.out.json()) {
    Json event;
    event.set("event", Json("waiting"));
    event.set("redirect_uri", Json(redirect_uri));
    event.set("expires_in", Json(timeout.count()));
    context.out.json_result(event);
    return;
  }
  if (listens) {
    context.out.note("Waiting at " + redirect_uri + " for " + in_words(timeout) + ".");
    if (const auto tunnel = tunnel_command(redirect_uri); !tunnel.empty()) {
      context.out.note("Is your browser on another machine? Run this there first:");
      context.out.note("  " + tunnel);
    }
  }
  if (takes_paste) {
    context.out.note(std::string(listens ? "Or paste" : "Paste") +
                     " the address that it ends at into this terminal, and nowhere else.");
  }
}

void tell_done(const Context& context, const LoginPlan& plan, const store::Tokens& tokens) {
  if (context.out.json()) {
    Json event;
    event.set("event", Json("done"));
    event.set("profile", Json(plan.name));
    event.set("provider", Json(tokens.provider));
    if (!tokens.account.empty()) event.set("account", Json(tokens.account));
    if (!tokens.scope.empty()) event.set("scope", Json(tokens.scope));
    if (tokens.expires_at) {
      event.set("expires_at", Json(tokens.expires_at->time_since_epoch().count()));
    }
    context.out.json_result(event);
    return;
  }
  context.out.note("Logged in to " + plan.provider.name +
                   (tokens.account.empty() ? "" : " as " + tokens.account) + ".");
  if (!tokens.scope.empty()) context.out.note("Granted: " + for_terminal(tokens.scope));
  const auto missing = oauth::missing_scopes(plan.scope, tokens.scope);
  if (!missing.empty()) {
    context.out.warn("not granted: " + for_terminal(missing));
  }
  std::string life = "The token is valid";
  if (tokens.expires_at) {
    life += " for " + in_words(*tokens.expires_at - *tokens.issued_at) + ", until " +
            local_time(*tokens.expires_at, *tokens.issued_at);
  }
  life += can_renew(plan.profile, tokens) ? ", and renews itself." : ", and cannot be renewed.";
  context.out.note(life);
  context.out.note("Print it with: xauth token " + plan.name);
}

}  // namespace xauth::cli
