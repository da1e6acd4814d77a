// Looking things up in the rota.
#include "hub/core/timetable.hpp"

#include <algorithm>

namespace attune::core {

namespace {

/// The first boundary of these slots after `at`; 0 when there is none.
Ms next_boundary(const std::vector<Slot>& slots, Ms at) {
    const auto slot = std::ranges::upper_bound(slots, at, {}, &Slot::to);
    if (slot == slots.end()) return 0;
    return slot->from > at ? slot->from : slot->to;
}

}  // namespace

const Slot* slot_at(const std::vector<Slot>& slots, Ms at) {
    const auto slot = std::ranges::upper_bound(slots, at, {}, &Slot::to);
    return slot == slots.end() || slot->from > at ? nullptr : &*slot;
}

Ms next_bell(const Rota& rota, Ms after) {
    Ms next = 0;
    const auto sooner = [&](Ms at) {
        if (at > after && (next == 0 || at < next)) next = at;
    };
    for (const auto& [person, slots] : rota.slots) {
        sooner(next_boundary(slots, after));
        if (const Ms seen = next_boundary(slots, after + cover_ahead_ms); seen != 0) sooner(seen - cover_ahead_ms);
    }
    for (const SchoolDay& day : rota.days) {
        if (day.to <= after) continue;
        sooner(day.from);
        sooner(day.sign_in_by);
        sooner(day.to);
        break;  // the days after it are later
    }
    for (const auto& [child, swap] : rota.swaps) sooner(swap.until);
    return next;
}

}  // namespace attune::core
