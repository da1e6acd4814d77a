// What the people at a device do: press, answer, ignore, decline, walk away, forget.
#include "tests/sim/client.hpp"

namespace attune::sim {

void Client::live_on() {
    const Ms wait = cards.empty() ? random_.between(2'000, 20'000) : random_.between(300, 6'000);
    world_.later(wait, [this] {
        if (retired) return;
        if (awake() && !device.empty()) act();
        send_held();
        live_on();
    });
}

void Client::act() {
    switch (kind) {
        case core::DeviceKind::room: return room_acts();
        case core::DeviceKind::handset: return handset_acts();
        case core::DeviceKind::station: return station_acts();
        case core::DeviceKind::calm_space: return;  // nor calm spaces' tablets: they are in core_world
        case core::DeviceKind::kiosk: return;  // children are in core_world
        case core::DeviceKind::board: return;  // it shows, and asks for nothing
    }
}

wire::Evidence Client::evidence() {
    if (world_.knows(Fault::lazy_people) && !world_.calm) {
        if (random_.chance(30)) silenced_ = !silenced_;
        if (random_.chance(30)) hidden_ = !hidden_;
    }
    return {!hidden_, !silenced_, true, random_.chance(950) ? 80U : 10U, false};
}

// ---- a room: pressing works with or without a hub ----

void Client::room_acts() {
    if (cards.empty()) {
        if (next_press_ == 0) next_press_ = world_.now + random_.between(1'000, 400'000);
        if (world_.now < next_press_) return;
        next_press_ = world_.now + random_.between(60'000, 900'000);
        return raise();
    }
    if (!live()) return;
    const std::uint64_t call = random_.pick(cards).first;
    const wire::CallView& card = cards.at(call);
    switch (random_.below(14)) {
        case 0: return raise();
        case 1: return command(wire::ChooseChild{call, child_id(random_.below(6)).value});
        case 2: return command(wire::AddNote{call, static_cast<wire::CallNote>(random_.below(3))});
        case 3: if (random_.chance(300)) return command(wire::WithdrawCall{call}); break;
        case 4: if (card.withdraw_asked) return command(wire::ConfirmWithdraw{call}); break;
        case 5: if (card.withdraw_asked) return command(wire::KeepCall{call}); break;
        case 6: if (card.owner && random_.chance(300)) return command(wire::ArriveCall{call}); break;
        default: break;
    }
}

void Client::raise() {
    if (waits_for(wire::MessageType::raise_call) && !world_.has(Fault::double_presses)) return;
    const std::uint64_t level = random_.chance(600) ? 1 + random_.below(2) : 3;
    wire::RaiseCall press{level, world_.now, std::nullopt, std::nullopt};
    if (random_.chance(60)) press.drill = true;
    command(press);
}

// ---- a handset ----

void Client::handset_acts() {
    if (!live()) return;
    if (signed_in.empty() || !proven_ || random_.chance(30)) return duty();
    if (unlocked_ && random_.chance(30)) return day_acts();
    if (cards.empty()) {
        if (random_.chance(5) && !world_.school.places.empty()) command(wire::RaiseCall{1 + random_.below(3), world_.now, random_.pick(world_.school.places).first.value, std::nullopt});
        return;
    }
    const wire::CallView card = random_.pick(cards).second;
    if (card.relation == wire::Relation::offered) return answer(card);
    if (card.relation == wire::Relation::owner || card.relation == wire::Relation::helper) return support(card);
    if (card.relation == wire::Relation::overseer && random_.chance(50)) command(wire::AcceptCall{card.call, true, std::nullopt});
}

/// Mostly for a child of whom this adult may not say it: refused, and nothing is told.
void Client::day_acts() {
    const std::uint64_t n = random_.below(6);
    const std::string child = child_id(n).value.str();
    switch (random_.below(6)) {
        case 0: return command(wire::GreetChild{child, random_.chance(100)});
        case 1: return command(wire::MarkNotIn{child});
        case 2: return command(wire::TakeDoor{});
        case 3: return command(wire::LeaveDoor{});
        default: return command(wire::WriteNote{child, random_.chance(100) ? "" : "hard morning " + tag("not", n)});
    }
}

void Client::answer(const wire::CallView& card) {
    if (waits_for(wire::MessageType::accept_call) || waits_for(wire::MessageType::decline_call)) return;
    const bool lazy = world_.knows(Fault::lazy_people) && !world_.calm;
    if (lazy && random_.chance(700)) return;
    if (card.withdraw_asked && random_.chance(500)) return command(wire::LookIn{card.call});
    if (world_.knows(Fault::decliners) && random_.chance(500)) return command(wire::DeclineCall{card.call});
    command(wire::AcceptCall{card.call, random_.chance(500), std::nullopt});
}

void Client::support(const wire::CallView& card) {
    const std::uint64_t call = card.call;
    if (world_.knows(Fault::lazy_people) && random_.chance(600)) return;
    if (random_.chance(20)) return command(wire::AskHelper{call});
    if (card.support_check_due) return command(wire::ConfirmSupport{call});
    if (card.rung == wire::CallRung::coming) {
        if (random_.chance(40)) return command(wire::DeclineCall{call});
        if (!card.on_way) return command(wire::ReportOnWay{call});
        if (random_.chance(400)) return command(wire::ArriveCall{call});
        return;
    }
    if (card.relation == wire::Relation::helper) return;
    if (card.rung == wire::CallRung::here) {
        switch (random_.below(6)) {
            case 0: return command(wire::SettleCall{call});
            case 1: return command(wire::MoveCall{call, place_id(3).value});
            case 2: return command(wire::HandOverCall{call, world_.people().empty() ? person_id(0).value.str() : random_.pick(world_.school.people).first.value.str()});
            default: return;
        }
    }
    if (card.rung == wire::CallRung::settled && random_.chance(500)) return command(wire::CloseCall{call, {}, {wire::Need::worried}});
    if (card.rung == wire::CallRung::settled && random_.chance(100)) return command(wire::CloseCall{call, {0}, {}});
}

void Client::duty() {
    using Type = wire::MessageType;
    if (waits_for(Type::set_pin) || waits_for(Type::sign_in) || waits_for(Type::prove_handset)) return;
    if (signed_in.empty()) {
        if (for_person.empty()) return;
        session_.emplace();
        random_.fill(*session_);
        if (!pin_chosen_) return command(wire::SetPin{for_person.value, "2580", *session_});
        const bool other = world_.has(Fault::sign_outs) && random_.chance(100);
        const core::PersonId person = other ? random_.pick(world_.school.people).first : for_person;
        return command(wire::SignIn{person.value, random_.chance(950) ? "2580" : "1234", *session_});
    }
    if (!proven_) return command(wire::ProveHandset{true, true});
    if (world_.has(Fault::sign_outs) && random_.chance(200)) return command(wire::SignOut{});
    if (random_.chance(200)) return command(wire::Lock{});
    if (!unlocked_ && random_.chance(500)) {
        session_.emplace();
        random_.fill(*session_);
        return command(wire::SignIn{signed_in.value, "2580", *session_});
    }
    if (!world_.knows(Fault::lazy_people)) return;
    const wire::AvailabilityState states[] = {wire::AvailabilityState::free, wire::AvailabilityState::free, wire::AvailabilityState::with_child, wire::AvailabilityState::on_break};
    wire::SetAvailability said{states[random_.below(4)], std::nullopt};
    if (said.state == wire::AvailabilityState::on_break) said.until = world_.host->up() ? world_.host->hub().engine().now() + random_.between(-1'000, 900'000) : 0;
    command(said);
}

// ---- a station: sounds until a person says who goes ----

void Client::station_acts() {
    if (!live() || cards.empty() || waits_for(wire::MessageType::accept_call)) return;
    const wire::CallView& card = random_.pick(cards).second;
    if (!card.station_called || card.owner || !random_.chance(world_.knows(Fault::lazy_people) ? 50 : 200)) return;
    command(wire::AcceptCall{card.call, false, random_.pick(world_.school.people).first.value});
}

}  // namespace attune::sim
