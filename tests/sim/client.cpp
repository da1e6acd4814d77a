// A model client: connection, resuming, commands that are kept until they are answered, and cards.
#include "tests/sim/client.hpp"

#include <algorithm>

#include "hub/app/views.hpp"
#include "tests/sim/frame_rules.hpp"

namespace attune::sim {

namespace {

constexpr Ms beat_interval_ms = 2'000, hub_lost_ms = 6'000, resend_ms = 3'000;

bool is_kept(std::uint64_t error) { return error == 130 || error == 131 || error == 132 || error == 120; }

}  // namespace

Client::Client(World& world, core::DeviceKind kind_of, core::PlaceId place_of, core::PersonId person)
    : kind(kind_of), place(std::move(place_of)), for_person(std::move(person)), world_(world), random_(world.random.branch("client")) {
    random_.fill(credential_);
}

void Client::start() {
    live_on();
    beat();
    look_for_the_hub();
}

void Client::enrol_with(std::string code) {
    code_ = std::move(code);
    dial();
}

// ---- the connection ----

void Client::dial() {
    if (retired || stream_ || !awake()) return;
    stream_ = std::make_shared<Stream>(world_, *this);
    greeted_ = live_ = false;
    beats_ = 0;
    heard_at_ = world_.now;
    stream_->dial(false);
}

void Client::dial_later() {
    if (retired) return;
    const Ms most = std::min<Ms>(250LL << std::min(dials_, 4), 4'000);
    ++dials_;
    world_.later(random_.between(dials_ == 1 ? 0 : 100, most), [this] { dial(); });
}

void Client::connected(const std::shared_ptr<Stream>& stream) {
    if (stream != stream_) return stream->hang_up();
    if (!awake()) {  // it fell asleep while dialling
        stream->hang_up();
        stream_.reset();
        return;
    }
    greet();
}

void Client::refused() {
    stream_.reset();
    dial_later();
}

void Client::greet() {
    if (device.empty()) return write(wire::Enrol{code_, credential_, "sim"}, std::nullopt);
    wire::Hello hello;
    hello.credential = credential_;
    hello.last_seq = last_seq_;
    hello.session = session_;
    hello.app = "sim";
    heard_at_ = world_.now;
    write(hello, std::nullopt);
}

void Client::closed(const std::shared_ptr<Stream>& stream) {
    if (stream != stream_) return;
    stream_.reset();
    lost();
    if (awake()) dial_later();
}

/// What is shown is old from now on.
void Client::lost() {
    live_ = greeted_ = false;
    last_change_ = world_.now;
    sounded_.clear();
}

void Client::drop_link(bool silently) {
    if (!stream_) return;
    world_.say([&] { return device.value + (silently ? " loses its link without a word" : " loses its link"); });
    if (silently) stream_->hold_until(world_.now + random_.between(8'000, 60'000));
    else stream_->cut();
}

void Client::hold_link(Ms span) {
    if (stream_) stream_->hold_until(world_.now + span);
}

void Client::sleep(Ms span) {
    world_.say([&] { return device.value + " sleeps for " + std::to_string(span) + " ms"; });
    asleep_until_ = std::max(asleep_until_, world_.now + span);
    world_.agenda.at(asleep_until_, [this] {
        if (!awake()) return;
        if (stream_) stream_->hang_up();  // whatever it claims to be
        stream_.reset();
        lost();
        dial();
    });
}

void Client::go_flat(Ms span) {
    world_.say([&] { return device.value + " is flat for " + std::to_string(span) + " ms"; });
    flat_ = true;
    if (stream_) stream_->hold_until(world_.now + span);  // nobody hears of it
    const auto gone = std::exchange(stream_, nullptr);
    if (gone) gone->client_open = false;
    world_.later(span, [this] {
        flat_ = false;
        reload();
    });
}

/// The page starts anew with what it had stored. An unlocked session's secret is stored by some and not by others.
void Client::reload() {
    if (stream_) stream_->hang_up();
    stream_.reset();
    lost();
    cards.clear();
    told_.clear();
    base_ = last_seq_ = 0;
    proven_ = false;
    silenced_ = hidden_ = false;
    if (random_.chance(300)) session_.reset();
    for (Held& held : held_) held.sent_at = 0;
    dial();
}

void Client::recover() {
    hidden_ = silenced_ = false;
    if (flat_ || !awake()) {
        flat_ = false;
        asleep_until_ = world_.now;
        reload();
    } else if (stream_) {
        stream_->hold_until(0);
        if (!live_) {
            stream_->hang_up();
            stream_.reset();
        }
    }
    dials_ = 0;
    if (!stream_) dial();
}

void Client::look_for_the_hub() {
    world_.later(500, [this] {
        if (retired) return;
        if (awake() && stream_ && world_.now - heard_at_ > hub_lost_ms) {
            world_.say([&] { return device.value + " has lost the hub"; });
            const bool unjustly = live_ && world_.calm && world_.now - world_.calm_since > 12'000 && world_.host->well_for(12'000);
            if (unjustly) violated("P6 the hub's death is loud", device.value + " missed the beats of a hub that lives");
            stream_->hang_up();
            stream_.reset();
            lost();
            dial_later();
        }
        look_for_the_hub();
    });
}

void Client::beat() {
    world_.later(beat_interval_ms, [this] {
        if (retired) return;
        if (greeted_ && stream_ && (awake() || world_.options.plant == Plant::dead_beats)) {
            wire::Beat beat{++beats_, last_seq_, std::nullopt, std::nullopt, std::nullopt};
            if (beats_ % 15 == 1 || random_.chance(50)) beat.evidence = evidence();
            write(beat, std::nullopt);
        }
        beat();
    });
}

void Client::write(const wire::AnyMessage& message, const std::optional<wire::Id>& id) {
    if (!stream_) return;
    Bytes frame;
    if (!wire::encode(message, id, frame)) violated("codec", "a client's message can't be encoded");
    if (world_.has(Fault::broken_frames) && random_.below(300) == 0) {
        Bytes broken = frame;
        broken[random_.below(broken.size())] ^= static_cast<std::byte>(1 + random_.below(255));
        if (random_.chance(300)) broken.resize(random_.below(broken.size()) + 1);
        const bool may_mean_something = decoder_.decode(broken).has_value();
        if (!may_mean_something) stream_->write(std::move(broken));
    }
    stream_->write(std::move(frame), awake());
}

// ---- commands ----

void Client::command(wire::AnyMessage message) {
    Held held;
    random_.fill(held.id);
    held.message = std::move(message);
    held.made_at = world_.now;
    held_.push_back(std::move(held));
    if (world_.has(Fault::double_presses) && random_.chance(100)) command(held_.back().message);  // a second tap, a new id
    send_held();
}

bool Client::waits_for(wire::MessageType type) const {
    return std::ranges::any_of(held_, [&](const Held& held) { return wire::type_of(held.message) == type; });
}

void Client::send_held() {
    if (!live_ || !stream_) return;
    for (Held& held : held_) {
        if (held.sent_at != 0 && world_.now - held.sent_at < resend_ms) continue;
        if (world_.now < held.not_before) continue;
        held.sent_at = world_.now;
        world_.say([&] { return device.value + " says " + std::string(wire::to_string(wire::type_of(held.message))); });
        write(held.message, held.id);
        if (world_.has(Fault::resends) && random_.chance(50)) write(held.message, held.id);
    }
}

// ---- what the hub says ----

void Client::received(const std::vector<Bytes>& frames) {
    if (!awake()) return;  // a page that is frozen reads nothing, and dials anew when it wakes
    for (const Bytes& frame : frames) {
        if (!stream_) return;
        const auto envelope = decoder_.decode(frame);
        if (!envelope) violated("codec", "a frame arrived that can't be read");
        take(*envelope);
    }
}

void Client::take(const wire::Envelope& envelope) {
    const wire::AnyMessage& message = envelope.message;
    if (holds_alternative<wire::Beat>(message)) {
        heard_at_ = world_.now;
        return send_held();
    }
    last_change_ = world_.now;
    if (const auto* enrolled = get_if<wire::Enrolled>(&message)) {
        device = {enrolled->device};
        return greet();
    }
    if (const auto* welcome = get_if<wire::Welcome>(&message)) return take_welcome(*welcome);
    if (const auto* live = get_if<wire::Live>(&message)) {
        live_ = true;
        dials_ = 0;
        note_seq(live->seq);
        if (base_ == 0) base_ = live->seq;
        for (Held& held : held_) held.sent_at = 0;
        return send_held();
    }
    if (const auto* changed = get_if<wire::CallChanged>(&message)) return take_card(*changed);
    if (const auto* gone = get_if<wire::CallGone>(&message)) return take_gone(*gone);
    if (const auto* person = get_if<wire::PersonChanged>(&message)) {
        if (person->person.person == signed_in.value && person->person.state == wire::AvailabilityState::signed_out) {
            signed_in = {};
            proven_ = false;
        }
        return note_seq(person->seq);
    }
    if (const auto* changed = get_if<wire::DeviceChanged>(&message)) return note_seq(changed->seq);
    if (const auto* goodbye = get_if<wire::Goodbye>(&message)) {
        if (goodbye->reason == wire::GoodbyeReason::revoked) retired = true;
        return;
    }
    if (envelope.id) take_answer(envelope);
    else if (const auto* rejected = get_if<wire::Rejected>(&message); rejected != nullptr && rejected->error == 123) retired = true;
}

void Client::take_welcome(const wire::Welcome& welcome) {
    greeted_ = true;
    heard_at_ = world_.now;
    signed_in = {welcome.person.value_or("")};
    unlocked_ = welcome.unlocked;
    proven_ = welcome.proven;
    sounded_.clear();
    if (welcome.resume == wire::Resume::replay) return;
    cards.clear();
    told_.clear();
    base_ = last_seq_ = 0;
}

void Client::take_card(const wire::CallChanged& changed) {
    note_seq(changed.seq);
    cards[changed.call.call] = changed.call;
    if (changed.event != wire::CallEvent::seen) told_.insert(changed.seq);
    sound(changed.call);
}

void Client::take_gone(const wire::CallGone& gone) {
    note_seq(gone.seq);
    if (gone.event != wire::CallEvent::seen) told_.insert(gone.seq);
    cards.erase(gone.call);
    sounded_.erase(gone.call);
}

/// Rings for what asks this adult, or calls this station; and says so, each time that it starts to sound.
void Client::sound(const wire::CallView& card) {
    const bool asked = kind == core::DeviceKind::station ? card.station_called : card.relation == wire::Relation::offered;
    const bool open = !card.owner || card.helper_wanted || (card.owner_late && card.rung == wire::CallRung::coming);
    if (kind == core::DeviceKind::room || !asked || !open) {
        sounded_.erase(card.call);
        return;
    }
    const auto before = sounded_.find(card.call);
    if (before != sounded_.end() && before->second >= card.sounds) return;
    sounded_[card.call] = card.sounds;
    if (silenced_ || hidden_) return;
    const std::uint64_t call = card.call;
    world_.later(random_.between(30, 300), [this, call] {
        if (live() && awake() && cards.contains(call)) command(wire::ReportRinging{call});
    });
}

void Client::take_answer(const wire::Envelope& envelope) {
    const auto held = std::ranges::find_if(held_, [&](const Held& one) { return one.id == *envelope.id; });
    const auto* done = get_if<wire::Done>(&envelope.message);
    if (const auto* rejected = get_if<wire::Rejected>(&envelope.message)) {
        if (held == held_.end()) return;
        if (is_kept(rejected->error)) {
            held->not_before = world_.now + static_cast<Ms>(rejected->retry_ms.value_or(3'000));
            return;
        }
        world_.say([&] { return device.value + " is told " + rejected->name; });
        held_.erase(held);
        return;
    }
    if (done == nullptr) return;
    const auto [known, fresh] = answered_.try_emplace({*envelope.id, 0});
    const auto& log = world_.host->disk.events;
    const bool of_events = done->seq >= 1 && done->seq <= log.size() && log[done->seq - 1].command == *envelope.id;
    if (!fresh && of_events && (known->second.seq != done->seq || known->second.call != done->call))
        violated("4 once", "the same command has two answers: " + std::to_string(known->second.seq) + " and " + std::to_string(done->seq));
    known->second.seq = done->seq;
    known->second.call = done->call;
    if (held == held_.end()) return;
    if (holds_alternative<wire::SetPin>(held->message)) pin_chosen_ = true;
    if (const auto* in = get_if<wire::SignIn>(&held->message)) signed_in = {in->person};
    if (holds_alternative<wire::SetPin>(held->message)) signed_in = for_person;
    if (holds_alternative<wire::SignOut>(held->message)) signed_in = {};
    if (holds_alternative<wire::ProveHandset>(held->message)) proven_ = true;
    known->second.command = *held;
    held_.erase(held);
    if (answered_.size() > 400) answered_.erase(known == answered_.begin() ? std::next(known) : answered_.begin());
    if (world_.has(Fault::resends) && random_.chance(20)) {  // an answer that this page forgot it had
        Held again = known->second.command;
        again.sent_at = 0;
        held_.push_back(std::move(again));
    }
}

// ---- checks, when nothing is under way ----

void Client::check_cards() const {
    const app::Hub& hub = world_.host->hub();
    const core::State& state = hub.state();
    const auto found = state.devices.find(device);
    if (found == state.devices.end()) return;
    std::size_t expected = 0;
    for (const auto& [id, call] : state.calls) {
        const core::Seer seer = core::seer_of(state, call, found->second);
        const auto held = cards.find(id.value);
        const std::string what = device.value + ", call " + std::to_string(id.value) + ", event " + std::to_string(state.last_seq);
        if (seer.relation == core::Relation::none) {
            if (held != cards.end()) violated("cards", "holds a card that it may not see: " + what);
            continue;
        }
        ++expected;
        if (held == cards.end()) violated("cards", "lacks a card: " + what);
        const wire::CallView now = app::call_view(state, call, seer, true);
        const wire::CallView& shown = held->second;
        const auto same = [&](const auto& a, const auto& b, const char* field) {
            if (!(a == b)) violated("cards", std::string("shows an old ") + field + ": " + what);
        };
        same(now.relation, shown.relation, "relation");
        same(now.level, shown.level, "level");
        same(now.owner, shown.owner, "owner");
        same(now.helps.has_value(), shown.helps.has_value(), "helps");
        same(now.child, shown.child, "child");
        same(now.withdraw_asked, shown.withdraw_asked, "withdraw_asked");
        same(now.recorded, shown.recorded, "recorded");
        same(now.helper_wanted, shown.helper_wanted, "helper_wanted");
        same(now.sounds, shown.sounds, "sounds");
        same(now.on_way, shown.on_way, "on_way");
        if (seer.relation == core::Relation::raiser || seer.relation == core::Relation::station || seer.relation == core::Relation::owner) same(now.rung, shown.rung, "rung");
        if (seer.relation == core::Relation::station && !(now == shown)) violated("cards", "a station shows an old card: " + what);
    }
    if (cards.size() != expected) violated("cards", "holds a card of a call that is not open: " + device.value);
}

/// A station is told of every event of every call: none is missing between its snapshot, or the last check, and now.
void Client::check_history() {
    if (kind != core::DeviceKind::station || base_ == 0) return;
    const journal::MemoryDisk& disk = world_.host->disk;
    for (std::uint64_t seq = base_ + 1; seq <= disk.events.size(); ++seq) {
        const core::Event event = journal::unseal(disk.events[seq - 1].view());
        if (!app::call_event(event.fact) || holds_alternative<core::ChildChosen>(event.fact)) continue;  // no child on a shared screen
        if (!told_.contains(seq)) violated("resume", device.value + " was never told of event " + std::to_string(seq) + ", " + describe(event));
    }
    base_ = std::max<std::uint64_t>(base_, disk.events.size());
    told_.erase(told_.begin(), told_.upper_bound(base_));
}

void Client::check_answers() const {
    for (const Held& held : held_)
        if (world_.now - std::max(held.made_at, world_.calm_since) > 20'000)
            violated("P2 the caller always knows", device.value + " has no answer to " + std::string(wire::to_string(wire::type_of(held.message))));
}

}  // namespace attune::sim
