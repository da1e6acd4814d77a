// From the wire to the core: what a message asks for, and how a refusal is said. Pure functions.
#pragma once

#include <variant>

#include "hub/app/engine.hpp"
#include "hub/core/command.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::app {

struct Asked {
    core::Intent intent;
    core::Ms occurred_at = 0;  // the device's clock, 0 when it said nothing
};

/// What a message asks of the core, or the error that it deserves already. Messages that need more than the core
/// (Hello, Enrol, PINs, codes, imports, queries) are not for here: UnknownType. Fields that this kind of device may not
/// set are refused, never trusted.
std::variant<Asked, protocol::Error> intent_of(const protocol::AnyMessage& message, core::DeviceKind kind);

protocol::Error error_of(core::Refusal why);
protocol::Error error_of(Engine::Admission admission);

protocol::Rejected rejected(protocol::Error error, core::Ms retry_ms = 0);

}  // namespace attune::app
