// One act at a time for each call: what is unanswered is waited for.
#include "tests/integration/crash/people.hpp"

namespace attune::crash {

using protocol::CallRung;
using protocol::CallView;
using protocol::Relation;

// ---- the room

void Room::act() {
    if (outstanding() > 0) return;
    if (views_.empty()) {
        if (!world_.raising || patience_-- > 0) return;
        patience_ = static_cast<std::uint32_t>(world_.below(3));
        decided_withdraw_ = world_.chance(15);
        pressed_again_ = tapped_arrived_ = false;
        return command(protocol::RaiseCall{1 + world_.below(3), 1'700'000'000'000, {}, {}});
    }
    if (views_.size() > 1) world_.fault(name() + " has two open calls");
    const CallView& view = views_.begin()->second;
    if (decided_withdraw_ && view.rung != CallRung::here && view.rung != CallRung::settled) {
        if (!view.withdraw_asked) return command(protocol::WithdrawCall{view.call});
        decided_withdraw_ = false;
        if (world_.chance(70)) return command(protocol::ConfirmWithdraw{view.call});
        return command(protocol::KeepCall{view.call});
    }
    if (view.level < 3 && !pressed_again_ && !view.owner && world_.chance(20)) {
        pressed_again_ = true;
        return command(protocol::RaiseCall{view.level + 1, 1'700'000'000'000, {}, {}});
    }
    if (view.rung == CallRung::coming && !tapped_arrived_ && world_.chance(10)) {
        tapped_arrived_ = true;
        return command(protocol::ArriveCall{view.call});
    }
}

void Room::done(const protocol::AnyMessage& command, const protocol::Done& answer) {
    if (!holds_alternative<protocol::RaiseCall>(command)) return;
    if (!answer.call) return world_.fault(name() + " raised a call and was not told which");
    call_ = *answer.call;
}

void Room::rejected(const protocol::AnyMessage& command, const protocol::Rejected& answer) {
    if (holds_alternative<protocol::RaiseCall>(command))
        world_.fault(name() + " pressed and was refused: " + answer.name);
}

// ---- the handset

void Handset::welcomed(const protocol::Welcome& welcome) {
    signed_in_ = welcome.person == person_ && welcome.unlocked;
    proven_ = welcome.proven;
    if (pin_known_ && !welcome.person && signed_in_) world_.fault(name() + " was signed out by nobody");
}

void Handset::sign_in() {
    if (!session_) {
        session_.emplace();
        for (auto& byte : *session_)
            byte = static_cast<std::byte>(world_.random());
    }
    if (!pin_known_ && may_set_pin_) return command(protocol::SetPin{person_, "2580", *session_});
    command(protocol::SignIn{person_, "2580", *session_});
}

void Handset::act() {
    if (!signed_in_) {
        if (outstanding() == 0) sign_in();
        return;
    }
    if (!proven_) {
        if (outstanding() == 0) command(protocol::ProveHandset{true, true});
        return;
    }
    for (const auto& [call, view] : views_) {
        if (waits_for(call)) continue;
        if (view.relation == Relation::owner)
            owned(view);
        else if (view.relation == Relation::offered)
            asked(view);
    }
}

void Handset::asked(const CallView& view) {
    auto& reported = rung_[view.call];
    if (reported == 0 || view.sounds > reported) {
        reported = std::max<std::uint64_t>(view.sounds, 1);
        return command(protocol::ReportRinging{view.call});
    }
    if (view.owner && !view.owner_late && !view.helper_wanted) return;
    auto& choice = choices_[view.call];
    if (choice == Choice::undecided) {
        const auto die = world_.below(100);
        choice = die < 60 ? Choice::comes : die < 80 ? Choice::declines : Choice::ignores;
    } else if (choice == Choice::ignores && world_.chance(5)) {
        choice = Choice::comes;
    }
    if (choice == Choice::comes) {
        choice = Choice::ignores;  // unless it comes to be owned here, another try later
        return command(protocol::AcceptCall{view.call, world_.chance(50), {}});
    }
    if (choice == Choice::declines) {
        choice = Choice::ignores;
        return command(protocol::DeclineCall{view.call});
    }
}

void Handset::owned(const CallView& view) {
    switch (view.rung) {
        case CallRung::received:
        case CallRung::ringing:
        case CallRung::not_delivered:
        case CallRung::coming:
            if (view.withdraw_asked && world_.chance(50)) return command(protocol::LookIn{view.call});
            if (!view.on_way && world_.chance(50)) return command(protocol::ReportOnWay{view.call});
            return command(protocol::ArriveCall{view.call});
        case CallRung::here:
            if (world_.chance(20)) return command(protocol::MoveCall{view.call, move_to_});
            return command(protocol::SettleCall{view.call});
        case CallRung::settled:
            return command(protocol::CloseCall{view.call, {}, {protocol::Need::not_sure}});
        case CallRung::closed:
        case CallRung::withdrawn:
            return;
    }
}

void Handset::done(const protocol::AnyMessage& command, const protocol::Done&) {
    if (holds_alternative<protocol::SetPin>(command) || holds_alternative<protocol::SignIn>(command))
        signed_in_ = pin_known_ = true;
    else if (holds_alternative<protocol::ProveHandset>(command))
        proven_ = true;
}

void Handset::rejected(const protocol::AnyMessage& command, const protocol::Rejected& answer) {
    // A PIN that was chosen just before a kill is known already.
    if (holds_alternative<protocol::SetPin>(command)) pin_known_ = true;
    if (holds_alternative<protocol::SignIn>(command)) world_.fault(name() + " could not sign in: " + answer.name);
}

// ---- the station

void Station::act() {
    for (const auto& [call, view] : views_) {
        if (waits_for(call) || !view.station_called || view.owner) continue;
        if (!rung_[call]) {
            rung_[call] = true;
            return command(protocol::ReportRinging{call});
        }
        if (world_.chance(10)) return command(protocol::AcceptCall{call, false, people_[world_.below(people_.size())]});
    }
}

}  // namespace attune::crash
