// What every decision starts with: who speaks, and whether they may.
#pragma once

#include <variant>
#include <vector>

#include "hub/core/call_rules.hpp"
#include "hub/core/command.hpp"
#include "hub/core/leader_rules.hpp"
#include "hub/core/rejection.hpp"

namespace attune::core {

using Facts = std::vector<Fact>;
using Decision = std::variant<Facts, Rejection>;

/// How long a fresh handset may choose its person's PIN, from when it is let in.
inline constexpr Ms pin_window_ms = 600'000;

inline Decision refuse(Refusal why, Ms retry_ms = 0) { return Rejection{why, retry_ms}; }

template <class... Fact>
Decision facts(Fact&&... fact) {
    Facts list;
    (list.emplace_back(std::forward<Fact>(fact)), ...);
    return list;
}

/// The device that speaks, if a device does, and it is let in and not revoked.
inline const Device* speaker(const State& state, const Command& command) {
    if (command.by.kind != Principal::Kind::device) return nullptr;
    const auto device = state.devices.find(command.by.device);
    return device == state.devices.end() || !is_in(device->second) ? nullptr : &device->second;
}

inline const Device* speaking(const State& state, const Command& command, DeviceKind kind) {
    const Device* device = speaker(state, command);
    return device != nullptr && device->kind == kind ? device : nullptr;
}

inline bool has_role(const State& state, const PersonId& person, Role role) {
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && has_role(found->second, role);
}

Decision decide_import(const State& state, const ImportDirectory& intent);
Decision decide_tick(const State& state, const Command& command);

Decision decide_on(const State& state, const Command& command, const MakeEnrolmentCode& intent);
Decision decide_on(const State& state, const Command& command, const EnrolDevice& intent);
Decision decide_on(const State& state, const Command& command, const RenameDevice& intent);
Decision decide_on(const State& state, const Command& command, const RevokeDevice& intent);
Decision decide_on(const State& state, const Command& command, const ApproveEnrolment& intent);
Decision decide_on(const State& state, const Command& command, const RefuseEnrolment& intent);
Decision decide_on(const State& state, const Command& command, const InviteLeader& intent);
Decision decide_on(const State& state, const Command& command, const OpenAccount& intent);
Decision decide_on(const State& state, const Command& command, const ResetAccount& intent);
Decision decide_on(const State& state, const Command& command, const SignInLeader& intent);
Decision decide_on(const State& state, const Command& command, const SignOutLeader& intent);
Decision decide_on(const State& state, const Command& command, const EndLeaderSessions& intent);
Decision decide_on(const State& state, const Command& command, const KeepSession& intent);
Decision decide_on(const State& state, const Command& command, const ReportHealth& intent);
Decision decide_on(const State& state, const Command& command, const SetPin& intent);
Decision decide_on(const State& state, const Command& command, const SignIn& intent);
Decision decide_on(const State& state, const Command& command, const SignOut& intent);
Decision decide_on(const State& state, const Command& command, const Lock& intent);
Decision decide_on(const State& state, const Command& command, const ProveHandset& intent);
Decision decide_on(const State& state, const Command& command, const SetAvailability& intent);

Decision decide_on(const State& state, const Command& command, const ImportTimetable& intent);
Decision decide_on(const State& state, const Command& command, const NoteTimetableFault& intent);
Decision decide_on(const State& state, const Command& command, const NameSwap& intent);

Decision decide_on(const State& state, const Command& command, const RaiseCall& intent);
Decision decide_on(const State& state, const Command& command, const ChooseChild& intent);
Decision decide_on(const State& state, const Command& command, const AddNote& intent);
Decision decide_on(const State& state, const Command& command, const WithdrawCall& intent);
Decision decide_on(const State& state, const Command& command, const ConfirmWithdraw& intent);
Decision decide_on(const State& state, const Command& command, const KeepCall& intent);
Decision decide_on(const State& state, const Command& command, const ReportRinging& intent);
Decision decide_on(const State& state, const Command& command, const AcceptCall& intent);
Decision decide_on(const State& state, const Command& command, const DeclineCall& intent);
Decision decide_on(const State& state, const Command& command, const ReportOnWay& intent);
Decision decide_on(const State& state, const Command& command, const ArriveCall& intent);
Decision decide_on(const State& state, const Command& command, const LookIn& intent);
Decision decide_on(const State& state, const Command& command, const AskHelper& intent);
Decision decide_on(const State& state, const Command& command, const ConfirmSupport& intent);
Decision decide_on(const State& state, const Command& command, const SettleCall& intent);
Decision decide_on(const State& state, const Command& command, const MoveCall& intent);
Decision decide_on(const State& state, const Command& command, const HandOverCall& intent);
Decision decide_on(const State& state, const Command& command, const CloseCall& intent);

Decision decide_on(const State& state, const Command& command, const OpenSpace& intent);
Decision decide_on(const State& state, const Command& command, const LeaveSpace& intent);
Decision decide_on(const State& state, const Command& command, const SetSpaceUse& intent);
Decision decide_on(const State& state, const Command& command, const AskVisit& intent);
Decision decide_on(const State& state, const Command& command, const OfferVisit& intent);
Decision decide_on(const State& state, const Command& command, const ChooseVisit& intent);
Decision decide_on(const State& state, const Command& command, const DeclineVisit& intent);
Decision decide_on(const State& state, const Command& command, const ArriveVisit& intent);
Decision decide_on(const State& state, const Command& command, const ReviewVisit& intent);
Decision decide_on(const State& state, const Command& command, const ReadyVisit& intent);
Decision decide_on(const State& state, const Command& command, const ReturnVisit& intent);
Decision decide_on(const State& state, const Command& command, const WelcomeBack& intent);
/// What is due first among visits, spaces and records, once its instant has come.
Facts care_overdue(const State& state, Ms late_by, Ms now);

Decision decide_on(const State& state, const Command& command, const IssueCard& intent);
Decision decide_on(const State& state, const Command& command, const AskTalk& intent);
Decision decide_on(const State& state, const Command& command, const AgreeTalk& intent);
Decision decide_on(const State& state, const Command& command, const AskSomeoneElse& intent);
Decision decide_on(const State& state, const Command& command, const TakeBackTalk& intent);
Decision decide_on(const State& state, const Command& command, const RateTalk& intent);
Decision decide_on(const State& state, const Command& command, const ReportTalkShown& intent);
Decision decide_on(const State& state, const Command& command, const OfferTalk& intent);
Decision decide_on(const State& state, const Command& command, const MeetTalk& intent);
Decision decide_on(const State& state, const Command& command, const PassTalk& intent);
Decision decide_on(const State& state, const Command& command, const HandTalkToDsl& intent);
Decision decide_on(const State& state, const Command& command, const TakeTalkPointer& intent);

/// The unlocked handset that speaks, and on which somebody is signed in; null when it is none.
const Device* own_handset(const State& state, const Command& command);
/// A duty lead on their unlocked handset, or a leader who may know of children.
bool may_arrange_cover(const State& state, const Command& command);
/// The leader, or whoever is signed in on the handset; empty: neither.
PersonId who_speaks(const State& state, const Command& command);
Decision decide_on(const State& state, const Command& command, const AddSupply& intent);
Decision decide_on(const State& state, const Command& command, const EndSupply& intent);
/// Whoever's day is over, once its instant has come.
Facts supply_overdue(const State& state, Ms late_by, Ms now);

Decision decide_on(const State& state, const Command& command, const GreetChild& intent);
Decision decide_on(const State& state, const Command& command, const MarkNotIn& intent);
Decision decide_on(const State& state, const Command& command, const TakeDoor& intent);
Decision decide_on(const State& state, const Command& command, const LeaveDoor& intent);
Decision decide_on(const State& state, const Command& command, const KeepCheckin& intent);
Decision decide_on(const State& state, const Command& command, const MoveCheckin& intent);
Decision decide_on(const State& state, const Command& command, const PassCheckin& intent);
Decision decide_on(const State& state, const Command& command, const EndCheckin& intent);
Decision decide_on(const State& state, const Command& command, const WriteNote& intent);
Decision decide_on(const State& state, const Command& command, const EndLeftVisit& intent);

Decision decide_on(const State& state, const Command& command, const OpenFollowup& intent);
Decision decide_on(const State& state, const Command& command, const ScheduleFollowup& intent);
Decision decide_on(const State& state, const Command& command, const KeepFollowup& intent);
Decision decide_on(const State& state, const Command& command, const NotReadyYet& intent);
Decision decide_on(const State& state, const Command& command, const DeclineFollowup& intent);
Decision decide_on(const State& state, const Command& command, const NotNeeded& intent);
Decision decide_on(const State& state, const Command& command, const PassFollowup& intent);

/// Of which kind this press is; none: a real one.
Practice practice_of(const RaiseCall& intent);
/// The same press as a drill, or why nobody may practise now.
std::variant<CallRaised, Rejection> practise(const State& state, const Command& command, const RaiseCall& intent, const Device& device, CallRaised raised);
Decision decide_on(const State& state, const Command& command, const BeginReadyDay& intent);
Decision decide_on(const State& state, const Command& command, const ConfirmTest& intent);
Decision decide_on(const State& state, const Command& command, const TestStation& intent);
Decision decide_on(const State& state, const Command& command, const ConfirmStation& intent);
Decision decide_on(const State& state, const Command& command, const NameRunner& intent);
Decision decide_on(const State& state, const Command& command, const GoLook& intent);
Decision decide_on(const State& state, const Command& command, const ExcuseDevice& intent);
Decision decide_on(const State& state, const Command& command, const StartSiteDrill& intent);
Decision decide_on(const State& state, const Command& command, const EndSiteDrill& intent);

}  // namespace attune::core
