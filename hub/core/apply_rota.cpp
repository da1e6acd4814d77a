// Folding events about the rota and about cover.
#include "hub/core/apply_rota.hpp"

#include <algorithm>

#include "hub/core/supply_rules.hpp"

namespace attune::core {

namespace {

/// The rota as of this instant.
void look_at_the_clock(Rota& rota, Ms at) {
    rota.rung_at = at;
    rota.now.clear();
    for (const auto& [person, slots] : rota.slots)
        if (const Slot* slot = slot_at(slots, at)) rota.now.emplace_hint(rota.now.end(), person, *slot);
    const auto day = std::ranges::upper_bound(rota.days, at, {}, &SchoolDay::to);
    rota.today = day != rota.days.end() && day->from <= at ? std::optional(*day) : std::nullopt;
}

}  // namespace

namespace {

template <class Visit>
void visit_adults(const State& state, const ChildId& child, Visit visit) {
    if (const auto plan = state.directory.children.find(child); plan != state.directory.children.end()) {
        for (const PersonId& person : plan->second.adults) visit(person);
        visit_supplies_of(state, plan->second, [&](const PersonId& person, const Supply&) { visit(person); });
    }
    if (const auto swap = state.rota.swaps.find(child); swap != state.rota.swaps.end()) visit(swap->second.person);
}

}  // namespace

void forget_adults(State& state, const ChildId& child) {
    visit_adults(state, child, [&](const PersonId& person) {
        const auto found = state.rota.children_of.find(person);
        if (found == state.rota.children_of.end()) return;
        found->second.erase(child);
        if (found->second.empty()) state.rota.children_of.erase(found);
    });
}

void index_adults(State& state, const ChildId& child) {
    visit_adults(state, child, [&](const PersonId& person) { state.rota.children_of[person].insert(child); });
}

void apply_rota(State& state, const Event&, const TimetableSet& fact) {
    if (fact.slots.empty()) state.rota.slots.erase(fact.person);
    else state.rota.slots[fact.person] = fact.slots;
}

void apply_rota(State& state, const Event&, const SchoolDaysSet& fact) { state.rota.days = fact.days; }

void apply_rota(State& state, const Event& event, const TimetableImported& fact) {
    state.rota.imported_at = event.at;
    state.rota.fault.reset();
    state.rota.bell_due = fact.bell_due;
    look_at_the_clock(state.rota, event.at);
}

void apply_rota(State& state, const Event& event, const TimetableImportFailed& fact) {
    state.rota.fault = ImportFault{fact.file, fact.line, fact.what, event.at};
}

void apply_rota(State& state, const Event& event, const BellRang& fact) {
    state.rota.bell_due = fact.bell_due;
    look_at_the_clock(state.rota, event.at);
    std::vector<ChildId> over;
    for (const auto& [child, swap] : state.rota.swaps)
        if (swap.until <= event.at) over.push_back(child);
    for (const ChildId& child : over) {
        forget_adults(state, child);
        state.rota.swaps.erase(child);
        index_adults(state, child);
    }
}

void apply_rota(State& state, const Event& event, const CoverageGapOpened& fact) {
    CoverageGap& gap = state.rota.gaps[fact.child];
    if (gap.id == 0) {
        gap.id = event.seq;
        gap.opened_at = event.at;
    }
    gap.from = fact.from;
}

void apply_rota(State& state, const Event&, const CoverageGapClosed& fact) { state.rota.gaps.erase(fact.child); }

void apply_rota(State& state, const Event&, const SwapNamed& fact) {
    forget_adults(state, fact.child);
    state.rota.swaps[fact.child] = Swap{fact.person, fact.by, fact.until};
    index_adults(state, fact.child);
    // Its end is a bell of its own: nobody stands in any more, and whoever leads has to know.
    if (state.rota.bell_due == 0 || fact.until < state.rota.bell_due) state.rota.bell_due = fact.until;
}

}  // namespace attune::core
