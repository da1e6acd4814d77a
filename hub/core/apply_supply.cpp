// Adults for today as their events leave them: one of the directory's people while the day lasts, and nobody after it.
#include "hub/core/apply_supply.hpp"

#include "hub/core/apply_rota.hpp"
#include "hub/core/call_rules.hpp"

namespace attune::core {

namespace {

/// The children for whom `covers` is one of their own, with their index taken apart and put together around the change.
template <class Change>
void with_children_of(State& state, const PersonId& covers, Change change) {
    std::vector<ChildId> children;
    if (const auto found = state.rota.children_of.find(covers); found != state.rota.children_of.end()) children.assign(found->second.begin(), found->second.end());
    for (const ChildId& child : children) forget_adults(state, child);
    change();
    for (const ChildId& child : children) index_adults(state, child);
}

/// Nobody stands in by this name any more.
void end_swaps(State& state, const PersonId& person) {
    std::vector<ChildId> children;
    for (const auto& [child, swap] : state.rota.swaps)
        if (swap.person == person) children.push_back(child);
    for (const ChildId& child : children) {
        forget_adults(state, child);
        state.rota.swaps.erase(child);
        index_adults(state, child);
    }
}

}  // namespace

void apply_supply(State& state, const Event&, const SupplyAdded& fact) {
    state.directory.people[fact.person.id] = fact.person;
    with_children_of(state, fact.covers, [&] { state.supplies[fact.person.id] = Supply{fact.covers, fact.by, fact.until}; });
    state.supply_ends.insert({fact.until, fact.person.id});
}

void apply_supply(State& state, const Event&, const SupplyStays& fact) {
    const auto found = state.supplies.find(fact.person);
    if (found == state.supplies.end()) return;
    state.supply_ends.erase({found->second.until, fact.person});
    found->second.until = fact.until;
    state.supply_ends.insert({fact.until, fact.person});
}

void apply_supply(State& state, const Event&, const SupplyEnded& fact) {
    const auto found = state.supplies.find(fact.person);
    if (found == state.supplies.end()) return;
    state.supply_ends.erase({found->second.until, fact.person});
    with_children_of(state, PersonId{found->second.covers}, [&] { state.supplies.erase(fact.person); });
    end_swaps(state, fact.person);
    state.directory.people.erase(fact.person);
    if (const auto duty = state.duties.find(fact.person); duty != state.duties.end()) {
        if (duty->second.until != 0) state.lapses.erase({duty->second.until, fact.person});
        state.duties.erase(duty);
    }
    for (auto& [id, call] : state.calls)
        if (!goes(call, fact.person)) call.offers.erase(fact.person);
    for (auto& [id, device] : state.devices) {
        if (device.for_person != fact.person) continue;
        device.for_person = {};
        device.pin_until = 0;
    }
}

}  // namespace attune::core
