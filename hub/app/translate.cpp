// Messages to intents, one overload each; refusals to the wire's table.
#include "hub/app/translate.hpp"

#include <limits>

#include "hub/app/csv_table.hpp"
#include "hub/app/secrets.hpp"
#include "hub/app/views.hpp"

namespace attune::app {

namespace {

using Result = std::variant<Asked, protocol::Error>;

Result about(core::Intent intent) {
    return Asked{std::move(intent), 0};
}

core::Need core_need(protocol::Need need) {
    return static_cast<core::Need>(static_cast<int>(need));
}
static_assert(static_cast<int>(core::Need::not_sure) == static_cast<int>(protocol::Need::not_sure));
static_assert(static_cast<int>(core::Need::unwell) == static_cast<int>(protocol::Need::unwell));

core::Company core_company(protocol::Company company) { return static_cast<core::Company>(static_cast<int>(company)); }
static_assert(static_cast<int>(core::Company::peer) == static_cast<int>(protocol::Company::peer));
static_assert(static_cast<int>(core::WelcomeWord::quiet_place) == static_cast<int>(protocol::WelcomeWord::quiet_place));
static_assert(static_cast<int>(core::OutOfUse::not_safe) == static_cast<int>(protocol::OutOfUse::not_safe));

static_assert(static_cast<int>(core::TalkSymbol::urgent) == static_cast<int>(protocol::TalkSymbol::urgent));
static_assert(static_cast<int>(core::TalkWhen::soon) == static_cast<int>(protocol::TalkWhen::soon));
static_assert(static_cast<int>(core::TalkFeedback::someone_else) == static_cast<int>(protocol::TalkFeedback::someone_else));

core::Practice core_practice(std::optional<protocol::Practice> practice) {
    return practice ? static_cast<core::Practice>(static_cast<int>(*practice) + 1) : core::Practice::none;
}
static_assert(static_cast<int>(core::Practice::test) == static_cast<int>(protocol::Practice::test) + 1);
static_assert(static_cast<int>(core::Practice::drill) == static_cast<int>(protocol::Practice::drill) + 1);
static_assert(static_cast<int>(core::Mended::not_yet) == static_cast<int>(protocol::Mended::not_yet));
static_assert(static_cast<int>(core::Changes::adults) == static_cast<int>(protocol::Changes::adults));
static_assert(static_cast<int>(core::Channel::letter) == static_cast<int>(protocol::Channel::letter));
static_assert(static_cast<int>(core::NotReadyWho::adult) == static_cast<int>(protocol::NotReadyWho::adult));

static_assert(static_cast<int>(core::Excuse::replaced) == static_cast<int>(protocol::Excuse::replaced));

struct ToIntent {
    core::DeviceKind kind;

    template <class Message>
    Result operator()(const Message&) const {
        return protocol::Error::unknown_type;
    }

