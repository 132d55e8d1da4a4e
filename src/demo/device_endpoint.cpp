#include "demo/device_endpoint.h"

#include <utility>

#include "base/encoding.h"
#include "demo/device_pages.h"
#include "demo/json_answer.h"
#include "demo/pages.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

OutgoingReply not_waiting() {
  return ask_for_code_page(400, "That code is not known here, has expired, or was answered.");
}

OutgoingReply bad_form() {
  return error_page(400, "This form does not work", "Open the page that your device shows again.");
}

}  // namespace

OutgoingReply DeviceEndpoint::authorize(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto& client = clients_.authenticate(request, form);
  Approval approval;
  approval.client_id = client.client_id;
  approval.scope = form.optional("scope").value_or("");
  const auto& waiting = codes_.issue(std::move(approval));
  const auto& device = *manner_.device;
  const auto uri = addresses_.of(path::kDevice);
  Json answer;
  answer.set("device_code", waiting.device_code.reveal());
  answer.set("user_code", waiting.user_code);
  answer.set(device.uri_member, uri);
  if (device.tells_complete_uri) {
    answer.set("verification_uri_complete", uri + "?user_code=" + form_encode(waiting.user_code));
  }
  answer.set("expires_in", static_cast<std::int64_t>(device.code_lifetime.count()));
  if (device.tells_interval) {
    answer.set("interval", static_cast<std::int64_t>(waiting.interval.count()));
  }
  return json_answer(200, answer);
} catch (const Rejection& rejection) {
  return refusal(manner_, rejection);
}

OutgoingReply DeviceEndpoint::show(const IncomingRequest& request) try {
  const auto user_code = query_of(request).optional("user_code");
  if (!user_code) return ask_for_code_page(200, "");
  const auto* waiting = codes_.find(*user_code);
  if (waiting == nullptr) return not_waiting();
  const auto* client = find_client(registered_, waiting->approval.client_id);
  return device_consent_page({waiting->page_token.reveal(), waiting->user_code,
                              client != nullptr ? client->name : waiting->approval.client_id,
                              waiting->approval.scope});
} catch (const Rejection&) {
  return bad_form();
}

OutgoingReply DeviceEndpoint::decide(const IncomingRequest& request) try {
  const auto form = form_of(request);
  const auto page_token = form.required("page");
  const auto decision = form.required("decision");
  if (decision != "allow" && decision != "deny") return bad_form();
  auto* waiting = codes_.find_by_page(page_token);
  if (waiting == nullptr) return not_waiting();
  waiting->allowed = decision == "allow";
  return device_done_page(decision == "allow");
} catch (const Rejection&) {
  return bad_form();
}

bool DeviceEndpoint::decide(const std::string& user_code, bool allowed) {
  auto* waiting = codes_.find(user_code);
  if (waiting == nullptr) return false;
  waiting->allowed = allowed;
  return true;
}

}  // namespace xauth::demo
