// Deciding about leaders: who may have an account, who may sign in, how long, and who lets a device in.
#include <algorithm>

#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

constexpr Ms invitation_ms = 1'800'000, first_invitation_ms = 86'400'000;
constexpr std::uint32_t free_tries = 5;
constexpr Ms delay_ms = 30'000, delay_ms_max = 900'000;  // after the fifth wrong try, doubling
constexpr Ms tries_forgotten_ms = 86'400'000;
constexpr Digest nothing{};

/// The first administrator is an admin, or else a head: the first by id, so that it is the same one each time.
PersonId first_administrator(const State& state) {
    for (const Role role : {Role::admin, Role::head})
        for (const auto& [id, person] : state.directory.people)
            if (has_role(person, role)) return id;
    return {};
}

std::uint32_t failures_with(const State& state, const Digest& key, Ms now) {
    const auto found = state.tries.find(key);
    if (found == state.tries.end() || found->second.last_at + tries_forgotten_ms <= now) return 1;
    return found->second.failures + 1;
}

LeaderSignedIn begin_session(const SignInLeader& intent, Ms now) {
    return {intent.person, intent.who, intent.session, intent.totp_step, intent.recovery, now + leader_idle_ms, now + leader_session_ms};
}

/// The password was right: are the digits new, or the recovery code unused?
bool proven(const Account& account, const SignInLeader& intent) {
    if (intent.totp_step != 0) return intent.totp_step > account.totp_step;
    return intent.recovery != nothing && account.recovery.contains(intent.recovery);
}

/// One person's browsers are few: the one that has been there the longest makes room.
void make_room(const State& state, const PersonId& person, const Digest& but, Facts& list) {
    const Digest* oldest = nullptr;
    Ms oldest_end = 0;
    std::size_t count = 0;
    for (const auto& [digest, session] : state.leader_sessions) {
        if (session.person != person || digest == but) continue;
        ++count;
        if (oldest != nullptr && session.ends_at >= oldest_end) continue;
        oldest = &digest;
        oldest_end = session.ends_at;
    }
    if (count >= leader_sessions_max) list.emplace_back(LeaderSessionEnded{person, *oldest, SessionEnd::replaced, 0});
}

const Device* waiting(const State& state, const DeviceId& id) {
    const auto device = state.devices.find(id);
    return device == state.devices.end() || device->second.waiting_until == 0 ? nullptr : &device->second;
}

}  // namespace

Ms next_try_at(std::uint32_t failures, Ms now) {
    if (failures < free_tries) return 0;
    Ms delay = delay_ms;
    for (std::uint32_t n = free_tries; n < failures && delay < delay_ms_max; ++n) delay *= 2;
    return now + std::min(delay, delay_ms_max);
}

std::size_t leaders_able(const State& state) {
    return static_cast<std::size_t>(std::ranges::count_if(state.accounts, [&](const auto& entry) {
        const auto person = state.directory.people.find(entry.first);
        return person != state.directory.people.end() && may_lead(person->second);
    }));
}

bool somebody_else_leads(const State& state, const PersonId& person) {
    return std::ranges::any_of(state.accounts, [&](const auto& entry) {
        const auto found = state.directory.people.find(entry.first);
        return entry.first != person && found != state.directory.people.end() && may_lead(found->second);
    });
}

Ms sign_in_wait_until(const State& state, const Digest& who, const Digest& from) {
    Ms until = 0;
    for (const Digest& key : {who, from})
        if (const auto found = state.tries.find(key); found != state.tries.end()) until = std::max(until, found->second.retry_at);
    return until;
}

std::vector<Fact> end_sessions_of(const State& state, const PersonId& person, SessionEnd why) {
    Facts list;
    for (const auto& [digest, session] : state.leader_sessions)
        if (session.person == person) list.emplace_back(LeaderSessionEnded{person, digest, why, 0});
    return list;
}

std::vector<Fact> close_account(const State& state, const PersonId& person, SessionEnd why) {
    Facts list = end_sessions_of(state, person, why);
    const bool invited = std::ranges::any_of(state.invitations, [&](const auto& entry) { return entry.second.person == person; });
    if (invited || state.accounts.contains(person)) list.emplace_back(AccountClosed{person});
    return list;
}

Decision decide_on(const State& state, const Command& command, const InviteLeader& intent) {
    const Person* by = leader(state, command);
    const bool local = command.by.kind == Principal::Kind::local;
    if (by == nullptr && !local) return refuse(no_leader(command));
    if (by != nullptr && !has_role(*by, Role::admin)) return refuse(Refusal::NotYourRole);
    PersonId person = intent.person;
    if (person.empty() && local) {
        if (!state.accounts.empty()) return refuse(Refusal::AccountExists);
        person = first_administrator(state);
    }
    const auto found = state.directory.people.find(person);
    if (found == state.directory.people.end()) return refuse(Refusal::NoSuchPerson);
    if (!may_lead(found->second)) return refuse(Refusal::MayNotLead);
    if (state.accounts.contains(person)) return refuse(Refusal::AccountExists);
    const Ms valid = state.accounts.empty() ? first_invitation_ms : invitation_ms;
    return facts(LeaderInvited{intent.code, Invitation{person, by == nullptr ? PersonId{} : by->id, command.now + valid}});
}

