// Gaps, boards, the timetable's age, and the children of one adult.
#include "hub/app/rota_views.hpp"

#include <algorithm>
#include <map>

#include "hub/core/call_rules.hpp"
#include "hub/core/day_audience.hpp"

namespace attune::app {

namespace {

constexpr std::size_t gaps_max = 64, adults_of_a_gap_max = 8, initials_max = 24, board_frame_max = 32, my_children_max = 128;

/// Now first; then by when it bites.
std::vector<std::pair<core::ChildId, core::CoverageGap>> by_urgency(const core::State& state) {
    std::vector<std::pair<core::ChildId, core::CoverageGap>> gaps(state.rota.gaps.begin(), state.rota.gaps.end());
    std::ranges::sort(gaps, {}, [](const auto& entry) { return std::pair(entry.second.from, entry.first); });
    return gaps;
}

/// Whoever people look for on a board.
bool is_on_the_board(const core::State& state, const core::Person& person) {
    return state.rota.children_of.contains(person.id) || core::has_role(person, core::Role::calm_space) || core::has_role(person, core::Role::duty_lead);
}

/// Those who are here for somebody first, then who can be asked, then who comes back, then who is not here.
int shown_at(const core::Standing& standing, bool here_for_somebody) {
    using core::Availability;
    if (here_for_somebody) return 0;
    switch (standing.state) {
        case Availability::free: return 1;
        case Availability::teaching: return 2;
        case Availability::with_child:
        case Availability::recovering: return 3;
        case Availability::on_break: return 4;
        default: return 5;
    }
}

struct Here {
    std::vector<std::string> children;  // initials
    bool swap = false;
};

/// Who is the one now for which children.
std::map<core::PersonId, Here> here_for(const core::State& state, core::Ms now) {
    std::map<core::PersonId, Here> here;
    for (const auto& [id, plan] : state.directory.children) {
        const core::Cover cover = core::cover_of(state, id, now);
        if (cover.by.empty()) continue;
        Here& entry = here[cover.by];
        entry.children.push_back(cut(plan.initials, 16));
        entry.swap = entry.swap || cover.swap;
    }
    return here;
}

protocol::BoardAdult board_adult(const core::State& state, const core::Person& person, const core::Standing& standing) {
    protocol::BoardAdult adult;
    adult.person = cut(person.id.value, 32);
    adult.short_name = cut(person.short_name, 32);
    adult.name = cut(person.name, 64);
    adult.state = static_cast<protocol::AvailabilityState>(static_cast<int>(standing.state));
    if (const core::PlaceId& place = standing.place.empty() ? person.base : standing.place; !place.empty()) adult.place = place_name(state, place);
    if (standing.until != 0) adult.until = standing.until;
    adult.why = static_cast<protocol::StateSource>(static_cast<int>(standing.why));
    adult.known_at = standing.known_at;
    return adult;
}

}  // namespace

protocol::Gaps gaps_list(const core::State& state, bool children) {
    protocol::Gaps list;
    for (const auto& [child, gap] : by_urgency(state)) {
        if (list.gaps.size() == gaps_max) {
            ++list.gaps_more;
            continue;
        }
        protocol::GapView view;
        view.gap = gap.id;
        view.from = gap.from;
        const auto plan = state.directory.children.find(child);
        if (children && plan != state.directory.children.end()) {
            view.child = cut(child.value, 32);
            view.initials = cut(plan->second.initials, 16);
            if (!plan->second.places.empty()) view.place = place_name(state, plan->second.places.front());
            for (const core::PersonId& person : plan->second.adults)
                if (view.adults.size() < adults_of_a_gap_max) view.adults.push_back(short_name_of(state, person));
        }
        list.gaps.push_back(std::move(view));
    }
    return list;
}

std::vector<protocol::Board> board_lists(const core::State& state, core::Ms now, bool corridor) {
    const std::map<core::PersonId, Here> here = here_for(state, now);
    std::vector<std::tuple<int, const core::Person*, core::Standing>> order;
    for (const auto& [id, person] : state.directory.people) {
        if (!is_on_the_board(state, person) && !here.contains(id)) continue;
        const core::Standing standing = core::standing(state, id, now);
        order.emplace_back(shown_at(standing, !corridor && here.contains(id)), &person, standing);
    }
    std::ranges::sort(order, {}, [](const auto& entry) { return std::pair(std::get<0>(entry), std::string_view(std::get<1>(entry)->short_name)); });
    std::vector<protocol::Board> frames(1);
    protocol::Board& first = frames.front();
    first.first = true;
    if (state.rota.today) {
        first.school_from = state.rota.today->from;
        first.school_to = state.rota.today->to;
    }
    for (const auto& [child, gap] : by_urgency(state)) {
        const auto plan = state.directory.children.find(child);
        if (corridor || gap.from > now || plan == state.directory.children.end()) continue;
        ++first.gaps;
        if (first.waiting.size() < initials_max) first.waiting.push_back(cut(plan->second.initials, 16));
    }
    if (!corridor && state.today.from != 0) first.not_greeted = core::not_greeted(state);
    for (const auto& [at, person, standing] : order) {
        if (frames.back().adults.size() == board_frame_max) frames.emplace_back();
        protocol::BoardAdult adult = board_adult(state, *person, standing);
        if (const auto for_whom = here.find(person->id); for_whom != here.end() && !corridor) {
            adult.swap = for_whom->second.swap;
            for (const std::string& initials : for_whom->second.children) {
                if (adult.children.size() < initials_max) adult.children.push_back(initials);
                else ++adult.children_more;
            }
        }
        frames.back().adults.push_back(std::move(adult));
    }
    return frames;
}

protocol::TimetableState timetable_state(const core::State& state, bool file_names) {
    protocol::TimetableState view;
    if (state.rota.imported_at != 0) view.imported_at = state.rota.imported_at;
    if (!state.rota.fault) return view;
    const core::ImportFault& fault = *state.rota.fault;
    const std::string line = fault.line == 0 ? "" : ", line " + std::to_string(fault.line);
    view.fault = file_names ? cut(fault.file + line + ": " + fault.what, 240) : "The newest timetable could not be read.";
    view.fault_at = fault.at;
    return view;
}

protocol::MyChildren my_children(const core::State& state, const core::PersonId& person, core::Ms now) {
    protocol::MyChildren list;
    list.school = core::school_is_on(state.rota);
    const auto mine = state.rota.children_of.find(person);
    if (mine == state.rota.children_of.end()) return list;
    for (const core::ChildId& id : mine->second) {
        const auto plan = state.directory.children.find(id);
        if (plan == state.directory.children.end() || list.children.size() == my_children_max) continue;
        protocol::MyChild child;
        child.child = cut(id.value, 32);
        child.initials = cut(plan->second.initials, 16);
        child.named = !plan->second.adults.empty() && plan->second.adults.front() == person;
        const core::Cover cover = core::cover_of(state, id, now);
        if (!cover.by.empty()) child.by = short_name_of(state, cover.by);
        child.me = cover.by == person;
        if (cover.gap_from != 0) child.gap_from = cover.gap_from;
        list.children.push_back(std::move(child));
    }
    std::ranges::sort(list.children, {}, [](const auto& child) { return std::pair(!child.named, std::string_view(child.child)); });
    return list;
}

}  // namespace attune::app
