// The memory of commands: an index by id, and their order of arrival for forgetting the oldest.
#include "hub/app/command_memory.hpp"

#include <cstring>

#include "hub/core/step.hpp"
#include "hub/core/visit_audience.hpp"

namespace attune::app {

namespace {

/// Ids are random bytes of the clients' making: the ones that a device could choose to be alike cost it alone a walk
/// along them.
std::uint64_t fingerprint(const core::CommandId& id) {
    std::array<std::uint64_t, 2> halves;
    static_assert(sizeof halves == sizeof id);
    std::memcpy(halves.data(), id.data(), sizeof halves);
    return halves[0] ^ halves[1] * 0x9e3779b97f4a7c15ULL;
}

}  // namespace

CommandMemory::Number CommandMemory::number_of(const core::CommandId& id, const core::DeviceId& device) const {
    const auto newest = newest_.find(fingerprint(id));
    Number number = newest == newest_.end() ? 0 : newest->second;
    while (number > forgotten_ && (at(number).id != id || at(number).device != device))
        number = at(number).before;
    return number > forgotten_ ? number : 0;
}

const Outcome* CommandMemory::find(const core::CommandId& id, const core::DeviceId& device) const {
    const Number number = number_of(id, device);
    return number == 0 ? nullptr : &at(number).outcome;
}

void CommandMemory::keep(const core::CommandId& id, const core::DeviceId& device, const Outcome& outcome) {
    if (const Number known = number_of(id, device); known != 0) {
        at(known).outcome = outcome;
        return;
    }
    Number& newest = newest_[fingerprint(id)];
    entries_.push_back({id, device, newest, outcome});
    newest = forgotten_ + entries_.size();
    if (entries_.size() > commands_max_) forget_oldest();
}

void CommandMemory::forget_oldest() {
    const auto newest = newest_.find(fingerprint(entries_.front().id));
    ++forgotten_;
    entries_.pop_front();
    if (newest->second <= forgotten_) newest_.erase(newest);
}

void CommandMemory::replay(const core::Event& event) {
    if (event.command == core::CommandId{}) return;
    const Outcome* known = find(event.command, event.device);
    Outcome outcome = known == nullptr ? Outcome{} : *known;
    fold_outcome(outcome, event);
    keep(event.command, event.device, outcome);
}

void fold_outcome(Outcome& outcome, const core::Event& event) {
    outcome.seq = event.seq;
    // The first event says what the command was about; but a press that ends a drill is about the call it raises.
    if (event.cause == 0 || holds_alternative<core::CallRaised>(event.fact)) outcome.call = core::call_of(event);
    if (event.cause == 0) outcome.visit = core::visit_of(event);
    // A wrong try is stored, so that guessing has its price across a restart; to the person it is a rejection.
    const auto wrong = [&](core::Refusal why, core::Ms retry_at) {
        outcome.retry_at = retry_at;
        outcome.rejection = core::Rejection{why, retry_at > event.at ? retry_at - event.at : 0};
    };
    if (const auto* failed = get_if<core::LeaderSignInFailed>(&event.fact))
        wrong(core::Refusal::SignInWrong, std::max(failed->retry_at, failed->from_retry_at));
    if (const auto* failed = get_if<core::PinFailed>(&event.fact))
        wrong(core::Refusal::WrongPin, std::max(failed->retry_at, failed->device_retry_at));
}

}  // namespace attune::app
