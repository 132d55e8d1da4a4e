// Is the application known, and what does its provider want of it?
#pragma once

#include "cli/context.h"
#include "cli/doctor_finding.h"
#include "cli/doctor_subject.h"

namespace xauth::cli {

// Whether there is a client ID and what it proves itself by.
Finding check_client(const Context& context, const Subject& subject);

// What the preset advises, by the scopes that are asked for.
Findings judge_advice(const Subject& subject);

}  // namespace xauth::cli
