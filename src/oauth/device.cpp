#include "oauth/device.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/joined.h"
#include "base/json.h"
#include "base/terminal_text.h"
#include "base/utf8.h"
#include "oauth/answer.h"
#include "oauth/grant.h"
#include "oauth/resource.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestDeviceCode = 16 * 1024;  // some are signed statements
constexpr std::size_t kLongestUserCode = 64;           // characters: more, nobody would type
constexpr double kLongestTime = 30 * 86400;            // in seconds; real codes live for minutes
constexpr Seconds kUsualInterval{5};                   // RFC 8628 §3.2
constexpr Seconds kSlowDown{5};                        // RFC 8628 §3.5

[[noreturn]] void bad(const std::string& host, const std::string& what) {
  throw Error(Code::bad_response, "the device answer of " + host + " " + what);
}

// A member of the answer that must be there, as a string of 1 to `most` bytes.
const std::string& needed_text(const Json& body, const std::string& name, std::size_t most,
                               const std::string& host) {
  const Json* member = body.find(name);
  if (member == nullptr || member->is_null()) bad(host, "holds no " + name);
  if (member->string() == nullptr || member->string()->empty()) {
    bad(host, "has a " + name + " that is no text");
  }
  if (member->string()->size() > most) bad(host, "has a " + name + " that is too long");
  return *member->string();
}

// A JSON number, or a string of digits, of seconds; nothing when absent. Fractions are cut.
std::optional<Seconds> seconds_member(const Json& body, const std::string& name,
                                      const std::string& host) {
  const Json* member = body.find(name);
  if (member == nullptr || member->is_null()) return std::nullopt;
  const auto* number = member->number();
  const auto* digits = member->string();
  if (number == nullptr && digits == nullptr) bad(host, "has an " + name + " that is no number");
  const std::string& text = number != nullptr ? number->text : *digits;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) ||
      value < 0) {
    bad(host, "has an " + name + " that is no number of seconds");
  }
  return Seconds(static_cast<Seconds::rep>(std::min(value, kLongestTime)));
}

// An address that the person may be led to.
Url address_of(const std::string& text, const std::string& name, const std::string& host) {
  auto url = parse_url(text);
  if (!url || !is_secure(*url)) bad(host, "has a " + name + " that is no https URL");
  return *std::move(url);
}

std::string user_code_of(const Json& body, const std::string& host) {
  std::string_view rest = needed_text(body, "user_code", 4 * kLongestUserCode, host);
  const std::string shown = for_terminal(rest, kLongestUserCode + 1);
  std::size_t characters = 0;
  for (rest = shown; !rest.empty(); ++characters) rest.remove_prefix(next_utf8(rest)->length);
  if (characters > kLongestUserCode) bad(host, "has a user_code that is too long");
  return shown;
}

DeviceAuthorization read_authorization(const Provider& provider, const Json& body,
                                       const std::string& host) {
  constexpr std::size_t kLongestUrl = 8192;
  const std::string& uri_field = provider.device.verification_uri_field;
  DeviceAuthorization code{
      .device_code = Secret(needed_text(body, "device_code", kLongestDeviceCode, host)),
      .user_code = user_code_of(body, host),
      .verification_uri =
          address_of(needed_text(body, uri_field, kLongestUrl, host), uri_field, host),
      .verification_uri_complete = std::nullopt,
      .expires_in = seconds_member(body, "expires_in", host).value_or(Seconds(0)),
      .interval = seconds_member(body, "interval", host).value_or(kUsualInterval)};
  const char* complete = "verification_uri_complete";
  if (const Json* member = body.find(complete); member != nullptr && !member->is_null()) {
    code.verification_uri_complete =
        address_of(needed_text(body, complete, kLongestUrl, host), complete, host);
  }
  if (code.expires_in.count() < 1) bad(host, "has no expires_in above zero");
  code.interval = std::max(code.interval, Seconds(1));
  return code;
}

void add(Form& form, const std::string& name, const std::string& value) {
  if (!value.empty()) form.push_back({name, value});
}

}  // namespace

HttpRequest make_device_request(const Provider& provider, const Client& client,
                                const AuthorizationOptions& options, const Moment& moment) {
  Form form;
  add(form, provider.device.scope_parameter, joined(options.scope, provider.scope_separator));
  add(form, "audience", options.audience);
  add(form, "prompt", options.prompt);
  add(form, "login_hint", options.login_hint);
  add(form, "max_age", options.max_age);
  for (const auto& resource : options.resource) {
    check_resource(resource);
    add(form, "resource", resource);
  }
  for (const auto& [name, value] : provider.device.params) add(form, name, value);
  for (const auto& [name, value] : options.params) add(form, name, value);
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint("device_url", provider.device_url);
  request.form = std::move(form);
  authenticate(request, provider, client, moment);
  return request;
}

DeviceAnswer check_device_response(const Provider& provider, const HttpRequest& request,
                                   const HttpResponse& response) {
  const std::string& host = request.url.host;
  check_answered(response, host);
  const Answer read = read_answer(provider.grant, response, host);
  if (read.body.is_null()) {
    throw Error(Code::bad_response,
                "the device answer of " + host + " is not a JSON object (status " +
                    std::to_string(response.status) + ")",
                "check the device URL");
  }
  const Json& body = object_with(provider.grant, read.body, "device_code");
  if (response.status == 200 && body.find("device_code") != nullptr) {
    return read_authorization(provider, body, host);
  }
  try {
    auto answer = check_token_response(provider, request, response);  // errors have the same form
    if (auto* refusal = std::get_if<Refusal>(&answer)) return std::move(*refusal);
  } catch (const Error& error) {
    if (response.status != 200 || error.code != Code::bad_response) throw;
  }
  bad(host, "holds no device_code");
}

HttpRequest make_device_token_request(const Provider& provider, const Client& client,
                                      const Secret& device_code, const Parameters& more,
                                      const Moment& moment) {
  const DeviceDialect& device = provider.device;
  Form form = {{"grant_type", device.grant_type}, {device.code_parameter, device_code}};
  auto request = make_token_request(provider, client, std::move(form),
                                    merge(provider.token_params, more), moment);
  if (!device.token_url.empty()) request.url = endpoint("device.token_url", device.token_url);
  return request;
}

DevicePoll check_device_token_response(const Provider& provider, const HttpRequest& request,
                                       const HttpResponse& response) {
  auto answer = check_token_response(provider, request, response);
  if (auto* grant = std::get_if<TokenGrant>(&answer)) return std::move(*grant);
  auto& refusal = std::get<Refusal>(answer);
  const bool slow_down = refusal.meaning == "slow_down";
  if (!slow_down && refusal.meaning != "authorization_pending") return std::move(refusal);
  const std::string& host = request.url.host;
  const Json body = read_answer(provider.grant, response, host).body;
  const Json& from = object_with(provider.grant, body, "interval");
  return Pending{.slow_down = slow_down, .interval = seconds_member(from, "interval", host)};
}

Seconds next_interval(Seconds interval, const Pending& answer) {
  if (answer.slow_down) interval += kSlowDown;
  return std::max(interval, answer.interval.value_or(interval));
}

}  // namespace xauth::oauth
