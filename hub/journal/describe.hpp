// The core's types, described for the generic binding: which fields are stored, under which names, and how the
// alternatives of an enum are spelled. It stands here because the core includes the standard library alone.
//
// Names are what files on disk hold: never rename one and never give an old name a new meaning. A new field needs a
// default that is right for events stored before it. event_codec.cpp refuses to compile while a field is missing here.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "hub/core/state.hpp"

namespace attune::core {

/// A field that a stored event does not have keeps its default: the event is older than the field.
template <class T>
constexpr bool pack_absent_is_default(const T*) {
    return true;
}

BOOST_DESCRIBE_ENUM(Role, teacher, responder, calm_space, duty_lead, office, dsl, senco, head, admin)
BOOST_DESCRIBE_ENUM(PlaceKind, room, calm_space, office, hall, outside, corridor)
BOOST_DESCRIBE_ENUM(Group, named_adult, alternates, nearest, responders, calm_space, duty_lead, everyone, station)
BOOST_DESCRIBE_ENUM(DeviceKind, room, handset, station, board)
BOOST_DESCRIBE_ENUM(Health, never_seen, healthy, degraded, silent, revoked)
BOOST_DESCRIBE_ENUM(Fault, hidden, sound_locked, screen_may_sleep, battery_low, not_proven, no_button)
BOOST_DESCRIBE_ENUM(Declared, free, with_child, on_break, recovering)
BOOST_DESCRIBE_ENUM(Availability, signed_out, free, with_child, on_break, recovering, unreachable, teaching, absent)
BOOST_DESCRIBE_ENUM(Rung, received, ringing, not_delivered, coming, here, settled, closed, withdrawn)
BOOST_DESCRIBE_ENUM(Outcome, none, settled, moved, handed_over)
BOOST_DESCRIBE_ENUM(Note, medical, two_adults, has_left_room)
BOOST_DESCRIBE_ENUM(Need, too_loud, too_hard, hungry_or_tired, worried, friendship, change_of_plan, not_heard, unwell,
    not_sure)
BOOST_DESCRIBE_ENUM(Deadline, ring, accept, arrive, resound, support)
BOOST_DESCRIBE_ENUM(Reopened, handset_silent, handset_revoked, owner_signed_out, owner_declined)
BOOST_DESCRIBE_ENUM(Evidence, responder_tap, raiser_tap)
BOOST_DESCRIBE_ENUM(Withdrawal, room_confirmed, looked_in, drill_gave_way)
BOOST_DESCRIBE_ENUM(Approval, unasked, waiting, given, alone)
BOOST_DESCRIBE_ENUM(SessionEnd, signed_out, idle, too_old, ended_for_them, role_lost, replaced, account_closed)
BOOST_DESCRIBE_ENUM(Sensitivity, s0, s1, s2, s3)

BOOST_DESCRIBE_STRUCT(PersonId, (), (value))
BOOST_DESCRIBE_STRUCT(PlaceId, (), (value))
BOOST_DESCRIBE_STRUCT(ChildId, (), (value))
BOOST_DESCRIBE_STRUCT(DeviceId, (), (value))
BOOST_DESCRIBE_STRUCT(CallId, (), (value))
BOOST_DESCRIBE_STRUCT(Person, (), (id, name, short_name, roles, base))
BOOST_DESCRIBE_STRUCT(Place, (), (id, name, kind, zone, route_hint, extension))
BOOST_DESCRIBE_STRUCT(ChildPlan, (), (id, initials, places, adults, helps, about, interruptible))
BOOST_DESCRIBE_STRUCT(Tier, (), (who, accept_ms))
BOOST_DESCRIBE_STRUCT(LevelPolicy, (), (tiers, arrive_ms))
BOOST_DESCRIBE_STRUCT(Policy, (), (version, levels, ring_ms, ring_again_ms, not_delivered_ms, resound_ms, same_press_ms,
    support_check_ms, recover_ms, break_max_ms))
BOOST_DESCRIBE_STRUCT(Site, (), (name, help, example))
BOOST_DESCRIBE_STRUCT(Directory, (), (site, policy, people, places, children))
BOOST_DESCRIBE_STRUCT(Device, (), (id, kind, label, place, for_person, credential, health, health_since, faults,
    signed_in, session, locked, proven, pin_until, pin_failures, pin_retry_at, sign_in_seq, approval, waiting_until, made_by, approved_by, corridor))
BOOST_DESCRIBE_STRUCT(Enrolment, (), (kind, place, person, expires_at, device, made_by, corridor))
BOOST_DESCRIBE_STRUCT(Account, (), (password, totp, totp_step, recovery))
BOOST_DESCRIBE_STRUCT(Invitation, (), (person, by, expires_at))
BOOST_DESCRIBE_STRUCT(LeaderSession, (), (person, kept_at, idle_due, ends_at))
BOOST_DESCRIBE_STRUCT(Tries, (), (failures, last_at, retry_at))
BOOST_DESCRIBE_STRUCT(Duty, (), (device, declared, until, since, calls_owned, pin, pin_failures, pin_retry_at, carried, carried_at))
BOOST_DESCRIBE_STRUCT(Offer, (), (tier, alerted, declined))
BOOST_DESCRIBE_STRUCT(Call, (), (id, place, raised_by, raised_by_person, level, drill, raised_at, last_press_at,
    policy_version, policy, child, notes, tier, offers, station_called, alerted, undelivered, quiet_since, sounds,
    owner, owner_device, owner_late, on_way, helpers, helper_wanted, withdraw_asked, support_check_due, arrived,
    outcome, moved_to, rung, rung_at, due))
BOOST_DESCRIBE_STRUCT(SiteSet, (), (site))
BOOST_DESCRIBE_STRUCT(PolicySet, (), (policy))
BOOST_DESCRIBE_STRUCT(PersonSet, (), (person))
BOOST_DESCRIBE_STRUCT(PersonRemoved, (), (person))
BOOST_DESCRIBE_STRUCT(PlaceSet, (), (place))
BOOST_DESCRIBE_STRUCT(PlaceRemoved, (), (place))
BOOST_DESCRIBE_STRUCT(ChildSet, (), (child))
BOOST_DESCRIBE_STRUCT(ChildRemoved, (), (child))
BOOST_DESCRIBE_STRUCT(HubStarted, (), (version))
BOOST_DESCRIBE_STRUCT(EnrolmentOffered, (), (code, enrolment))
BOOST_DESCRIBE_STRUCT(DeviceEnrolled, (), (code, device))
BOOST_DESCRIBE_STRUCT(DeviceRenamed, (), (device, label))
BOOST_DESCRIBE_STRUCT(DeviceRevoked, (), (device))
BOOST_DESCRIBE_STRUCT(DeviceHealthChanged, (), (device, health, faults))
BOOST_DESCRIBE_STRUCT(PinSet, (), (person, pin))
BOOST_DESCRIBE_STRUCT(PinFailed, (), (person, device, failures, retry_at, device_failures, device_retry_at))
BOOST_DESCRIBE_STRUCT(SignedIn, (), (person, device, session))
BOOST_DESCRIBE_STRUCT(SignedOut, (), (person, device))
BOOST_DESCRIBE_STRUCT(HandsetLocked, (), (device))
BOOST_DESCRIBE_STRUCT(HandsetProven, (), (device, person, heard, vibrated))
BOOST_DESCRIBE_STRUCT(AvailabilityDeclared, (), (person, declared, until))
BOOST_DESCRIBE_STRUCT(AvailabilityLapsed, (), (person, late_by))
BOOST_DESCRIBE_STRUCT(DeviceApproved, (), (device, by, pin_until))
BOOST_DESCRIBE_STRUCT(DeviceRefused, (), (device, by))
BOOST_DESCRIBE_STRUCT(EnrolmentLapsed, (), (device, late_by))
BOOST_DESCRIBE_STRUCT(LeaderInvited, (), (code, invitation))
BOOST_DESCRIBE_STRUCT(AccountOpened, (), (code, person, account))
BOOST_DESCRIBE_STRUCT(AccountClosed, (), (person))
BOOST_DESCRIBE_STRUCT(LeaderSignedIn, (), (person, who, session, totp_step, recovery, idle_due, ends_at))
BOOST_DESCRIBE_STRUCT(LeaderSignInFailed, (), (who, from, person, failures, retry_at, from_failures, from_retry_at))
BOOST_DESCRIBE_STRUCT(LeaderKept, (), (session, idle_due))
BOOST_DESCRIBE_STRUCT(LeaderSessionEnded, (), (person, session, why, late_by))
BOOST_DESCRIBE_STRUCT(CallRaised, (), (place, device, person, level, drill, pressed_at, policy_version, resound_due))
BOOST_DESCRIBE_STRUCT(LevelRaised, (), (call, level))
BOOST_DESCRIBE_STRUCT(PressRepeated, (), (call, level))
BOOST_DESCRIBE_STRUCT(ChildChosen, (), (call, child))
BOOST_DESCRIBE_STRUCT(NoteAdded, (), (call, note))
BOOST_DESCRIBE_STRUCT(CallOffered, (), (call, tier, to, ring_due, accept_due, resound_due))
BOOST_DESCRIBE_STRUCT(StationCalled, (), (call, tier, ring_due, resound_due))
BOOST_DESCRIBE_STRUCT(CallAlerted, (), (call, device, person))
BOOST_DESCRIBE_STRUCT(CallDeclined, (), (call, person))
BOOST_DESCRIBE_STRUCT(RingOverdue, (), (call, tier, late_by, ring_due))
BOOST_DESCRIBE_STRUCT(TierOverdue, (), (call, tier, late_by))
BOOST_DESCRIBE_STRUCT(CallUndelivered, (), (call))
BOOST_DESCRIBE_STRUCT(CallAccepted, (), (call, person, device, on_way, arrive_due))
BOOST_DESCRIBE_STRUCT(OwnerOnWay, (), (call))
BOOST_DESCRIBE_STRUCT(HelperAsked, (), (call, person))
BOOST_DESCRIBE_STRUCT(HelperJoined, (), (call, person))
BOOST_DESCRIBE_STRUCT(CallReopened, (), (call, person, why, resound_due))
BOOST_DESCRIBE_STRUCT(ArrivalOverdue, (), (call, late_by))
BOOST_DESCRIBE_STRUCT(CallArrived, (), (call, person, evidence, support_due))
BOOST_DESCRIBE_STRUCT(SupportCheckDue, (), (call, late_by, support_due))
BOOST_DESCRIBE_STRUCT(SupportConfirmed, (), (call, person, support_due))
BOOST_DESCRIBE_STRUCT(CallSettled, (), (call))
BOOST_DESCRIBE_STRUCT(CallMoved, (), (call, place))
BOOST_DESCRIBE_STRUCT(CallHandedOver, (), (call, to))
BOOST_DESCRIBE_STRUCT(CallClosed, (), (call, person, helped, needs, freed))
BOOST_DESCRIBE_STRUCT(WithdrawAsked, (), (call))
BOOST_DESCRIBE_STRUCT(WithdrawCancelled, (), (call))
BOOST_DESCRIBE_STRUCT(CallWithdrawn, (), (call, how, person, freed))
BOOST_DESCRIBE_STRUCT(CallSoundedAgain, (), (call, late_by, resound_due))
BOOST_DESCRIBE_ENUM(SlotKind, here, teaching, on_break, absent)
BOOST_DESCRIBE_ENUM(GapEnd, adult, swap, plan_gone, day_over)
BOOST_DESCRIBE_STRUCT(Slot, (), (from, to, kind, place))
BOOST_DESCRIBE_STRUCT(SchoolDay, (), (from, sign_in_by, to))
BOOST_DESCRIBE_STRUCT(CoverageGap, (), (id, from, opened_at))
BOOST_DESCRIBE_STRUCT(Swap, (), (person, by, until))
BOOST_DESCRIBE_STRUCT(ImportFault, (), (file, line, what, at))
BOOST_DESCRIBE_STRUCT(Rota, (), (slots, days, imported_at, fault, rung_at, bell_due, now, today, gaps, swaps, children_of))
BOOST_DESCRIBE_STRUCT(TimetableSet, (), (person, slots))
BOOST_DESCRIBE_STRUCT(SchoolDaysSet, (), (days))
BOOST_DESCRIBE_STRUCT(TimetableImported, (), (bell_due))
BOOST_DESCRIBE_STRUCT(TimetableImportFailed, (), (file, line, what))
BOOST_DESCRIBE_STRUCT(BellRang, (), (late_by, bell_due))
BOOST_DESCRIBE_STRUCT(CoverageGapOpened, (), (child, from))
BOOST_DESCRIBE_STRUCT(CoverageGapClosed, (), (child, gap, how, by))
BOOST_DESCRIBE_STRUCT(SwapNamed, (), (child, person, by, until))
BOOST_DESCRIBE_STRUCT(State, (), (last_seq, last_at, directory, devices, credentials, rooms_at, stations, enrolments,
    duties, calls, call_at, deadlines, lapses, waits, accounts, invitations, leader_sessions, session_ends, tries, rota))

}  // namespace attune::core
