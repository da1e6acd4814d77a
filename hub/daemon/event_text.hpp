// Events of the journal as text: one line for a person, or one line of JSON. Secrets are never written; what is known
// of a child only when asked for.
#pragma once

#include <string>

#include "hub/core/event.hpp"

namespace attune::daemon {

enum class Children { withheld, shown };

/// {"seq":1,…,"kind":"CallRaised","call":1,"fact":{…}}, without a line end.
std::string event_json(const core::Event& event, Children children);

/// seq, time, kind, call, device, actor; nothing of a child.
std::string event_line(const core::Event& event);

/// Milliseconds since 1970 as 2026-04-01T08:00:00.000Z.
std::string utc(core::Ms wall);

}  // namespace attune::daemon
