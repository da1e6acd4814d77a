// The memory of commands: a table by id, and their order of arrival for forgetting the oldest.
#include "hub/app/command_memory.hpp"

#include "hub/core/step.hpp"

namespace attune::app {

const Outcome* CommandMemory::find(const core::CommandId& id, const core::DeviceId& device) const {
    const auto found = outcomes_.find({id, device});
    return found == outcomes_.end() ? nullptr : &found->second;
}

void CommandMemory::keep(const core::CommandId& id, const core::DeviceId& device, const Outcome& outcome) {
    const auto [at, added] = outcomes_.insert_or_assign({id, device}, outcome);
    if (!added) return;
    order_.push_back(&at->first);
    if (order_.size() <= commands_max_) return;
    outcomes_.erase(outcomes_.find(*order_.front()));
    order_.pop_front();
}

void CommandMemory::replay(const core::Event& event) {
    if (event.command == core::CommandId{}) return;
    const auto found = outcomes_.find({event.command, event.device});
    Outcome outcome = found == outcomes_.end() ? Outcome{} : found->second;
    fold_outcome(outcome, event);
    keep(event.command, event.device, outcome);
}

void fold_outcome(Outcome& outcome, const core::Event& event) {
    outcome.seq = event.seq;
    // The first event says what the command was about; but a press that ends a drill is about the call it raises.
    if (event.cause == 0 || std::holds_alternative<core::CallRaised>(event.fact)) outcome.call = core::call_of(event);
    if (const auto* failed = std::get_if<core::PinFailed>(&event.fact)) {
        // A wrong PIN is stored, so that guessing has its price across a restart; to the person it is a rejection.
        outcome.retry_at = failed->retry_at;
        outcome.rejection =
            core::Rejection{core::Refusal::WrongPin, failed->retry_at > event.at ? failed->retry_at - event.at : 0};
    }
}

}  // namespace attune::app
