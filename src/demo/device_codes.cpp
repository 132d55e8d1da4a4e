#include "demo/device_codes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "demo/rejection.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kMostWaiting = 64;  // a test has a handful
constexpr Seconds kSlower{5};             // what slow_down adds. RFC 8628 §3.5
constexpr std::string_view kLetters = "BCDFGHJKLMNPQRSTVWXZ";  // no vowels: no words. RFC 8628 §6.1

// The letters of a user code in capitals, without anything else: as a person may type it.
std::string letters_of(const std::string& text) {
  std::string letters;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') letters += static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') letters += c;
  }
  return letters;
}

}  // namespace

DeviceCodes::DeviceCodes(const Manner& manner, Now now, FillRandom fill_random)
    : manner_(manner), now_(std::move(now)), fill_random_(std::move(fill_random)) {}

const DeviceCodes::Waiting& DeviceCodes::issue(Approval approval) {
  if (waiting_.size() == kMostWaiting) waiting_.pop_front();
  const auto& device = *manner_.device;
  waiting_.push_back({Secret(random_text("demo-device-", fill_random_)), new_user_code(),
                      Secret(random_text("", fill_random_)), std::move(approval),
                      now_() + device.code_lifetime, device.interval});
  return waiting_.back();
}

template <class Matches>
DeviceCodes::Waiting* DeviceCodes::find_open(Matches matches) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return !waiting.allowed && now_() < waiting.expires_at && matches(waiting);
  });
  return found == waiting_.end() ? nullptr : &*found;
}

DeviceCodes::Waiting* DeviceCodes::find(const std::string& user_code) {
  const auto letters = letters_of(user_code);
  return find_open([&](const Waiting& one) { return letters_of(one.user_code) == letters; });
}

DeviceCodes::Waiting* DeviceCodes::find_by_page(const std::string& page_token) {
  return find_open([&](const Waiting& one) { return one.page_token.matches(page_token); });
}

Approval DeviceCodes::redeem(const std::string& device_code, const std::string& client_id) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return waiting.device_code.matches(device_code) && waiting.approval.client_id == client_id;
  });
  if (found == waiting_.end()) throw Rejection(Fault::device_code);
  if (now_() >= found->expires_at) throw Rejection(Fault::device_expired);
  if (!found->allowed) turn_away(*found);
  auto answered = std::move(*found);
  waiting_.erase(found);
  if (!*answered.allowed) throw Rejection(Fault::device_denied);
  return std::move(answered.approval);
}

void DeviceCodes::turn_away(Waiting& waiting) {
  const auto last = std::exchange(waiting.polled_at, now_());
  if (!last || now_() - *last >= waiting.interval) throw Rejection(Fault::authorization_pending);
  waiting.interval += kSlower;
  Rejection rejection(Fault::slow_down);
  if (manner_.device->slow_down_tells_interval) rejection.interval = waiting.interval;
  throw rejection;
}

std::string DeviceCodes::new_user_code() {
  std::array<std::byte, 8> bytes{};
  fill_random_(bytes);
  std::string code;
  for (const auto byte : bytes) {
    if (code.size() == 4) code += '-';
    code += kLetters[std::to_integer<std::size_t>(byte) % kLetters.size()];
  }
  return code;
}

}  // namespace xauth::demo