Decision decide_on(const State& state, const Command& command, const OpenAccount& intent) {
    const auto found = state.invitations.find(intent.code);
    if (found == state.invitations.end() || found->second.expires_at <= command.now) return refuse(Refusal::CodeNotValid);
    const auto person = state.directory.people.find(found->second.person);
    const bool may = person != state.directory.people.end() && may_lead(person->second) && !state.accounts.contains(person->first);
    if (!may) return refuse(Refusal::CodeNotValid);
    const SignInLeader first{person->first, intent.who, {}, true, intent.account.totp_step, {}, intent.session, {}};
    return facts(AccountOpened{intent.code, person->first, intent.account}, begin_session(first, command.now));
}

Decision decide_on(const State& state, const Command& command, const ResetAccount& intent) {
    if (command.by.kind != Principal::Kind::local) return refuse(Refusal::NotYours);
    Facts list = close_account(state, intent.person, SessionEnd::account_closed);
    if (list.empty()) return refuse(state.directory.people.contains(intent.person) ? Refusal::NoAccount : Refusal::NoSuchPerson);
    return list;
}

Decision decide_on(const State& state, const Command& command, const SignInLeader& intent) {
    if (command.by.kind != Principal::Kind::hub) return refuse(Refusal::NotYours);
    const Ms wait_until = sign_in_wait_until(state, intent.who, intent.from);
    if (command.now < wait_until) return refuse(Refusal::SignInWait, wait_until - command.now);
    const auto account = state.accounts.find(intent.person);
    const auto person = state.directory.people.find(intent.person);
    const bool known = account != state.accounts.end() && person != state.directory.people.end();
    if (!intent.right || !known || !may_lead(person->second) || !proven(account->second, intent)) {
        const std::uint32_t failures = failures_with(state, intent.who, command.now), from_failures = failures_with(state, intent.from, command.now);
        return facts(LeaderSignInFailed{intent.who, intent.from, known ? intent.person : PersonId{}, failures, next_try_at(failures, command.now),
                                        from_failures, next_try_at(from_failures, command.now)});
    }
    Facts list;
    if (const auto before = state.leader_sessions.find(intent.replaces); before != state.leader_sessions.end())
        list.emplace_back(LeaderSessionEnded{before->second.person, before->first, SessionEnd::replaced, 0});
    make_room(state, intent.person, intent.replaces, list);
    list.emplace_back(begin_session(intent, command.now));
    return list;
}

Decision decide_on(const State& state, const Command& command, const SignOutLeader&) {
    const auto session = state.leader_sessions.find(command.by.session);
    if (command.by.kind != Principal::Kind::leader || session == state.leader_sessions.end()) return refuse(no_leader(command));
    return facts(LeaderSessionEnded{session->second.person, session->first, SessionEnd::signed_out, 0});
}

Decision decide_on(const State& state, const Command& command, const EndLeaderSessions& intent) {
    const Person* by = leader(state, command);
    if (by == nullptr && command.by.kind != Principal::Kind::local) return refuse(no_leader(command));
    if (by != nullptr && by->id != intent.person && !has_role(*by, Role::admin)) return refuse(Refusal::NotYourRole);
    if (!state.directory.people.contains(intent.person)) return refuse(Refusal::NoSuchPerson);
    return end_sessions_of(state, intent.person, SessionEnd::ended_for_them);
}

Decision decide_on(const State& state, const Command& command, const KeepSession&) {
    if (leader(state, command) == nullptr) return refuse(no_leader(command));
    const LeaderSession& session = state.leader_sessions.at(command.by.session);
    if (command.now < session.kept_at + leader_kept_every_ms) return facts();
    return facts(LeaderKept{command.by.session, command.now + leader_idle_ms});
}

Decision decide_on(const State& state, const Command& command, const ApproveEnrolment& intent) {
    const Person* by = leader(state, command);
    if (by == nullptr) return refuse(no_leader(command));
    const Device* device = waiting(state, intent.device);
    if (device == nullptr) return refuse(state.devices.contains(intent.device) ? Refusal::NotWaiting : Refusal::NoSuchDevice);
    if (device->made_by == by->id) return refuse(Refusal::SecondPersonNeeded);
    return facts(DeviceApproved{device->id, by->id, device->for_person.empty() ? 0 : command.now + pin_window_ms});
}

Decision decide_on(const State& state, const Command& command, const RefuseEnrolment& intent) {
    const Person* by = leader(state, command);
    if (by == nullptr && command.by.kind != Principal::Kind::local) return refuse(no_leader(command));
    const Device* device = waiting(state, intent.device);
    if (device == nullptr) return refuse(state.devices.contains(intent.device) ? Refusal::NotWaiting : Refusal::NoSuchDevice);
    return facts(DeviceRefused{device->id, by == nullptr ? PersonId{} : by->id});
}

}  // namespace attune::core
