// Talks in the words of the wire.
#include "hub/app/talk_views.hpp"

#include <algorithm>

#include "hub/core/talk_rules.hpp"

namespace attune::app {

namespace {

static_assert(static_cast<int>(core::TalkRung::calling) == static_cast<int>(protocol::TalkRung::calling));
static_assert(static_cast<int>(core::TalkRung::missed) == static_cast<int>(protocol::TalkRung::missed));
static_assert(static_cast<int>(core::TalkRelation::dsl) == static_cast<int>(protocol::TalkRelation::dsl) + 1);
static_assert(static_cast<int>(core::TalkSymbol::urgent) == static_cast<int>(protocol::TalkSymbol::urgent));

constexpr std::size_t talk_adults_max = 16;

/// The beginning of the next school day, when an answer is owed only there: the child is told so and not "soon".
std::optional<core::Ms> morning_of(const core::State& state, const core::Talk& talk, core::Ms now) {
    if (!talk.unanswered() || talk.due == 0) return std::nullopt;
    const auto day = std::ranges::upper_bound(state.rota.days, talk.due, {}, &core::SchoolDay::to);
    if (day == state.rota.days.end() || day->from <= now || day->from > talk.due) return std::nullopt;
    return day->from;
}

void add_for_the_child(const core::State& state, const core::Talk& talk, core::Ms now, protocol::TalkView& view) {
    const bool open = talk.rung != core::TalkRung::met && talk.rung != core::TalkRung::calling;
    if (open && !talk.chosen.empty() && talk.chosen != talk.adult && !talk.unwanted.contains(talk.chosen))
        view.instead_of = short_name_of(state, talk.chosen);
    view.nobody = talk.rung == core::TalkRung::asked && !core::talk_reaches_somebody(state, talk, now);
    const auto call = state.calls.find(talk.call);
    view.coming = call != state.calls.end() && call->second.owned();
    view.morning = morning_of(state, talk, now);
}

void add_for_adults(const core::State& state, const core::Talk& talk, const core::TalkSeer& seer, protocol::TalkView& view) {
    if (const auto child = state.directory.children.find(talk.child); child != state.directory.children.end())
        view.initials = cut(child->second.initials, initials_bytes);
    view.reminders = talk.reminders;
    if (seer.relation == core::TalkRelation::dsl) return;
    view.owed = talk.owed;
    if (talk.unanswered() && talk.due != 0) view.due = talk.due;
    if (seer.relation == core::TalkRelation::asked) view.dsl = talk.dsl;
}

}  // namespace

protocol::TalkView talk_view(const core::State& state, const core::Talk& talk, const core::TalkSeer& seer, core::Ms now) {
    protocol::TalkView view;
    view.talk = talk.id.value;
    view.rung = same_number<protocol::TalkRung>(talk.rung);
    view.relation = static_cast<protocol::TalkRelation>(static_cast<int>(seer.relation) - 1);
    view.asked_at = talk.asked_at;
    view.rung_at = talk.rung_at;
    if (!talk.adult.empty()) view.adult = short_name_of(state, talk.adult);
    if (seer.relation != core::TalkRelation::dsl) {
        view.symbol = same_number<protocol::TalkSymbol>(talk.symbol);
        view.when = same_number<protocol::TalkWhen>(talk.when);
    }
    if (talk.promised() && seer.relation != core::TalkRelation::dsl) {
        view.at = talk.meet_at;
        view.place = cut(talk.meet_place.value, id_bytes);
        const auto place = state.directory.places.find(talk.meet_place);
        view.place_name = cut(place == state.directory.places.end() ? std::string_view(talk.meet_place.value) : place->second.name, name_bytes);
    }
    if (seer.relation == core::TalkRelation::child) add_for_the_child(state, talk, now, view);
    else add_for_adults(state, talk, seer, view);
    return view;
}

std::vector<protocol::AdultRef> adults_of(const core::State& state, const core::ChildId& child, core::Ms now) {
    std::vector<protocol::AdultRef> adults;
    const auto plan = state.directory.children.find(child);
    if (plan == state.directory.children.end()) return adults;
    for (const core::PersonId& person : plan->second.adults)
        if (adults.size() < talk_adults_max)
            adults.push_back({cut(person.value, id_bytes), short_name_of(state, person), core::talk_reaches(state, person, now)});
    return adults;
}

}  // namespace attune::app
