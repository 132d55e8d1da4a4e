#include "system/keyring.h"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

#include "base/error.h"
#include "system/file_calls.h"
#include "system/libsecret.h"
#include "system/password_text.h"
#include "system/process.h"

namespace xauth {

namespace {

using Work = std::function<std::optional<Secret>(const Libsecret&)>;

// What the process that asks the service writes: one of these, and what follows it.
constexpr char kFound = 'f';   // a secret
constexpr char kDone = 'd';    // nothing
constexpr char kFailed = 'e';  // the message and, in the next line, the hint of an Error

std::string answer(const Work& work) {
  try {
    const auto secret = work(Libsecret());
    return secret ? kFound + secret->reveal() : std::string(1, kDone);
  } catch (const Error& error) {
    return kFailed + error.message + "\n" + error.hint;
  } catch (const std::exception& error) {
    return kFailed + std::string(error.what()) + "\n";
  }
}

void write_to(int pipe, std::string_view text) {
  while (!text.empty()) {
    const auto count = retried([&] { return ::write(pipe, text.data(), text.size()); });
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

// What the answer means.
std::optional<Secret> meaning_of(const Secret& answer) {
  const std::string& all = answer.reveal();
  switch (all.empty() ? '\0' : all.front()) {
    case kFound:
      return Secret(all.substr(1));
    case kDone:
      return std::nullopt;
    case kFailed: {
      const auto end = std::min(all.find('\n'), all.size() - 1);
      throw Error(Code::storage, all.substr(1, end - 1), all.substr(end + 1));
    }
    default:
      throw Error(Code::storage, "the keyring cannot be used: the process that asked it has died");
  }
}

// Has a process of its own do `work`, since no call of libsecret is sure to come back.
std::optional<Secret> within(std::chrono::seconds limit, const Work& work) {
  constexpr std::size_t kMost = kLongestPassword + 1;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  Child child = start_copy([&](int output) { write_to(output, answer(work)); });
  auto said = child.read(kMost, deadline);
  if (!said) {
    throw Error(Code::storage,
                "the keyring did not answer within " + std::to_string(limit.count()) + " s",
                "unlock the keyring, and try again");
  }
  return meaning_of(Secret(std::move(*said)));
}

}  // namespace

std::optional<Secret> keyring_lookup(const std::string& id, std::chrono::seconds limit) {
  return within(limit, [&](const Libsecret& service) { return service.lookup(id); });
}

void keyring_store(const std::string& id, const std::string& label, const Secret& secret,
                   std::chrono::seconds limit) {
  within(limit, [&](const Libsecret& service) {
    service.store(id, label, secret);
    return std::nullopt;
  });
}

void keyring_clear(const std::string& id, std::chrono::seconds limit) {
  within(limit, [&](const Libsecret& service) {
    service.clear(id);
    return std::nullopt;
  });
}

}  // namespace xauth
