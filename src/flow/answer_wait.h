// Waiting for the answer of the browser, from the listener or pasted by the person.
#pragma once

#include <chrono>
#include <functional>

#include "base/time.h"
#include "flow/callback_listener.h"
#include "oauth/callback.h"
#include "system/signals.h"
#include "system/terminal.h"

namespace xauth::flow {

// How the person is shown that a wait goes on, on a line that is taken away before anything else
// stands there. An empty `show`: not at all.
struct WaitSigns {
  std::function<void(Seconds left)> show;  // several times a second; not while a line is typed
  std::function<void()> clear;
};

// Where an answer may come from; a null pointer: not from there.
struct AnswerSources {
  CallbackListener* listener = nullptr;
  LineReader* input = nullptr;
  const SignalsWatched* signals = nullptr;
  WaitSigns signs{};
};

// Waits until `deadline` for an answer that is ours and sound. A pasted line that is none is told
// by `say`, and the wait goes on. Throws Error: interrupted, timeout, usage (the input ended and
// nothing else can answer), or the one that the answer amounts to (a refusal by its code).
oauth::CheckedCallback wait_for_answer(const oauth::PendingAuthorization& pending,
                                       const AnswerSources& sources,
                                       std::chrono::steady_clock::time_point deadline,
                                       const CallbackListener::Say& say);

}  // namespace xauth::flow
