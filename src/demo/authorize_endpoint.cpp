#include "demo/authorize_endpoint.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "demo/authorization_answer.h"
#include "demo/code_challenge.h"
#include "demo/pages.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kMostQuestions = 64;     // pages open at once; the oldest is forgotten
constexpr Seconds kQuestionLifetime{60 * 60};  // a person may be called away, but not for a day

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
  approval.nonce = query.optional("nonce").value_or("");
  if (query.optional("prompt") == "none") throw ClientError{"login_required", ""};
  approval.code_challenge = query.required("code_challenge");
  const bool is_s256 = query.optional("code_challenge_method") == "S256";
  if (!is_s256 || !is_s256_challenge(approval.code_challenge)) {
    throw ClientError{"invalid_request", "PKCE with S256 is required."};
  }
  return approval;
}

// How the client wants to be answered. OAuth 2.0 Multiple Response Type Encoding Practices §2.1
ResponseMode response_mode(const RequestParameters& query) {
  const auto asked = query.optional("response_mode").value_or("query");
  if (asked == "query") return ResponseMode::query;
  if (asked == "form_post") return ResponseMode::form_post;
  throw ClientError{"invalid_request", "This response_mode is not served."};
}

OutgoingReply bad_link() {
  return error_page(400, "This link does not work",
                    "The application's request is incomplete or repeats a parameter. Start the "
                    "login again; if that does not help, the application has a fault.");
}

}  // namespace

AuthorizeEndpoint::AuthorizeEndpoint(const Manner& manner, const RegisteredClients& clients,
                                     const Addresses& addresses, Now now, FillRandom fill_random,
                                     Grants& grants)
    : manner_(manner),
      clients_(clients),
      addresses_(addresses),
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
  Return back{{redirect_uri}, ""};
  try {
    back.state = query.optional("state").value_or("");
    if (back.state.size() > manner_.longest_state) throw Rejection(Fault::malformed_request);
    back.path.mode = response_mode(query);
    auto approval = read_request(query);
    approval.client_id = client.client_id;
    approval.redirect_uri = redirect_uri;
    return show_question(client, std::move(approval), std::move(back));
  } catch (const Rejection& rejection) {
    const auto& missing = rejection.parameter;
    return refuse(back, {"invalid_request", missing.empty() ? "" : missing + " is missing."});
  } catch (const ClientError& fault) {
    return refuse(back, fault);
  }
}

OutgoingReply AuthorizeEndpoint::show_question(const RegisteredClient& client, Approval approval,
                                               Return back) {
  auto page_token = random_text("", fill_random_);
  auto reply = consent_page(
      {page_token, client.name, client.client_id, approval.redirect_uri, approval.scope});
  if (questions_.size() == kMostQuestions) questions_.pop_front();
  questions_.push_back({Secret(std::move(page_token)), std::move(approval), std::move(back),
                        now_() + kQuestionLifetime});
  return reply;
}

OutgoingReply AuthorizeEndpoint::refuse(const Return& back, const ClientError& error) const {
  return send_back(back.path, {{"error", error.error},
                               {"error_description", error.description},
                               {"state", back.state},
                               {"iss", manner_.iss_in_answers ? addresses_.issuer : ""}});
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
  if (decision == "deny") return refuse(question->back, {"access_denied", ""});
  return send_back(question->back.path,
                   {{"code", grants_.issue_code(std::move(question->approval))},
                    {"state", question->back.state},
                    {"iss", manner_.iss_in_answers ? addresses_.issuer : ""}});
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
