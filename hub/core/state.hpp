// All that the hub knows, as a fold over its events. One owner (the engine), one thread, no locks. Ordered containers
// only, so that a walk over it is the same everywhere. What ended is dropped from here and stays in the journal.
#pragma once

#include <set>
#include <tuple>

#include "hub/core/event.hpp"

namespace attune::core {

struct State {
    std::uint64_t last_seq = 0;
    Ms last_at = 0;
    Directory directory;
    std::map<DeviceId, Device> devices;
    std::map<Digest, DeviceId> credentials;  // of devices that are not revoked
    std::map<PlaceId, std::set<DeviceId>> rooms_at;  // devices that stand for their place, not revoked
    std::set<DeviceId> stations;                     // not revoked
    std::set<PersonId> leads;                        // duty leads of the directory
    std::map<Digest, Enrolment> enrolments;
    std::map<PersonId, Duty> duties;
    std::map<CallId, Call> calls;  // open ones only
    std::map<PlaceId, CallId> call_at;  // the open call of a place
    /// Armed deadlines of calls, soonest first: kept in step with Call::due by apply().
    std::set<std::tuple<Ms, CallId, Deadline>> deadlines;
    /// Ends of breaks and recoveries.
    std::set<std::pair<Ms, PersonId>> lapses;
    /// Ends of the waits for a second person.
    std::set<std::pair<Ms, DeviceId>> waits;

    std::map<PersonId, Account> accounts;
    std::map<Digest, Invitation> invitations;
    std::map<Digest, LeaderSession> leader_sessions;
    /// When each of them ends if nothing happens.
    std::set<std::pair<Ms, Digest>> session_ends;
    std::map<Digest, Tries> tries;

    std::map<PlaceId, CalmSpace> spaces;  // in which something has happened
    std::map<VisitId, Visit> visits;      // open ones only
    std::map<RecordId, Intervention> records;
    /// Armed deadlines of visits and records (by number) and of spaces (by place), soonest first.
    std::set<std::tuple<Ms, CareDue, std::uint64_t, PlaceId>> care_due;

    std::map<Digest, ChildId> cards;  // of children, as they are good now
    std::map<ChildId, Digest> card_of;
    std::map<TalkId, Talk> talks;      // open ones only
    std::map<ChildId, TalkId> talk_of;  // the newest open one of a child
    std::set<std::pair<Ms, TalkId>> talk_dues;
    Rota rota;

    std::map<PersonId, Supply> supplies;  // adults for today; each is one of directory.people, too
    std::set<std::pair<Ms, PersonId>> supply_ends;
    Today today;
    Readiness readiness;
    /// Armed deadlines of the day, its list and the drills; by call for a drill, by device for a look.
    std::set<std::tuple<Ms, ReadyDue, std::uint64_t, DeviceId>> ready_due;
    std::map<CallId, AfterCall> after_calls;  // closed, and something is still owed for them
    std::map<FollowupId, Followup> followups;  // open ones only
    std::set<std::pair<Ms, FollowupId>> followup_dues;
    bool operator==(const State&) const = default;
};

}  // namespace attune::core
