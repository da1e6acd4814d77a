// Making a school from a seed.
#include "tests/sim/school.hpp"

#include <algorithm>

namespace attune::sim {

namespace {

using core::Group;

core::Person make_person(std::uint64_t n, std::uint64_t places, Random& random) {
    core::Person person;
    person.id = person_id(n);
    person.name = "Person " + tag("nam", n);
    person.short_name = tag("sho", n);
    person.roles.push_back(core::Role::teacher);
    if (random.chance(500)) person.roles.push_back(core::Role::responder);
    if (random.chance(250)) person.roles.push_back(core::Role::calm_space);
    if (random.chance(250)) person.roles.push_back(core::Role::duty_lead);
    if (random.chance(700)) person.base = place_id(random.below(places));
    return person;
}

core::Place make_place(std::uint64_t n, Random& random) {
    core::Place place;
    place.id = place_id(n);
    place.name = "Room " + std::to_string(n);
    place.kind = n % 4 == 3 ? core::PlaceKind::calm_space : core::PlaceKind::room;
    if (random.chance(800)) place.zone = "zone " + std::to_string(random.below(3));
    place.route_hint = "past the hall " + tag("hin", n);
    place.extension = std::to_string(200 + n);
    return place;
}

core::ChildPlan make_child(std::uint64_t n, std::uint64_t places, std::uint64_t people, Random& random) {
    core::ChildPlan child;
    child.id = child_id(n);
    child.initials = tag("ini", n);
    for (std::uint64_t i = random.below(3) + 1; i > 0; --i) {
        const core::PlaceId place = place_id(random.below(places));
        if (std::ranges::find(child.places, place) == child.places.end()) child.places.push_back(place);
    }
    for (std::uint64_t i = random.below(4) + 1; i > 0; --i) {
        const core::PersonId adult = person_id(random.below(people));
        if (std::ranges::find(child.adults, adult) == child.adults.end()) child.adults.push_back(adult);
    }
    child.helps = {"quiet " + tag("hlp", n), "walk " + tag("hlp", n)};
    child.about = "likes trains " + tag("abt", n);
    child.interruptible = random.chance(400);
    return child;
}

core::Policy odd_policy_of(Random& random) {
    core::Policy policy = default_policy();
    for (core::LevelPolicy& level : policy.levels) {
        level.tiers.clear();
        for (std::uint64_t i = random.below(5); i > 0; --i) {
            core::Tier tier;
            for (std::uint64_t k = random.below(3) + 1; k > 0; --k) {
                const auto group = static_cast<Group>(random.below(7));
                if (std::ranges::find(tier.who, group) == tier.who.end()) tier.who.push_back(group);
            }
            tier.accept_ms = random.between(2, 90) * 1000;
            level.tiers.push_back(std::move(tier));
        }
        level.tiers.push_back({{Group::station}, 60'000});
        level.arrive_ms = random.between(20, 400) * 1000;
    }
    return policy;
}

}  // namespace

std::string tag(const char* kind, std::uint64_t number) { return std::string(kind) + ":" + std::to_string(number) + ";"; }

core::Policy default_policy() {
    core::Policy policy;
    policy.owes = true;
    policy.levels[0] = {{{{Group::named_adult}, 60'000}, {{Group::alternates}, 60'000}, {{Group::calm_space, Group::nearest}, 60'000},
                         {{Group::duty_lead}, 60'000}, {{Group::station}, 60'000}}, 300'000};
    policy.levels[1] = {{{{Group::named_adult, Group::nearest}, 15'000}, {{Group::alternates, Group::responders}, 15'000},
                         {{Group::duty_lead}, 15'000}, {{Group::station}, 15'000}}, 120'000};
    policy.levels[2] = {{{{Group::named_adult, Group::nearest}, 5'000}, {{Group::everyone}, 5'000}, {{Group::station}, 5'000}}, 60'000};
    return policy;
}

core::Directory make_school(Random& random, bool odd_policy) {
    core::Directory school;
    school.site = {"Simulated school", "Ring 200", false};
    school.policy = odd_policy ? odd_policy_of(random) : default_policy();
    const std::uint64_t places = random.below(6) + 3, people = random.below(9) + 3, children = random.below(6);
    for (std::uint64_t n = 0; n < places; ++n) school.places[place_id(n)] = make_place(n, random);
    for (std::uint64_t n = 0; n < people; ++n) school.people[person_id(n)] = make_person(n, places, random);
    for (std::uint64_t n = 0; n < children; ++n) school.children[child_id(n)] = make_child(n, places, people, random);
    return school;
}

core::Directory edit_school(const core::Directory& before, Random& random) {
    core::Directory after = before;
    const std::uint64_t places = after.places.size();
    for (std::uint64_t edits = random.below(3) + 1; edits > 0; --edits) {
        const std::uint64_t n = random.below(14);
        switch (random.below(7)) {
            case 0: after.people[person_id(n)] = make_person(n, places, random); break;
            case 1: if (after.people.size() > 2) after.people.erase(random.pick(after.people).first); break;
            case 2: after.children[child_id(n)] = make_child(n, places, 12, random); break;
            case 3: if (!after.children.empty()) after.children.erase(random.pick(after.children).first); break;
            case 4: after.places[random.pick(after.places).first].zone = "zone " + std::to_string(random.below(3)); break;
            case 5: after.policy = random.chance(500) ? default_policy() : odd_policy_of(random); break;
            default: after.site.help = "Ring " + std::to_string(200 + n); break;
        }
    }
    for (auto& [id, child] : after.children)  // an import with an adult or a place that is not there is refused
        std::erase_if(child.adults, [&](const core::PersonId& adult) { return !after.people.contains(adult); });
    return after;
}

core::ImportTimetable some_timetable(Random& random, core::Ms now) {
    core::ImportTimetable import;
    for (std::uint64_t n = 0; n < 12; ++n) {
        core::Ms at = now - random.between(0, 3'600'000);
        for (std::uint64_t slots = random.below(6); slots > 0; --slots) {
            const core::Ms from = at + random.between(0, 1'800'000);
            at = from + random.between(1, 3'600'000);
            import.slots[person_id(n)].push_back({from, at, static_cast<core::SlotKind>(random.below(4)), {}});
        }
    }
    const core::Ms from = now - random.between(0, 3'600'000);
    import.days.push_back({from, from + random.between(0, 1'800'000), from + random.between(1'800'000, 28'800'000)});
    if (random.chance(500)) {  // the day after
        const core::SchoolDay today = import.days.back();
        import.days.push_back({today.from + 86'400'000, today.sign_in_by + 86'400'000, today.to + 86'400'000});
    }
    for (std::uint64_t n = 0; n < 6; ++n) {
        core::Ms at = from;
        for (std::uint64_t times = random.below(4); times > 0; --times) {
            at += random.between(60'000, 7'200'000);
            import.checkins[child_id(n)].push_back({at, random.chance(300) ? person_id(random.below(12)) : core::PersonId{}});
        }
    }
    return import;
}

}  // namespace attune::sim
