#include "demo/authorize_endpoint.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "demo/code_challenge.h"
#include "demo/pages.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kMostQuestions = 64;     // pages open at once; the oldest is forgotten
constexpr Seconds kQuestionLifetime{60 * 60};  // a person may be called away, but not for a day

// An `error` that goes back to the client. RFC 6749 §4.1.2.1
struct ClientError {
  std::string error;
  std::string description;
};

OutgoingReply redirect(const std::string& redirect_uri,
                       const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string location = redirect_uri;
  char mark = redirect_uri.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    location += mark + name + "=" + form_encode(value);
    mark = '&';
  }
  // 303, so that no browser sends the consent form on. RFC 9700 §4.12
  return {
      303,
      {{"Location", location}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}},
      ""};
}

// scope-token of RFC 6749 §3.3, and the spaces between them.
bool is_scope(const std::string& text) {
  return is_printable_ascii(text) && text.find_first_of("\"\\") == std::string::npos;
}

// What the client asks for; throws ClientError. RFC 6749 §4.1.1, RFC 7636 §4.3
Approval read_request(const RequestParameters& query) {
  const auto response_type = query.required("response_type");
  if (response_type != "code") throw ClientError{"unsupported_response_type", ""};
  Approval approval;
  approval.scope = query.optional("scope").value_or("");
  if (!is_scope(approval.scope)) throw ClientError{"invalid_scope", ""};
  approval.code_challenge = query.required("code_challenge");
  const bool is_s256 = query.optional("code_challenge_method") == "S256";
  if (!is_s256 || !is_s256_challenge(approval.code_challenge)) {
    throw ClientError{"invalid_request", "PKCE with S256 is required."};
  }
  return approval;
}

OutgoingReply bad_link() {
  return error_page(400, "This link does not work",
                    "The application's request is incomplete or repeats a parameter. Start the "
                    "login again; if that does not help, the application has a fault.");
}

}  // namespace

AuthorizeEndpoint::AuthorizeEndpoint(const Manner& manner, const RegisteredClients& clients,
                                     Now now, FillRandom fill_random, Grants& grants)
    : manner_(manner),
      clients_(clients),
      now_(std::move(now)),
      fill_random_(std::move(fill_random)),
      grants_(grants) {}

OutgoingReply AuthorizeEndpoint::show(const IncomingRequest& request) try {
  const auto query = query_of(request);
  const auto client_id = query.required("client_id");
  const auto redirect_uri = query.required("redirect_uri");
  const auto* client = find_client(clients_, client_id);
  if (client == nullptr) {
    return error_page(400, "This application is not known here",
                      "No application has the client ID " + client_id + ".");
  }
  if (!accepts_redirect(*client, redirect_uri, manner_)) {
    return error_page(400, "This redirect URI is not registered",
                      "The application wants to be answered at " + redirect_uri);
  }
  return ask(*client, query, redirect_uri);
} catch (const Rejection&) {
  return bad_link();
}

OutgoingReply AuthorizeEndpoint::ask(const RegisteredClient& client, const RequestParameters& query,
                                     const std::string& redirect_uri) {
  std::string state;
  try {
    state = query.optional("state").value_or("");
    if (state.size() > manner_.longest_state) throw Rejection(Fault::malformed_request);
    auto approval = read_request(query);
    approval.client_id = client.client_id;
    approval.redirect_uri = redirect_uri;
    auto page_token = random_text("", fill_random_);
    auto reply =
        consent_page({page_token, client.name, client.client_id, redirect_uri, approval.scope});
    if (questions_.size() == kMostQuestions) questions_.pop_front();
    questions_.push_back({Secret(std::move(page_token)), std::move(approval), std::move(state),
                          now_() + kQuestionLifetime});
    return reply;
  } catch (const Rejection& rejection) {
    const std::string missing =
        rejection.parameter.empty() ? "" : rejection.parameter + " is missing.";
    return redirect(
        redirect_uri,
        {{"error", "invalid_request"}, {"error_description", missing}, {"state", state}});
  } catch (const ClientError& fault) {
    return redirect(
        redirect_uri,
        {{"error", fault.error}, {"error_description", fault.description}, {"state", state}});
  }
}

OutgoingReply AuthorizeEndpoint::decide(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto page_token = form.required("page");
  const auto decision = form.required("decision");
  if (decision != "allow" && decision != "deny") return bad_link();
  auto question = take_question(page_token);
  if (!question) {
    return error_page(400, "This page was answered already",
                      "Each question can be answered once, within an hour. Start the login "
                      "again in your terminal.");
  }
  const auto redirect_uri = question->approval.redirect_uri;
  if (decision == "deny") {
    return redirect(redirect_uri, {{"error", "access_denied"}, {"state", question->state}});
  }
  const auto code = grants_.issue_code(std::move(question->approval));
  return redirect(redirect_uri, {{"code", code}, {"state", question->state}});
} catch (const Rejection&) {
  return bad_link();
}

std::optional<AuthorizeEndpoint::Question> AuthorizeEndpoint::take_question(
    const std::string& page_token) {
  const auto found = std::find_if(
      questions_.begin(), questions_.end(),
      [&](const Question& question) { return question.page_token.matches(page_token); });
  if (found == questions_.end()) return std::nullopt;
  auto question = std::move(*found);
  questions_.erase(found);
  if (now_() >= question.expires_at) return std::nullopt;
  return question;
}

}  // namespace xauth::demo