    Result operator()(const protocol::RaiseCall& m) const {
        if (m.level < 1 || m.level > 3) return protocol::Error::out_of_range;
        if ((kind == core::DeviceKind::room || kind == core::DeviceKind::calm_space) && m.place) return protocol::Error::out_of_range;
        const core::PlaceId place{m.place.value_or("")};
        return Asked{core::RaiseCall{static_cast<std::uint32_t>(m.level), m.pressed_at, place, m.drill.value_or(false) || m.practice.has_value(),
                                     core_practice(m.practice)},
                     m.pressed_at};
    }
    Result operator()(const protocol::ChooseChild& m) const { return about(core::ChooseChild{{m.call}, {m.child}}); }
    Result operator()(const protocol::AddNote& m) const {
        return about(core::AddNote{{m.call}, static_cast<core::Note>(static_cast<int>(m.note))});
    }
    Result operator()(const protocol::WithdrawCall& m) const { return about(core::WithdrawCall{{m.call}}); }
    Result operator()(const protocol::ConfirmWithdraw& m) const { return about(core::ConfirmWithdraw{{m.call}}); }
    Result operator()(const protocol::KeepCall& m) const { return about(core::KeepCall{{m.call}}); }
    Result operator()(const protocol::ReportRinging& m) const { return about(core::ReportRinging{{m.call}}); }
    Result operator()(const protocol::AcceptCall& m) const {
        if (kind != core::DeviceKind::station && m.going) return protocol::Error::out_of_range;
        if (kind == core::DeviceKind::station && !m.going) return protocol::Error::missing_field;
        return about(core::AcceptCall{{m.call}, m.on_way, {m.going.value_or("")}});
    }
    Result operator()(const protocol::DeclineCall& m) const { return about(core::DeclineCall{{m.call}}); }
    Result operator()(const protocol::ReportOnWay& m) const { return about(core::ReportOnWay{{m.call}}); }
    Result operator()(const protocol::ArriveCall& m) const { return about(core::ArriveCall{{m.call}}); }
    Result operator()(const protocol::LookIn& m) const { return about(core::LookIn{{m.call}}); }
    Result operator()(const protocol::AskHelper& m) const { return about(core::AskHelper{{m.call}}); }
    Result operator()(const protocol::ConfirmSupport& m) const { return about(core::ConfirmSupport{{m.call}}); }
    Result operator()(const protocol::SettleCall& m) const { return about(core::SettleCall{{m.call}}); }
    Result operator()(const protocol::MoveCall& m) const { return about(core::MoveCall{{m.call}, {m.place}}); }
    Result operator()(const protocol::HandOverCall& m) const { return about(core::HandOverCall{{m.call}, {m.to}}); }
    Result operator()(const protocol::CloseCall& m) const {
        core::CloseCall intent{{m.call}, {}, {}};
        for (const std::uint64_t line : m.helped) {
            if (line > 2) return protocol::Error::out_of_range;  // what helps has three lines
            intent.helped.push_back(static_cast<std::uint32_t>(line));
        }
        for (const protocol::Need need : m.needs)
            intent.needs.push_back(core_need(need));
        return about(std::move(intent));
    }
    Result operator()(const protocol::SignOut&) const { return about(core::SignOut{}); }
    Result operator()(const protocol::Lock&) const { return about(core::Lock{}); }
    Result operator()(const protocol::ProveHandset& m) const { return about(core::ProveHandset{m.heard, m.vibrated}); }
    Result operator()(const protocol::SetAvailability& m) const {
        using protocol::AvailabilityState;
        switch (m.state) {
            case AvailabilityState::free:
                return about(core::SetAvailability{core::Declared::free, 0});
            case AvailabilityState::with_child:
                return about(core::SetAvailability{core::Declared::with_child, 0});
            case AvailabilityState::on_break:
                return about(core::SetAvailability{core::Declared::on_break, m.until.value_or(0)});
            default:
                return protocol::Error::bad_availability;
        }
    }
    Result operator()(const protocol::NameSwap& m) const { return about(core::NameSwap{m.gap, {m.person}, m.until.value_or(0)}); }
    Result operator()(const protocol::EndSupply& m) const { return about(core::EndSupply{{m.person}}); }
    Result operator()(const protocol::RenameDevice& m) const {
        if (!unfit_to_show(m.label).empty()) return protocol::Error::out_of_range;
        return about(core::RenameDevice{{m.device}, m.label});
    }
    Result operator()(const protocol::RevokeDevice& m) const { return about(core::RevokeDevice{{m.device}}); }
    Result operator()(const protocol::ApproveEnrolment& m) const { return about(core::ApproveEnrolment{{m.device}}); }
    Result operator()(const protocol::RefuseEnrolment& m) const { return about(core::RefuseEnrolment{{m.device}}); }
    Result operator()(const protocol::ResetAccount& m) const { return about(core::ResetAccount{{m.person}}); }
    Result operator()(const protocol::EndLeaderSessions& m) const { return about(core::EndLeaderSessions{{m.person}}); }
    Result operator()(const protocol::SignOutLeader&) const { return about(core::SignOutLeader{}); }
    Result operator()(const protocol::AskTalk& m) const {
        return about(core::AskTalk{digest_of_code(m.card), {m.adult.value_or("")}, static_cast<core::TalkSymbol>(static_cast<int>(m.symbol)),
                                   static_cast<core::TalkWhen>(static_cast<int>(m.when)), m.someone_else});
    }
    Result operator()(const protocol::AgreeTalk& m) const { return about(core::AgreeTalk{digest_of_code(m.card)}); }
    Result operator()(const protocol::AskSomeoneElse& m) const { return about(core::AskSomeoneElse{digest_of_code(m.card)}); }
    Result operator()(const protocol::TakeBackTalk& m) const { return about(core::TakeBackTalk{digest_of_code(m.card)}); }
    Result operator()(const protocol::RateTalk& m) const {
        return about(core::RateTalk{digest_of_code(m.card), static_cast<core::TalkFeedback>(static_cast<int>(m.feedback))});
    }
    Result operator()(const protocol::ReportTalkShown& m) const { return about(core::ReportTalkShown{{m.talk}}); }
    Result operator()(const protocol::OfferTalk& m) const { return about(core::OfferTalk{{m.talk}, m.at, {m.place}}); }
    Result operator()(const protocol::MeetTalk& m) const { return about(core::MeetTalk{{m.talk}}); }
    Result operator()(const protocol::PassTalk& m) const { return about(core::PassTalk{{m.talk}}); }
    Result operator()(const protocol::HandTalkToDsl& m) const { return about(core::HandTalkToDsl{{m.talk}}); }
    Result operator()(const protocol::TakeTalkPointer& m) const { return about(core::TakeTalkPointer{{m.talk}}); }
    Result operator()(const protocol::KeepSession&) const { return about(core::KeepSession{}); }
    // Calm spaces and visits.
    Result operator()(const protocol::OpenSpace& m) const {
        if (kind == core::DeviceKind::handset ? m.person.has_value() : m.place.has_value()) return protocol::Error::out_of_range;
        return about(core::OpenSpace{{m.place.value_or("")}, {m.person.value_or("")}});
    }
    Result operator()(const protocol::LeaveSpace& m) const {
        if (kind == core::DeviceKind::handset ? m.person.has_value() : m.place.has_value()) return protocol::Error::out_of_range;
        return about(core::LeaveSpace{{m.place.value_or("")}, {m.person.value_or("")}});
    }
    Result operator()(const protocol::SetSpaceUse& m) const {
        return about(core::SetSpaceUse{m.out_of_use, static_cast<core::OutOfUse>(static_cast<int>(m.reason))});
    }
    Result operator()(const protocol::AskVisit& m) const { return about(core::AskVisit{{m.space.value_or("")}, {m.child}}); }
    Result operator()(const protocol::OfferVisit& m) const {
        if (kind == core::DeviceKind::room && m.from) return protocol::Error::out_of_range;
        return about(core::OfferVisit{{m.space.value_or("")}, {m.from.value_or("")}, {m.child.value_or("")}});
    }
    Result operator()(const protocol::ChooseVisit& m) const { return about(core::ChooseVisit{{m.visit}, core_company(m.company)}); }
    Result operator()(const protocol::DeclineVisit& m) const { return about(core::DeclineVisit{{m.visit}}); }
    Result operator()(const protocol::ArriveVisit& m) const { return about(core::ArriveVisit{{m.visit}, m.can_leave}); }
    Result operator()(const protocol::ReviewVisit& m) const { return about(core::ReviewVisit{{m.visit}, m.can_leave}); }
    Result operator()(const protocol::ReadyVisit& m) const {
        return about(core::ReadyVisit{{m.visit}, static_cast<core::WelcomeWord>(static_cast<int>(m.say))});
    }
    Result operator()(const protocol::ReturnVisit& m) const { return about(core::ReturnVisit{{m.visit}, core_company(m.company)}); }
    Result operator()(const protocol::WelcomeBack& m) const { return about(core::WelcomeBack{{m.visit}}); }
    // The school day.
    Result operator()(const protocol::GreetChild& m) const { return about(core::GreetChild{{m.child}, m.undo}); }
    Result operator()(const protocol::MarkNotIn& m) const { return about(core::MarkNotIn{{m.child}}); }
    Result operator()(const protocol::TakeDoor&) const { return about(core::TakeDoor{}); }
    Result operator()(const protocol::LeaveDoor&) const { return about(core::LeaveDoor{}); }
    Result operator()(const protocol::KeepCheckin& m) const { return about(core::KeepCheckin{{m.checkin}}); }
    Result operator()(const protocol::MoveCheckin& m) const { return about(core::MoveCheckin{{m.checkin}, m.at}); }
    Result operator()(const protocol::PassCheckin& m) const { return about(core::PassCheckin{{m.checkin}}); }
    Result operator()(const protocol::EndCheckin& m) const {
        return about(core::EndCheckin{{m.checkin}, static_cast<core::CheckinEnd>(static_cast<int>(m.why))});
    }
    Result operator()(const protocol::EndLeftVisit& m) const { return about(core::EndLeftVisit{{m.visit}}); }
    // What is owed after a call.
    Result operator()(const protocol::OpenFollowup& m) const { return about(core::OpenFollowup{{m.call}, same_number<core::FollowupKind>(m.kind)}); }
    Result operator()(const protocol::ScheduleFollowup& m) const { return about(core::ScheduleFollowup{{m.followup}, m.at}); }
    Result operator()(const protocol::KeepFollowup& m) const {
        return about(core::KeepFollowup{{m.followup}, same_number<core::Mended>(m.conflict), same_number<core::Mended>(m.harm), same_number<core::Changes>(m.change),
                                        same_number<core::Channel>(m.channel)});
    }
    Result operator()(const protocol::NotReadyYet& m) const { return about(core::NotReadyYet{{m.followup}, same_number<core::NotReadyWho>(m.who), m.ask_at}); }
    Result operator()(const protocol::DeclineFollowup& m) const { return about(core::DeclineFollowup{{m.followup}, same_number<core::Alternative>(m.alternative)}); }
    Result operator()(const protocol::NotNeeded& m) const { return about(core::NotNeeded{{m.followup}, same_number<core::NotNeededWhy>(m.why)}); }
    Result operator()(const protocol::PassFollowup& m) const { return about(core::PassFollowup{{m.followup}, {m.to.value_or("")}}); }
    // Readiness and drills.
    Result operator()(const protocol::ConfirmTest& m) const { return about(core::ConfirmTest{{m.call}}); }
    Result operator()(const protocol::TestStation&) const { return about(core::TestStation{}); }
    Result operator()(const protocol::ConfirmStation& m) const { return about(core::ConfirmStation{m.heard}); }
    Result operator()(const protocol::NameRunner& m) const { return about(core::NameRunner{{m.device}, {m.person}}); }
    Result operator()(const protocol::GoLook& m) const { return about(core::GoLook{{m.device}}); }
    Result operator()(const protocol::ExcuseDevice& m) const {
        return about(core::ExcuseDevice{{m.device}, static_cast<core::Excuse>(static_cast<int>(m.why))});
    }
    Result operator()(const protocol::StartSiteDrill&) const { return about(core::StartSiteDrill{}); }
    Result operator()(const protocol::EndSiteDrill&) const { return about(core::EndSiteDrill{}); }
};

}  // namespace

Result intent_of(const protocol::AnyMessage& message, core::DeviceKind kind) {
    return visit(ToIntent{kind}, message);
}

protocol::Error error_of(core::Refusal why) {
    using core::Refusal;
    using protocol::Error;
    switch (why) {
        case Refusal::NotYours:
            return Error::not_yours;
        case Refusal::CodeNotValid:
            return Error::code_not_valid;
        case Refusal::UnknownDevice:
            return Error::unknown_device;
        case Refusal::NoSuchCall:
            return Error::no_such_call;
        case Refusal::AlreadyOwned:
            return Error::already_owned;
        case Refusal::NotOffered:
            return Error::not_offered;
        case Refusal::NotOwner:
            return Error::not_owner;
        case Refusal::NotAtTheDoor:
            return Error::not_at_the_door;
        case Refusal::NotSettledYet:
            return Error::not_settled_yet;
        case Refusal::WrongMoment:
            return Error::wrong_moment;
        case Refusal::ChildAlreadyChosen:
            return Error::child_already_chosen;
        case Refusal::NoSuchPlace:
            return Error::no_such_place;
        case Refusal::NoSuchPerson:
            return Error::no_such_person;
        case Refusal::NoSuchChild:
            return Error::no_such_child;
        case Refusal::NotWithdrawing:
            return Error::not_withdrawing;
        case Refusal::NobodySignedIn:
            return Error::nobody_signed_in;
        case Refusal::WrongPin:
            return Error::wrong_pin;
        case Refusal::PinWait:
            return Error::pin_wait;
        case Refusal::PinNotAllowed:
            return Error::pin_not_allowed;
        case Refusal::PinFormat:
            return Error::pin_format;
        case Refusal::BadAvailability:
            return Error::bad_availability;
        case Refusal::NoSuchDevice:
            return Error::no_such_device;
        case Refusal::NotSignedIn:
            return Error::not_signed_in;
        case Refusal::NotYourRole:
            return Error::not_your_role;
        case Refusal::SignInWrong:
            return Error::sign_in_wrong;
        case Refusal::SignInWait:
            return Error::sign_in_wait;
        case Refusal::MayNotLead:
            return Error::may_not_lead;
        case Refusal::AccountExists:
            return Error::account_exists;
        case Refusal::NoAccount:
            return Error::no_account;
        case Refusal::SecondPersonNeeded:
            return Error::second_person_needed;
        case Refusal::NobodyToApprove:
            return Error::nobody_to_approve;
        case Refusal::NotWaiting:
            return Error::not_waiting;
        case Refusal::NoSuchVisit:
            return Error::no_such_visit;
        case Refusal::SpaceNotOpen:
            return Error::space_not_open;
        case Refusal::SpaceFull:
            return Error::space_full;
        case Refusal::VisitOpen:
            return Error::visit_open;
        case Refusal::CardNotKnown:
            return Error::card_not_known;
        case Refusal::AlreadyAsked:
            return Error::already_asked;
        case Refusal::NoSuchTalk:
            return Error::no_such_talk;
        case Refusal::TalkTime:
            return Error::talk_time;
        case Refusal::NoSuchGap:
            return Error::no_such_gap;
        case Refusal::SwapCannotCome:
            return Error::swap_cannot_come;
        case Refusal::SupplyRole:
            return Error::supply_role;
        case Refusal::ShortNameTaken:
            return Error::short_name_taken;
        case Refusal::SuppliesFull:
            return Error::supplies_full;
        case Refusal::NoSuchSupply:
            return Error::no_such_supply;
        case Refusal::SupplyWithChild:
            return Error::supply_with_child;
        case Refusal::NoSchoolDay:
            return Error::no_school_day;
        case Refusal::NotYoursToday:
            return Error::not_yours_today;
        case Refusal::NoSuchCheckin:
            return Error::no_such_checkin;
        case Refusal::CheckinTime:
            return Error::checkin_time;
        case Refusal::DrillWaits:
            return Error::drill_waits;
        case Refusal::NotListed:
            return Error::not_listed;
        case Refusal::NoDrill:
            return Error::no_drill;
        case Refusal::NobodyToPractise:
            return Error::nobody_to_practise;
        case Refusal::TestNotHeard:
            return Error::test_not_heard;
        case Refusal::NoSuchFollowup:
            return Error::no_such_followup;
        case Refusal::FollowupTime:
            return Error::followup_time;
        case Refusal::OutOfRange:
            break;
    }
    return Error::out_of_range;
}

protocol::Error error_of(Engine::Admission admission) {
    switch (admission) {
        case Engine::Admission::shutting_down:
            return protocol::Error::shutting_down;
        case Engine::Admission::too_many_waiting:
            return protocol::Error::too_many_waiting;
        default:
            return protocol::Error::journal_unavailable;
    }
}

protocol::Rejected rejected(protocol::Error error, core::Ms retry_ms) {
    protocol::Rejected message{protocol::number(error), std::string(to_string(error)), std::string(sentence(error)),
                               std::nullopt};
    if (retry_ms > 0) message.retry_ms = static_cast<std::uint64_t>(retry_ms);
    return message;
}

}  // namespace attune::app
