// Deciding about follow-ups: what their owners, the people they are for, and whoever leads may do.
#include "hub/core/decide_rules.hpp"
#include "hub/core/followup_audience.hpp"
#include "hub/core/followup_rules.hpp"

namespace attune::core {

namespace {

/// The follow-up, if whoever speaks may see it. To everyone else it does not exist.
struct FollowupPart {
    const Followup* followup = nullptr;
    FollowupRelation relation = FollowupRelation::none;
    PersonId person;
    Refusal why = Refusal::NoSuchFollowup;

    /// Whose business it is to see that it is kept: not the adult for whom it is, but in a repair both of them.
    bool answers() const { return relation != FollowupRelation::with || is_private(followup->kind); }
};

FollowupPart part_in(const State& state, const Command& command, FollowupId id) {
    const Person* leads = leader(state, command);
    if (leads == nullptr && command.by.kind == Principal::Kind::leader) return {nullptr, FollowupRelation::none, {}, no_leader(command)};
    const auto found = state.followups.find(id);
    if (found == state.followups.end()) return {};
    const Followup& followup = found->second;
    if (leads != nullptr) {
        const FollowupRelation relation = followup_relation(followup, *leads);
        return relation == FollowupRelation::none ? FollowupPart{} : FollowupPart{&followup, relation, leads->id};
    }
    const Device* device = own_handset(state, command);
    if (device == nullptr) return {};
    const FollowupRelation relation = followup_relation(state, followup, device->signed_in);
    return relation == FollowupRelation::none ? FollowupPart{} : FollowupPart{&followup, relation, device->signed_in};
}

bool had_a_part(const AfterCall& call, const PersonId& person) {
    return !person.empty() && (call.owner == person || call.raiser == person || call.helpers.contains(person));
}

/// Somebody asks the same thing a second time.
bool is_open(const State& state, const FollowupOpened& one) {
    return std::ranges::any_of(state.followups, [&](const auto& entry) {
        const Followup& open = entry.second;
        return open.kind == one.kind && open.of_call == one.of_call && open.owner == one.owner && open.with == one.with;
    });
}

/// An adult's own repair, and cover for a repair that is theirs to keep: asked for by themselves alone.
Decision open_own(const State& state, const AfterCall& call, FollowupKind kind, const PersonId& person, Ms now) {
    FollowupOpened opened{kind, call.id, call.child, {}, {}, 0, owed_by(state.rota, kind, now)};
    if (kind == FollowupKind::adult_repair) {
        if (call.child.empty() || !had_a_part(call, person)) return refuse(Refusal::NoSuchCall);
        opened.owner = person;
        opened.with = named_adult(state, call.child, person);
    } else {
        const bool theirs = std::ranges::any_of(state.followups, [&](const auto& entry) {
            const Followup& repair = entry.second;
            return repair.of_call == call.id && repair.owner == person && (repair.kind == FollowupKind::child_repair || repair.kind == FollowupKind::adult_repair);
        });
        if (!theirs) return refuse(Refusal::NoSuchCall);
        opened.with = person;
        opened.child = {};  // who covers need not know for whom
    }
    return is_open(state, opened) ? facts() : facts(std::move(opened));
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const OpenFollowup& intent) {
    const Person* leads = leader(state, command);
    if (leads == nullptr && command.by.kind == Principal::Kind::leader) return refuse(no_leader(command));
    const Device* device = own_handset(state, command);
    const PersonId person = who_speaks(state, command);
    const auto found = state.after_calls.find(intent.of_call);
    if ((leads == nullptr && device == nullptr) || found == state.after_calls.end()) return refuse(Refusal::NoSuchCall);
    const AfterCall& call = found->second;
    if (intent.kind == FollowupKind::adult_repair || intent.kind == FollowupKind::repair_cover) return open_own(state, call, intent.kind, person, command.now);
    if (!may_arrange_cover(state, command)) return refuse(Refusal::NoSuchCall);
    FollowupOpened opened{intent.kind, call.id, call.child, person, {}, 0, owed_by(state.rota, intent.kind, command.now)};
    return is_open(state, opened) ? facts() : facts(std::move(opened));
}

Decision decide_on(const State& state, const Command& command, const ScheduleFollowup& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    if (!part.answers()) return refuse(Refusal::WrongMoment);
    const Followup& followup = *part.followup;
    // A little behind is now: a clock that is a minute off, or two taps that took a while.
    if (intent.at < command.now - 60'000 || intent.at > command.now + followup_ahead_ms_max) return refuse(Refusal::FollowupTime);
    if (followup.step == FollowupStep::scheduled && followup.meet_at == intent.at) return facts();
    if (!has_fixed_clock(followup.kind)) {
        const Ms owed = std::max(intent.at, command.now) + meet_grace_ms;
        return facts(FollowupScheduled{followup.id, part.person, intent.at, owed, owed});
    }
    if (intent.at > std::max(followup.owed_by, command.now + same_day_ms)) return refuse(Refusal::FollowupTime);
    const Ms next = followup.owed_by > command.now ? followup.owed_by : followup.due;
    return facts(FollowupScheduled{followup.id, part.person, intent.at, followup.owed_by, next});
}

Decision decide_on(const State& state, const Command& command, const KeepFollowup& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    if (!part.answers()) return refuse(Refusal::WrongMoment);
    return facts(FollowupKept{part.followup->id, part.person, intent.conflict, intent.harm, intent.change, intent.channel});
}

Decision decide_on(const State& state, const Command& command, const NotReadyYet& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    if (!may_wait(part.followup->kind)) return refuse(Refusal::WrongMoment);
    if (intent.ask_at <= command.now || intent.ask_at > command.now + followup_ahead_ms_max) return refuse(Refusal::FollowupTime);
    if (part.followup->step == FollowupStep::not_ready && part.followup->due == intent.ask_at) return facts();
    return facts(FollowupNotReady{part.followup->id, part.person, intent.who, intent.ask_at});
}

Decision decide_on(const State& state, const Command& command, const DeclineFollowup& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    const Followup& followup = *part.followup;
    if (!may_be_declined(followup.kind)) return refuse(Refusal::WrongMoment);
    if (followup.step == FollowupStep::declined && followup.alternative == intent.alternative)
        return facts(FollowupEnded{followup.id, FollowupEnd::respected, part.person});
    return facts(FollowupDeclined{followup.id, part.person, intent.alternative, command.now + same_day_ms});
}

Decision decide_on(const State& state, const Command& command, const NotNeeded& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    if (!part.answers()) return refuse(Refusal::WrongMoment);
    const Followup& followup = *part.followup;
    if (followup.step == FollowupStep::unneeded) {
        if (followup.unneeded_by == part.person) return facts();  // their own word twice is still one person's
        return facts(FollowupEnded{followup.id, FollowupEnd::not_needed, part.person});
    }
    const Ms next = followup.overdue ? followup.due : std::min(followup.due, command.now + same_day_ms);
    return facts(FollowupUnneeded{followup.id, part.person, intent.why, next});
}

Decision decide_on(const State& state, const Command& command, const PassFollowup& intent) {
    const FollowupPart part = part_in(state, command, intent.followup);
    if (part.followup == nullptr) return refuse(part.why);
    if (!part.answers() || is_private(part.followup->kind)) return refuse(Refusal::WrongMoment);
    if (!intent.to.empty() && !state.directory.people.contains(intent.to)) return refuse(Refusal::NoSuchPerson);
    if (part.followup->owner == intent.to) return facts();
    return facts(FollowupPassed{part.followup->id, part.followup->owner, intent.to, FollowupPass::person_said});
}

Facts followup_overdue(const State& state, const Followup& followup, Ms now) {
    const Ms late_by = now - followup.due;
    if (followup.step == FollowupStep::not_ready) return {FollowupAskedAgain{followup.id, late_by, now + reask_ms}};
    const Ms again = next_telling(state.rota, now);
    if (is_private(followup.kind)) return {FollowupOverdue{followup.id, late_by, again}};  // its two adults are told, and nobody else
    if (followup.overdue) return {FollowupEscalated{followup.id, late_by, again}};
    return {FollowupOverdue{followup.id, late_by, again}, FollowupEscalated{followup.id, late_by, again}};
}

}  // namespace attune::core
