// Random commands for the bare core.
#include "tests/sim/core_world.hpp"

#include <cstring>

#include "hub/journal/event_codec.hpp"
#include "tests/sim/rules.hpp"
#include "tests/sim/school.hpp"
#include "tests/sim/core_acts.hpp"

namespace attune::sim {

namespace {

using core::Ms;

constexpr Ms start_of_time = 1'700'000'000'000;

core::Digest digest_of(std::uint64_t n) {
    core::Digest digest{};
    std::memcpy(digest.data(), &n, sizeof n);
    digest[31] = std::byte{1};
    return digest;
}

/// Which kinds of trouble this seed knows: a random subset, so that rare ones are not drowned by common ones.
struct Swarm {
    bool odd_policy, drills, silence, sign_outs, imports, revocations, breaks, late_ticks, withdrawals, handsets_raise, receipts, talks, shy_adults, timetable, supplies, promises;
    explicit Swarm(Random& random)
        : odd_policy(random.chance(500)), drills(random.chance(300)), silence(random.chance(600)), sign_outs(random.chance(500)),
          imports(random.chance(300)), revocations(random.chance(300)), breaks(random.chance(500)), late_ticks(random.chance(200)),
          withdrawals(random.chance(500)), handsets_raise(random.chance(500)), receipts(random.chance(800)), talks(random.chance(700)), shy_adults(random.chance(500)), timetable(random.chance(600)), supplies(random.chance(400)), promises(random.chance(700)) {}
};

class CoreWorld {
public:
    CoreWorld(const CoreOptions& options, Trace& trace) : trace_(trace), random_(options.seed), swarm_(random_) { set_up(); }

    CoreResult run(std::size_t steps) {
        for (std::size_t step = 0; step < steps; ++step) {
            pass_time();
            act();
            if (step % 64 == 63) check_copies();
        }
        check_copies();
        return {state_.last_seq, now_ - start_of_time};
    }

private:
    void set_up() {
        core::Directory school = make_school(random_, swarm_.odd_policy);
        submit(core::Principal{core::Principal::Kind::local, {}}, core::ImportDirectory{school});
        for (const auto& [id, place] : school.places)
            if (random_.chance(850)) enrol(core::DeviceKind::room, id, {});
        for (const auto& [id, person] : school.people)
            if (random_.chance(850)) enrol(core::DeviceKind::handset, {}, id);
        for (const auto& [id, place] : school.places)
            if (place.kind == core::PlaceKind::calm_space && random_.chance(850)) enrol(core::DeviceKind::calm_space, id, {});
        for (std::uint64_t n = random_.below(3); n > 0; --n) enrol(core::DeviceKind::station, random_.pick(school.places).first, {});
    }

    // -- talk time: children with cards, and adults who ignore, offer, miss

    core::Digest card_of(const core::ChildId& child) {
        const auto card = state_.card_of.find(child);
        return card == state_.card_of.end() || random_.chance(30) ? digest_of(++secrets_) : card->second;
    }

    void child_acts() {
        const auto kiosks = acts().devices(core::DeviceKind::kiosk);
        if (!swarm_.talks || state_.directory.children.empty()) return;
        if (kiosks.empty()) return enrol(core::DeviceKind::kiosk, random_.pick(state_.directory.places).first, {});
        const core::ChildPlan child = random_.pick(state_.directory.children).second;
        if (!state_.card_of.contains(child.id) || random_.chance(20)) submit(core::Principal{core::Principal::Kind::local, {}}, core::IssueCard{child.id, digest_of(++secrets_)});
        const core::Principal kiosk = by(random_.pick(kiosks));
        const core::Digest card = card_of(child.id);
        const std::uint64_t what = random_.below(12);
        if (what < 6) {
            const bool one_of_them = !child.adults.empty() && random_.chance(700);
            const auto symbol = random_.chance(80) && state_.calls.size() < 6 ? core::TalkSymbol::urgent : static_cast<core::TalkSymbol>(random_.below(2));
            return submit(kiosk, core::AskTalk{card, one_of_them ? random_.pick(child.adults) : core::PersonId{}, symbol, static_cast<core::TalkWhen>(random_.below(3)), random_.chance(100)});
        }
        if (what < 8) return submit(kiosk, core::AgreeTalk{card});
        if (what == 8) return submit(kiosk, core::AskSomeoneElse{card});
        if (what == 9) return submit(kiosk, core::TakeBackTalk{card});
        submit(kiosk, core::RateTalk{card, static_cast<core::TalkFeedback>(random_.below(3))});
    }

