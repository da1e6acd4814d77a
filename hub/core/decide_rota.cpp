// Deciding about the rota: an import, a fault in one, and who stands in for a child's adults.
#include <algorithm>

#include "hub/core/cover.hpp"
#include "hub/core/day_audience.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

const Device* own_handset(const State& state, const Command& command) {
    const Device* device = speaker(state, command);
    return device != nullptr && sees_day(*device) ? device : nullptr;
}

bool may_arrange_cover(const State& state, const Command& command) {
    if (const Person* person = leader(state, command)) return sees_gaps(*person);
    const Device* device = speaker(state, command);
    return device != nullptr && sees_gaps(state, *device);
}

PersonId who_speaks(const State& state, const Command& command) {
    if (const Person* person = leader(state, command)) return person->id;
    const Device* device = speaker(state, command);
    return device == nullptr ? PersonId{} : device->signed_in;
}

namespace {

bool can_stand_in(const State& state, const ChildPlan& plan, const PersonId& person, Ms now) {
    switch (availability(state, person, now)) {
        case Availability::free:
        case Availability::signed_out: return true;  // on no handset, and a person says that they are there
        case Availability::teaching: return interruptible(plan, person);
        case Availability::absent: return !state.rota.now.contains(person);  // has not signed in, and is here by this word
        default: return false;
    }
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const ImportTimetable& intent) {
    if (command.by.kind != Principal::Kind::local) return refuse(Refusal::NotYours);
    Rota after;
    after.slots = intent.slots;
    after.days = intent.days;
    after.swaps = state.rota.swaps;  // they outlive an import, and their ends are bells too
    std::erase_if(after.slots, [](const auto& entry) { return entry.second.empty(); });
    Facts list;
    for (const auto& [person, slots] : after.slots) {
        const auto before = state.rota.slots.find(person);
        if (before == state.rota.slots.end() || before->second != slots) list.emplace_back(TimetableSet{person, slots});
    }
    for (const auto& [person, slots] : state.rota.slots)
        if (!after.slots.contains(person)) list.emplace_back(TimetableSet{person, {}});
    if (state.rota.days != after.days) list.emplace_back(SchoolDaysSet{after.days});
    for (const auto& [child, times] : intent.checkins) {
        const auto before = state.today.planned.find(child);
        if (!times.empty() && (before == state.today.planned.end() || before->second != times)) list.emplace_back(CheckinsPlanned{child, times});
    }
    for (const auto& [child, times] : state.today.planned)
        if (const auto then = intent.checkins.find(child); then == intent.checkins.end() || then->second.empty()) list.emplace_back(CheckinsPlanned{child, {}});
    if (list.empty() && state.rota.imported_at != 0 && !state.rota.fault) return list;
    list.emplace_back(TimetableImported{next_bell(after, command.now)});
    return list;
}

Decision decide_on(const State& state, const Command& command, const NoteTimetableFault& intent) {
    if (command.by.kind != Principal::Kind::local) return refuse(Refusal::NotYours);
    const auto& fault = state.rota.fault;
    if (fault && fault->file == intent.file && fault->line == intent.line && fault->what == intent.what) return facts();
    return facts(TimetableImportFailed{intent.file, intent.line, intent.what});
}

Decision decide_on(const State& state, const Command& command, const NameSwap& intent) {
    if (!may_arrange_cover(state, command)) return refuse(leader(state, command) == nullptr ? no_leader(command) : Refusal::NotYours);
    const auto gap = std::ranges::find_if(state.rota.gaps, [&](const auto& entry) { return entry.second.id == intent.gap; });
    if (gap == state.rota.gaps.end() || !school_is_on(state.rota)) return refuse(Refusal::NoSuchGap);
    if (!state.directory.people.contains(intent.person)) return refuse(Refusal::NoSuchPerson);
    const auto plan = state.directory.children.find(gap->first);
    if (plan == state.directory.children.end()) return refuse(Refusal::NoSuchGap);
    if (!can_stand_in(state, plan->second, intent.person, command.now)) return refuse(Refusal::SwapCannotCome);
    const Ms day_ends = state.rota.today->to;
    const Ms until = intent.until > command.now ? std::min(intent.until, day_ends) : day_ends;
    return facts(SwapNamed{gap->first, intent.person, who_speaks(state, command), until});
}

}  // namespace attune::core
