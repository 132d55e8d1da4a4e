// Sending a request again, where that may help and can do no harm.
#pragma once

#include <functional>
#include <optional>

#include "base/http_message.h"
#include "system/system.h"

namespace xauth::flow {

// How often a request is sent again at most, by what became of the one before; never more than
// twice in all.
struct Retries {
  int unsent = 2;  // no connection came about, and nothing has left
  int busy = 0;    // 429 or 503: the server has not looked at it
  int lost = 0;    // 500, 502, 504, or a connection that was cut: it may have had its effect
};

// A refresh: one that is lost is sent again once, however the refresh token rotates. RFC 6749 §6
inline constexpr Retries kForRefresh{.unsent = 2, .busy = 2, .lost = 1};

// A code is good once: what may have reached the server is not sent again. RFC 6749 §4.1.2
inline constexpr Retries kForCode{.unsent = 2, .busy = 0, .lost = 0};

// A server that is busy has revoked nothing. RFC 7009 §2.2.1
inline constexpr Retries kForRevocation{.unsent = 2, .busy = 2, .lost = 0};

// A question that changes nothing may be asked again, whatever became of it. RFC 9110 §9.2.2
inline constexpr Retries kForQuestion{.unsent = 2, .busy = 2, .lost = 1};

// What a person waits for and can do without, or ask again.
inline constexpr Retries kForLookup{.unsent = 1, .busy = 0, .lost = 0};

struct Exchange {
  HttpRequest request;  // the one that was answered
  HttpResponse response;
};

// How long the answer says to wait before anything is asked again; nothing when it does not say.
std::optional<Seconds> retry_after(const HttpResponse& response, Time now);

// Sends what `make` makes, afresh for each try (an assertion is good once), until there is an
// answer that another try would not better, or no try is left. In between it waits for a part of a
// second, drawn by lot, and for as long as `Retry-After` says beside it. No try begins later than
// 10 s after the first, so that all end within 40 s; a `Retry-After` beyond that ends the trying.
// Returns the last answer, whatever its status; throws what the last try failed with.
// RFC 9110 §10.2.3
Exchange send_patiently(const System& system, const std::function<HttpRequest()>& make,
                        const Retries& retries);

}  // namespace xauth::flow