    void adult_answers() {
        if (state_.talks.empty()) return;
        const auto handsets = acts().devices(core::DeviceKind::handset);
        if (handsets.empty()) return;
        const auto [id, talk] = random_.pick(state_.talks);
        // Mostly on the handset of whoever has it.
        core::DeviceId device = random_.pick(handsets);
        if (const auto duty = state_.duties.find(talk.adult); duty != state_.duties.end() && !duty->second.device.empty() && random_.chance(800)) device = duty->second.device;
        if (swarm_.shy_adults && random_.chance(700)) return;
        switch (random_.below(8)) {
            case 0: case 1: return submit(by(device), core::ReportTalkShown{id});
            case 2: case 3: return submit(by(device), core::OfferTalk{id, now_ + random_.between(-90'000, 20'000'000), place_id(random_.below(9))});
            case 4: return submit(by(device), core::MeetTalk{id});
            case 5: return submit(by(device), core::PassTalk{id});
            case 6: return submit(by(device), core::HandTalkToDsl{id});
            default: return submit(by(device), core::TakeTalkPointer{id});
        }
    }

    // -- the school day: adults at the door, check-ins, notes; mostly on a handset whose adult has a part in it

    core::DeviceId handset_of(const core::PersonId& person) {
        const auto duty = state_.duties.find(person);
        if (duty != state_.duties.end() && !duty->second.device.empty() && random_.chance(800)) return duty->second.device;
        auto handsets = acts().devices(core::DeviceKind::handset);
        return random_.pick(handsets);
    }

    void day_acts() {
        if (acts().devices(core::DeviceKind::handset).empty() || state_.directory.children.empty()) return;
        const core::ChildPlan child = random_.pick(state_.directory.children).second;
        const core::DeviceId device = handset_of(child.adults.empty() ? core::PersonId{} : random_.pick(child.adults));
        const std::uint64_t what = random_.below(16);
        if (what < 3) return submit(by(device), core::GreetChild{child.id, random_.chance(150)});
        if (what == 3) return submit(by(device), core::MarkNotIn{child.id});
        if (what == 4) return submit(by(device), core::TakeDoor{});
        if (what == 5) return submit(by(device), core::LeaveDoor{});
        if (what < 9) return submit(by(device), core::WriteNote{child.id, {random_.chance(150) ? "" : "sealed"}});
        if (what == 9 && !state_.visits.empty()) return submit(by(device), core::EndLeftVisit{random_.pick(state_.visits).first});
        if (state_.today.checkins.empty() || (swarm_.shy_adults && random_.chance(600))) return;
        const auto [id, checkin] = random_.pick(state_.today.checkins);
        const core::DeviceId mine = handset_of(checkin.adult);
        if (what < 12) return submit(by(mine), core::KeepCheckin{id});
        if (what == 12) return submit(by(mine), core::MoveCheckin{id, now_ + random_.between(-60'000, 14'400'000)});
        if (what == 13) return submit(by(mine), core::PassCheckin{id});
        submit(by(mine), core::EndCheckin{id, static_cast<core::CheckinEnd>(random_.below(6))});
    }

    void enrol(core::DeviceKind kind, const core::PlaceId& place, const core::PersonId& person) {
        const core::Principal local{core::Principal::Kind::local, {}};
        const core::Digest code = digest_of(++secrets_), credential = digest_of(++secrets_);
        submit(local, core::MakeEnrolmentCode{code, kind, place, person});
        const core::DeviceId id{"d" + std::to_string(++secrets_)};
        submit(core::Principal{core::Principal::Kind::device, {}}, core::EnrolDevice{code, credential, id});
        if (!state_.devices.contains(id)) return;
        submit(core::Principal{}, core::ReportHealth{id, true, {}});
        if (kind != core::DeviceKind::handset || !random_.chance(900)) return;
        submit(by(id), core::SetPin{person, "pin", digest_of(++secrets_)});
        if (random_.chance(900)) submit(by(id), core::ProveHandset{true, true});
    }

    static core::Principal by(const core::DeviceId& id) { return Acts::by(id); }

    // -- time

    void pass_time() {
        const std::uint64_t how = random_.below(100);
        if (how < 45) return;
        Ms delta = how < 60 ? random_.between(1, 999) : how < 75 ? random_.between(1'000, 10'000) : how < 88 ? random_.between(1, 90'000) : random_.between(1, random_.chance(250) ? 3'600'000 : 60'000);
        if (how >= 88 && how < 99) delta = until_next();
        const Ms target = now_ + delta;
        if (!swarm_.late_ticks) {
            while (const auto due = core::next_deadline(state_)) {
                if (*due > target) break;
                now_ = std::max(now_, *due);
                tick();
                auditor_.punctual(now_);
            }
        }
        now_ = target;
        tick();
        if (!swarm_.late_ticks) auditor_.punctual(now_);
    }

    Ms until_next() const {
        const auto due = core::next_deadline(state_);
        return due ? std::max<Ms>(*due - now_, 0) : 1;
    }

    void tick() {
        for (int again = 0;; ++again) {
            const auto due = core::next_deadline(state_);
            if (!due || *due > now_) return;
            if (again > 20'000) violated("1 no silence", "ticks never end");
            const std::uint64_t before = state_.last_seq;
            submit(core::Principal{}, core::Tick{});
            if (state_.last_seq == before) violated("1 no silence", "something is due and nothing happens");
        }
    }

    // -- commands

    void submit(const core::Principal& who, core::Intent intent) {
        core::Command command;
        if (who.kind == core::Principal::Kind::device) random_.fill(command.id);
        command.by = who;
        command.now = now_;
        command.wall = now_;
        command.intent = std::move(intent);
        const std::uint64_t before = state_.last_seq;
        auto result = core::step(state_, command);
        if (const auto* rejection = get_if<core::Rejection>(&result)) {
            trace_.hash(static_cast<std::uint64_t>(rejection->why));
            if (state_.last_seq != before) violated("4 once", "a refused command changed something");
            return;
        }
        for (const core::Event& event : std::get<std::vector<core::Event>>(result)) {
            hash_event(trace_, event);
            trace_.line(event.at, [&] { return describe(event); });
            auditor_.event(through_the_codec(event));
        }
        auditor_.step_ended();
    }

    /// As the journal would give it back.
    static core::Event through_the_codec(const core::Event& event) {
        std::vector<std::byte> payload;
        journal::encode(event.fact, payload);
        core::Event copy = event;
        const std::string kind(journal::kind_of(event.fact));
        journal::decode(payload, kind, journal::schema_of(kind), copy.fact);
        return copy;
    }

    void check_copies() {
        if (!(auditor_.state() == state_)) violated("replay", "replaying all events leads to another state");
        std::vector<std::byte> bytes;
        journal::encode_state(state_, bytes);
        core::State copy;
        journal::decode_state(bytes, copy);
        if (!(copy == state_)) violated("replay", "a snapshot is read back as another state");
    }

    core::CallId some_call() {
        if (state_.calls.empty() || random_.chance(20)) return {random_.below(state_.last_seq + 2)};
        return random_.pick(state_.calls).first;
    }

    Acts acts() {
        return {state_, random_, now_, [this](const core::Principal& who, core::Intent intent) { submit(who, std::move(intent)); }};
    }

    void act() {
        if (random_.chance(80)) return morning_acts(acts());
        if (swarm_.promises && random_.chance(100)) return followup_acts(acts());
        if (random_.chance(250)) return visit_acts(acts());
        if (swarm_.timetable && random_.chance(100)) return day_acts();
        const std::uint64_t who = random_.below(100);
        if (swarm_.talks && random_.chance(120)) return random_.chance(500) ? child_acts() : adult_answers();
        if (who < 14) return room_acts();
        if (who < 76) return handset_acts();
        if (who < 82) return station_acts();
        if (who < 94) return beats();
        administer();
    }

    void room_acts() {
        const auto rooms = acts().devices(core::DeviceKind::room);
        if (rooms.empty()) return;
        const core::DeviceId id = random_.pick(rooms);
        const core::PlaceId place = state_.devices.at(id).place;
        const auto open = state_.call_at.find(place);
        const core::CallId call = open == state_.call_at.end() ? some_call() : open->second;
        const std::uint64_t what = random_.below(10);
        if (what < 5 || open == state_.call_at.end()) {
            if (state_.calls.size() > 4 && open == state_.call_at.end()) return;
            return submit(by(id), core::RaiseCall{static_cast<std::uint32_t>(random_.between(1, 3)), now_, {}, swarm_.drills && random_.chance(300)});
        }
        if (what == 5) return submit(by(id), core::ChooseChild{call, child_id(random_.below(6))});
        if (what == 6) return submit(by(id), core::AddNote{call, static_cast<core::Note>(random_.below(3))});
        if (what == 7) return submit(by(id), core::ArriveCall{call});
        if (!swarm_.withdrawals) return;
        switch (random_.below(3)) {
            case 0: return submit(by(id), core::WithdrawCall{call});
            case 1: return submit(by(id), core::ConfirmWithdraw{call});
            default: return submit(by(id), core::KeepCall{call});
        }
    }

    void handset_acts() {
        const auto handsets = acts().devices(core::DeviceKind::handset);
        if (handsets.empty()) return;
        const core::DeviceId id = random_.pick(handsets);
        const std::uint64_t what = random_.below(100);
        if (what < 14) return duty_acts(id);
        const core::CallId call = some_call();
        if (what < 34) return swarm_.receipts ? submit(by(id), core::ReportRinging{call}) : void();
        if (what < 52) return submit(by(id), core::AcceptCall{call, random_.chance(500), {}});
        if (what < 62) return submit(by(id), core::DeclineCall{call});
        if (what < 84) return with_the_child(id, call);
        if (what < 88) return random_.chance(500) && !state_.rota.gaps.empty() ? submit(by(id), core::NameSwap{random_.pick(state_.rota.gaps).second.id, acts().some_person(), random_.chance(500) ? 0 : now_ + random_.between(1, 7'200'000)}) : submit(by(id), core::AskHelper{call});
        if (what < 91) return submit(by(id), core::ConfirmSupport{call});
        if (what < 94) return swarm_.withdrawals ? submit(by(id), core::LookIn{call}) : void();
        if (what < 96) return submit(by(id), core::AddNote{call, static_cast<core::Note>(random_.below(3))});
        if (swarm_.handsets_raise && state_.calls.size() < 5)
            submit(by(id), core::RaiseCall{static_cast<std::uint32_t>(random_.between(1, 3)), now_, place_id(random_.below(9)), swarm_.drills && random_.chance(300)});
    }

    void with_the_child(const core::DeviceId& id, core::CallId call) {
        switch (random_.below(6)) {
            case 0: return submit(by(id), core::ReportOnWay{call});
            case 1: return submit(by(id), core::ArriveCall{call});
            case 2: return submit(by(id), core::SettleCall{call});
            case 3: return submit(by(id), core::MoveCall{call, place_id(random_.below(9))});
            case 4: return submit(by(id), core::HandOverCall{call, random_.chance(500) ? acts().some_person() : state_.devices.at(id).signed_in});
            default: return submit(by(id), core::CloseCall{call, {}, {}});
        }
    }

    void duty_acts(const core::DeviceId& id) {
        const core::Device& device = state_.devices.at(id);
        switch (random_.below(8)) {
            case 0: return swarm_.sign_outs ? submit(by(id), core::SignOut{}) : void();
            case 1: return swarm_.sign_outs ? submit(by(id), core::SignIn{acts().some_person(), random_.chance(900), digest_of(++secrets_)}) : void();
            case 2: return submit(by(id), core::SignIn{device.for_person, random_.chance(950), digest_of(++secrets_)});
            case 3: return submit(by(id), core::Lock{});
            case 4: return swarm_.breaks ? submit(by(id), core::SetAvailability{core::Declared::on_break, now_ + random_.between(1, 7'300'000)}) : void();
            case 5: return swarm_.breaks ? submit(by(id), core::SetAvailability{core::Declared::with_child, 0}) : void();
            case 6: return submit(by(id), core::SetAvailability{core::Declared::free, 0});
            default: return submit(by(id), core::ProveHandset{random_.chance(900), true});
        }
    }

    void station_acts() {
        const auto stations = acts().devices(core::DeviceKind::station);
        if (stations.empty()) return;
        const core::DeviceId id = random_.pick(stations);
        if (random_.chance(800)) return swarm_.receipts ? submit(by(id), core::ReportRinging{some_call()}) : void();
        submit(by(id), core::AcceptCall{some_call(), false, acts().some_person()});
    }

    void beats() {
        if (state_.devices.empty() || !swarm_.silence) return;
        const core::DeviceId id = random_.pick(state_.devices).first;
        std::set<core::Fault> faults;
        if (random_.chance(300)) faults.insert(static_cast<core::Fault>(random_.below(5)));
        submit(core::Principal{}, core::ReportHealth{id, random_.chance(700), faults});
    }

    void administer() {
        const core::Principal local{core::Principal::Kind::local, {}};
        if (swarm_.supplies && random_.chance(200)) return someone_for_today();
        const std::uint64_t what = random_.below(10);
        if (what < 2 && swarm_.imports) return submit(local, core::ImportDirectory{edit_school(state_.directory, random_)});
        if (what == 2 && swarm_.revocations && !state_.devices.empty()) return submit(local, core::RevokeDevice{random_.pick(state_.devices).first});
        if (what == 3 && state_.devices.size() < 30) return enrol(static_cast<core::DeviceKind>(random_.below(4)), random_.pick(state_.directory.places).first, acts().some_person());
        if (what == 4) return submit(core::Principal{}, core::NoteHubStarted{"0"});
        if (what >= 5 && what < 8 && swarm_.timetable) return submit(local, some_timetable(random_, now_));
        if (what == 8 && swarm_.timetable) submit(local, core::NoteTimetableFault{"timetable.csv", random_.below(9), "wrong"});
    }

    /// Added by the hub's own command line or a lead's handset, on a handset at once or later, and gone before the day's end.
    void someone_for_today() {
        const core::Principal local{core::Principal::Kind::local, {}};
        const auto handsets = acts().devices(core::DeviceKind::handset);
        if (!state_.supplies.empty() && random_.chance(300)) return submit(local, core::EndSupply{random_.pick(state_.supplies).first});
        if (!state_.supplies.empty() && !handsets.empty() && random_.chance(600)) {
            const core::DeviceId id = random_.pick(handsets);
            submit(by(id), core::SignIn{random_.pick(state_.supplies).first, true, digest_of(++secrets_)});
            return submit(by(id), core::ProveHandset{true, true});
        }
        std::vector<core::Role> roles{random_.chance(500) ? core::Role::responder : core::Role::teacher};
        submit(random_.chance(800) || handsets.empty() ? local : by(random_.pick(handsets)),
               core::AddSupply{"Kim", "Kim" + std::to_string(++secrets_), roles, random_.chance(700) ? acts().some_person() : core::PersonId{}, {}, "pin"});
    }

    Trace& trace_;
    Random random_;
    Swarm swarm_;
    core::State state_;
    Auditor auditor_;
    Ms now_ = start_of_time;
    std::uint64_t secrets_ = 0;
};

}  // namespace

CoreResult run_core(const CoreOptions& options, Trace& trace) {
    CoreWorld world(options, trace);
    return world.run(options.steps);
}

}  // namespace attune::sim
