#include "oauth/error_answer.h"

#include <algorithm>
#include <array>

#include "oauth/grant.h"
#include "oauth/json_path.h"

namespace xauth::oauth {

namespace {

// Where providers put words for people, whatever their errors look like.
constexpr std::array<const char*, 10> kDescriptions = {"error_description",
                                                       "message",
                                                       "error_message",
                                                       "error.message",
                                                       "detail",
                                                       "msg",
                                                       "reason",
                                                       "errmsg",
                                                       "errors.0.message",
                                                       "errors.0.detail"};

// What an answer says of an error, before anybody knows what it means.
struct Told {
  std::string error;
  std::string description;
  std::string uri;
  std::string unreadable;  // what is wrong with its error, where nobody can read it
};

bool contains(std::string_view text, std::string_view part) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [&](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

template <class Paths>
std::string first_text(const Json& body, const Paths& paths) {
  for (const auto& path : paths) {
    if (auto text = text_at(body, path); !text.empty()) return text;
  }
  return {};
}

void read_error(const Provider& provider, const Json& body, Told& told) {
  told.error = first_text(body, provider.error_fields);
  const Json* error = body.find("error");
  if (!told.error.empty() || error == nullptr || error->is_null()) return;
  if (error->string() != nullptr) told.error = *error->string();
  if (!told.error.empty() || !provider.error_fields.empty()) return;  // the preset may have rules
  told.unreadable =
      error->string() != nullptr ? "has an empty error" : "has an error that is no string";
}

Told told_by(const Provider& provider, const Answer& answer) {
  Told told;
  read_error(provider, answer.body, told);
  told.description = first_text(answer.body, provider.description_fields);
  if (told.description.empty()) told.description = first_text(answer.body, kDescriptions);
  if (told.description == told.error) told.description.clear();
  told.uri = text_at(answer.body, "error_uri");
  return told;
}

bool element_is(const Json& list, const std::string& text) {
  const auto* items = list.array();
  return items != nullptr && std::any_of(items->begin(), items->end(), [&](const Json& item) {
           return text_at(item, "") == text;
         });
}

bool field_fits(const ErrorMeaning& rule, const Json& body) {
  if (rule.field.empty()) return true;
  const Json* field = find_at(body, rule.field);
  if (field == nullptr) return false;
  const std::string text = text_at(*field, "");
  if (!rule.value.empty() && text != rule.value) return false;
  return rule.contains.empty() || contains(text, rule.contains) ||
         element_is(*field, rule.contains);
}

bool fits(const ErrorMeaning& rule, const Answer& answer, const Told& told,
          std::string_view grant) {
  const bool raw = answer.body.is_null() && told.description.empty();
  const std::string& words = raw ? answer.text : told.description;
  const bool asked = rule.grant.empty() ? grant != "authorize" : rule.grant == grant;
  return asked && (!rule.status || *rule.status == answer.status) &&
         answer.type.starts_with(rule.type) && (rule.error.empty() || rule.error == told.error) &&
         (rule.description.empty() || contains(words, rule.description)) &&
         field_fits(rule, answer.body);
}

const ErrorMeaning* meaning_of(const Provider& provider, const Answer& answer, const Told& told,
                               std::string_view grant) {
  const auto found =
      std::find_if(provider.errors.begin(), provider.errors.end(),
                   [&](const ErrorMeaning& rule) { return fits(rule, answer, told, grant); });
  return found == provider.errors.end() ? nullptr : &*found;
}

// Whether the answer says no, though its status is 200.
bool denies(const Provider& provider, const Answer& answer, const Told& told) {
  const auto& fields = provider.grant;
  if (answer.body.is_null()) return false;
  if (const Json* error = answer.body.find("error"); error != nullptr && !error->is_null()) {
    return true;
  }
  if (!fields.success_field.empty() && find_at(answer.body, fields.success_field) != nullptr) {
    return text_at(answer.body, fields.success_field) != fields.success_value;
  }
  return !told.error.empty() && !has_access_token(fields, answer.body);
}

bool is_poll_answer(const std::string& meaning) {
  return meaning == "authorization_pending" || meaning == "slow_down";
}

// The standard name of what keeps a server from answering.
std::string problem_of(int status, const std::string& meaning) {
  if (meaning == "server_error" || meaning == "temporarily_unavailable") return meaning;
  return status == 429 || status == 503 ? "temporarily_unavailable" : "server_error";
}

// What the provider itself says, without what has only been made of the status.
std::string words_of(const Told& told, const Refusal& refusal) {
  return told.error.empty() ? refusal.error_description : text_of(refusal);
}

// Throws unless the status of a server that cannot answer (429, 5xx) is an answer here.
void check_available(const HttpResponse& response, const Told& told, const Refusal& refusal,
                     const ErrorMeaning* known, std::string_view grant, const std::string& host) {
  if (response.status < 500 && response.status != 429) return;
  const std::string& meaning = refusal.meaning;
  const bool unavailable = meaning == "server_error" || meaning == "temporarily_unavailable";
  if (known != nullptr && known->status && !unavailable) return;
  if (grant == "device_code" && is_poll_answer(meaning)) return;
  throw TryLater(host, response, problem_of(response.status, meaning), words_of(told, refusal));
}

void set_meaning(Refusal& refusal, const ErrorMeaning& known) {
  refusal.meaning = known.means;
  refusal.fix = known.fix;
}

Refusal refusal_of(const Told& told, const ErrorMeaning* known, int status,
                   const std::vector<Secret>& sent) {
  std::string error = told.error;
  if (error.empty()) error = known != nullptr ? known->means : "status " + std::to_string(status);
  Refusal refusal = make_refusal(error, told.description, told.uri, sent);
  if (told.error.empty()) refusal.meaning.clear();
  if (known != nullptr) set_meaning(refusal, *known);
  return refusal;
}

}  // namespace

std::optional<Refusal> find_refusal(const Provider& provider, const HttpRequest& request,
                                    const HttpResponse& response, const Answer& answer,
                                    std::string_view grant) {
  const std::string& host = request.url.host;
  const Told told = told_by(provider, answer);
  if (answer.status == 200 && !denies(provider, answer, told)) return std::nullopt;
  const ErrorMeaning* known = meaning_of(provider, answer, told, grant);
  Refusal refusal = refusal_of(told, known, answer.status, secrets_of(request));
  check_available(response, told, refusal, known, grant, host);
  if (known == nullptr && !told.unreadable.empty()) {
    fail_answer(host, told.unreadable + status_and_words(answer.status, refusal.error_description));
  }
  const bool says_why = !told.error.empty() || !told.description.empty();
  if (known != nullptr || (says_why && (answer.status == 200 || answer.status >= 400))) {
    return refusal;
  }
  if (answer.body.is_null()) fail_unreadable(answer, host);
  fail_answer(host, "has status " + std::to_string(answer.status) + " without an OAuth error");
}

void fail_without_grant(const Provider& provider, const HttpRequest& request,
                        const Answer& answer) {
  const Told told = told_by(provider, answer);
  const Refusal refusal = refusal_of(told, nullptr, answer.status, secrets_of(request));
  fail_answer(request.url.host, "holds no " + provider.grant.access_token +
                                    status_and_words(answer.status, words_of(told, refusal)));
}

void interpret_callback(const Provider& provider, Refusal& refusal) {
  const Told told{refusal.error, refusal.error_description, {}, {}};
  const ErrorMeaning* known = meaning_of(provider, {}, told, "authorize");
  if (known != nullptr) set_meaning(refusal, *known);
}

std::string grant_of(const Provider& provider, const HttpRequest& request) {
  for (const auto& field : request.form.value_or(Form())) {
    const auto* value = std::get_if<std::string>(&field.value);
    if (field.name != "grant_type" || value == nullptr) continue;
    if (*value == provider.device.grant_type) return "device_code";
    return value->substr(value->rfind(':') + 1);
  }
  return {};
}

}  // namespace xauth::oauth
