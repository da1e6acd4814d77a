// Calm spaces opened and left, visits offered, gone on, come back from.
#include <algorithm>

#include "tests/sim/core_acts.hpp"
#include "tests/sim/school.hpp"

namespace attune::sim {

namespace {

struct Visits : Acts {
    core::VisitId some_visit() {
        if (state.visits.empty() || random.chance(20)) return {random.below(state.last_seq + 2)};
        return random.pick(state.visits).first;
    }

    core::ChildId some_child_of(const core::PlaceId& place) {
        if (random.chance(200)) return {};
        for (const auto& [id, child] : state.directory.children)
            if (std::ranges::find(child.places, place) != child.places.end() && random.chance(600)) return id;
        return {};
    }

    void go_on() {
        const auto tablets = devices(core::DeviceKind::calm_space);
        const auto rooms = devices(core::DeviceKind::room);
        const auto handsets = devices(core::DeviceKind::handset);
        const std::uint64_t what = random.below(100);
        if (what < 30 && !tablets.empty()) return space_acts(random.pick(tablets));
        if (what < 55 && !rooms.empty()) return room_of_visit_acts(random.pick(rooms));
        if (what < 65 && !handsets.empty()) {
            const core::DeviceId id = random.pick(handsets);
            switch (random.below(4)) {
                case 0: return submit(by(id), core::OpenSpace{place_id(3), {}});
                case 1: return submit(by(id), core::LeaveSpace{place_id(3), {}});
                case 2: return submit(by(id), core::OfferVisit{{}, place_id(random.below(9)), child_id(random.below(6))});
                default: return submit(by(id), core::ArriveVisit{some_visit(), random.chance(800)});
            }
        }
        if (state.visits.empty()) return;
        const core::Visit visit = random.pick(state.visits).second;
        for (const auto& [id, device] : state.devices) {
            const bool room = device.kind == core::DeviceKind::room && device.place == visit.from;
            const bool tablet = device.kind == core::DeviceKind::calm_space && device.place == visit.space;
            if (room && visit.step == core::VisitStep::offered) return submit(by(id), core::ChooseVisit{visit.id, static_cast<core::Company>(random.below(3))});
            if (room && visit.step == core::VisitStep::returning && random.chance(700)) return submit(by(id), core::WelcomeBack{visit.id});
            if (tablet && visit.step == core::VisitStep::travelling && random.chance(700)) return submit(by(id), core::ArriveVisit{visit.id, random.chance(800)});
            if (tablet && visit.review_wanted && random.chance(500)) return submit(by(id), core::ReviewVisit{visit.id, random.chance(700)});
        }
    }

    void space_acts(const core::DeviceId& id) {
        switch (random.below(8)) {
            case 0:
            case 1: return submit(by(id), core::OpenSpace{{}, some_person()});
            case 2: {
                const auto space = state.spaces.find(state.devices.at(id).place);
                const bool somebody = space != state.spaces.end() && !space->second.adults.empty();
                return submit(by(id), core::LeaveSpace{{}, somebody ? space->second.adults.begin()->first : some_person()});
            }
            case 3: return submit(by(id), core::SetSpaceUse{random.chance(500), static_cast<core::OutOfUse>(random.below(3))});
            case 4: return submit(by(id), core::OfferVisit{{}, place_id(random.below(9)), some_child_of(state.devices.at(id).place)});
            case 5: return submit(by(id), core::ReviewVisit{some_visit(), random.chance(700)});
            case 6: return submit(by(id), core::ReadyVisit{some_visit(), static_cast<core::WelcomeWord>(random.below(4))});
            default: return submit(by(id), core::ReturnVisit{some_visit(), static_cast<core::Company>(random.below(3))});
        }
    }

    void room_of_visit_acts(const core::DeviceId& id) {
        const core::PlaceId place = state.devices.at(id).place;
        switch (random.below(6)) {
            case 0: return submit(by(id), core::AskVisit{{}, some_child_of(place)});
            case 1: return submit(by(id), core::DeclineVisit{some_visit()});
            case 2: return submit(by(id), core::WelcomeBack{some_visit()});
            default: return submit(by(id), core::OfferVisit{{}, {}, some_child_of(place)});
        }
    }
};

}  // namespace

void visit_acts(Acts acts) { Visits{std::move(acts)}.go_on(); }

}  // namespace attune::sim
