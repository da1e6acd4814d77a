// The engine: admission, the step, the queue of effects, and what happens when the journal is sick.
#include "hub/app/engine.hpp"

#include <algorithm>
#include <cassert>

namespace attune::app {

namespace {

constexpr int ticks_in_a_row_max = 100;

struct AboutACall {
    template <class Intent>
    bool operator()(const Intent&) const {
        return requires(const Intent& intent) { intent.call; } || std::same_as<Intent, core::RaiseCall>;
    }
    /// It raises one.
    bool operator()(const core::AskTalk& intent) const { return intent.symbol == core::TalkSymbol::urgent; }
};

/// What may change the state while nothing can be stored: calls, and what calls depend upon. Locking only hides.
bool goes_on_unrecorded(const core::Intent& intent) {
    return is_about_a_call(intent) || holds_alternative<core::Tick>(intent) ||
           holds_alternative<core::ReportHealth>(intent) || holds_alternative<core::Lock>(intent);
}

}  // namespace

bool is_about_a_call(const core::Intent& intent) {
    return visit(AboutACall{}, intent);
}

Engine::Engine(Clock& clock, journal::Journal& journal, const Barrier& barrier, Outlet& outlet, EngineLimits limits)
    : clock_(clock),
      journal_(&journal),
      barrier_(barrier),
      outlet_(outlet),
      limits_(limits),
      memory_(limits.commands_remembered_max) {}

Ms Engine::now() const {
    return std::max(timeline_offset_ + clock_.monotonic_ms(), state_.last_at);
}

void Engine::restore() {
    assert(!started_);
    const std::uint64_t replayed = journal_->restore(state_);
    start_seq_ = durable_seq_ = state_.last_seq;
    // From the last snapshot on, not from this start on: a hub that is killed again and again must not replay ever more.
    snapshot_seq_ = state_.last_seq - std::min(replayed, state_.last_seq);
    journal_->recall(limits_.recalled_events_max, [this](const core::Event& event) { memory_.replay(event); });
    timeline_offset_ = std::max(state_.last_at, clock_.wall_ms()) - clock_.monotonic_ms();
}

void Engine::start(const std::string& version) {
    assert(!started_);
    const Turn turn(*this);
    listen_to(*journal_);
    started_ = true;
    submit(core::NoteHubStarted{version}, core::Principal{});
    tick();
}

void Engine::stop() {
    if (stopping_) return;
    stopping_ = true;
    if (mode_ == Mode::ok) journal_->offer_snapshot(state_);
}

void Engine::listen_to(journal::Journal& journal) {
    // A journal that was given up may still say something: only the one in use is listened to.
    journal.start({.durable =
                       [this, from = &journal](std::uint64_t seq) {
                           const Turn turn(*this);
                           if (from == journal_) durable(seq);
                       },
                   .failed =
                       [this, from = &journal](std::string reason) {
                           const Turn turn(*this);
                           if (from == journal_) journal_failed(reason);
                       }});
}

Engine::Admission Engine::admit(const core::Intent& intent) const {
    if (stopping_) return Admission::shutting_down;
    if (goes_on_unrecorded(intent)) return Admission::taken;
    if (mode_ != Mode::ok) return Admission::journal_unavailable;
    return journal_->waiting() > limits_.journal_waiting_max ? Admission::too_many_waiting : Admission::taken;
}

Engine::Answer Engine::submit(core::Intent intent, const core::Principal& by, const core::CommandId& id,
                              Ms occurred_at) {
    assert(started_);
    const bool of_a_client = id != core::CommandId{};
    if (of_a_client)
        if (const Outcome* known = memory_.find(id, by.device)) return {Admission::taken, *known, true};
    if (const Admission admission = admit(intent); admission != Admission::taken) return {admission, {}, false};
    tick();  // what was due before this command happens before it
    if (of_a_client) ++commands_;
    const Outcome outcome = decide(std::move(intent), by, id, occurred_at, now());
    if (of_a_client) memory_.keep(id, by.device, outcome);
    return {Admission::taken, outcome, false};
}

Outcome Engine::decide(core::Intent intent, const core::Principal& by, const core::CommandId& id, Ms occurred_at,
                       Ms now) {
    const core::Command command{id, by, now, clock_.wall_ms(), occurred_at, std::move(intent)};
    auto result = core::step(state_, command, [this](const core::Event& event) { outlet_.happened(event); });
    Outcome outcome;
    outcome.seq = state_.last_seq;
    if (const auto* rejection = get_if<core::Rejection>(&result)) {
        outcome.rejection = *rejection;
        if (rejection->retry_ms > 0) outcome.retry_at = now + rejection->retry_ms;
        return outcome;
    }
    auto& events = std::get<std::vector<core::Event>>(result);
    if (events.empty()) return outcome;
    for (const core::Event& event : events)
        fold_outcome(outcome, event);
    events_ += events.size();
    outlet_.step_ended();
    store(std::move(events));
    return outcome;
}

void Engine::store(std::vector<core::Event> step) {
    if (mode_ != Mode::ok)
        for (core::Event& event : step)
            event.late = true;
    if (undurable_complete_) {
        undurable_events_ += step.size();
        undurable_.push_back(step);
        if (mode_ == Mode::failed && undurable_events_ > limits_.unrecorded_events_max) {
            undurable_complete_ = false;
            undurable_.clear();
        }
    }
    if (mode_ == Mode::failed) return;
    journal_->append(std::move(step));
    if (mode_ != Mode::ok || state_.last_seq - snapshot_seq_ < limits_.snapshot_every_events) return;
    snapshot_seq_ = state_.last_seq;
    journal_->offer_snapshot(state_);
}

void Engine::durable(std::uint64_t seq) {
    if (mode_ == Mode::failed) return;
    durable_seq_ = std::max(durable_seq_, seq);
    while (!undurable_.empty() && undurable_.front().back().seq <= durable_seq_) {
        undurable_events_ -= undurable_.front().size();
        undurable_.pop_front();
    }
    if (mode_ != Mode::catching_up || durable_seq_ != state_.last_seq) return;
    mode_ = Mode::ok;
    journal_failure_.clear();
    outlet_.journal_changed(true);
}

void Engine::journal_failed(const std::string& reason) {
    if (mode_ == Mode::failed) return;
    mode_ = Mode::failed;
    journal_failure_ = reason;
    // Whoever is told now is told that it is not recorded.
    const auto mark = [](const std::vector<Frame>& frames) {
        for (const Frame& frame : frames)
            mark_not_recorded(*frame);
    };
    for (Parked& parked : queue_) {
        if (parked.seq <= durable_seq_) continue;
        if (const auto* letter = get_if<Letter>(&parked.effect)) mark(letter->frames);
        if (const auto* delivery = get_if<SharedDelivery>(&parked.effect))
            for (const Parcel& parcel : (*delivery)->parcels)
                mark_not_recorded(*parcel.frame);
    }
    outlet_.journal_changed(false);
}

bool Engine::journal_restored(journal::Journal& journal) {
    core::State state;
    Stored stored;
    journal.restore(state);
    stored.last_seq = state.last_seq;
    journal.recall(static_cast<std::size_t>(stored.last_seq - std::min(durable_seq_, stored.last_seq)),
                   [&](const core::Event& event) { stored.newest.push_back(event); });
    return journal_restored(journal, stored);
}

/// Whether what is stored is what was said to be, and what is beyond that is ours and not another's.
bool Engine::promised(const Stored& stored) const {
    if (stored.last_seq < durable_seq_ || stored.last_seq > state_.last_seq) return false;
    std::uint64_t seq = durable_seq_;
    auto read = std::ranges::find(stored.newest, seq + 1, &core::Event::seq);
    for (const std::vector<core::Event>& step : undurable_)
        for (const core::Event& event : step) {
            if (event.seq <= seq) continue;
            if (event.seq > stored.last_seq) return true;
            if (read == stored.newest.end() || !journal::same_but_for_late(event, *read)) return false;
            ++seq;
            ++read;
        }
    return true;
}

bool Engine::journal_restored(journal::Journal& journal, const Stored& stored) {
    const Turn turn(*this);
    if (mode_ != Mode::failed || !undurable_complete_ || !promised(stored)) return false;
    journal_ = &journal;
    mode_ = Mode::catching_up;
    listen_to(journal);
    for (const std::vector<core::Event>& step : undurable_) {
        if (step.front().seq <= stored.last_seq) continue;  // it had reached the disk after all
        std::vector<core::Event> late = step;
        for (core::Event& event : late)
            event.late = true;
        journal.append(std::move(late));
    }
    if (mode_ == Mode::catching_up) durable(stored.last_seq);
    return true;
}

void Engine::tick() {
    if (ticking_) return;
    ticking_ = true;
    for (int again = 0; again < ticks_in_a_row_max && !stopping_; ++again) {
        const std::optional<Ms> due = core::next_deadline(state_);
        if (!due || *due > now()) break;
        decide(core::Tick{}, core::Principal{}, {}, 0, now());
    }
    ticking_ = false;
}

std::optional<Ms> Engine::next_tick() const {
    if (stopping_) return std::nullopt;
    const std::optional<Ms> due = core::next_deadline(state_);
    if (!due) return std::nullopt;
    return *due - timeline_offset_;
}

void Engine::end_turn() {
    release();
    outlet_.flush();
}

void Engine::release() {
    while (!promises_.empty() && promises_.front().seq <= durable_seq_) {
        Parked parked = std::move(promises_.front());
        promises_.pop_front();
        run(parked);
    }
    while (!queue_.empty()) {
        const bool open = barrier_.open(queue_.front().kind, queue_.front().seq, durable_seq_, mode_ == Mode::ok);
        const bool overtaken = !open && mode_ != Mode::ok && queue_.front().kind == EffectKind::promise;
        if (!open && !overtaken) return;
        Parked parked = std::move(queue_.front());
        queue_.pop_front();
        if (open)
            run(parked);
        else
            promises_.push_back(std::move(parked));
    }
}

void Engine::run(Parked& parked) {
    if (const auto* delivery = get_if<SharedDelivery>(&parked.effect)) return outlet_.deliver(**delivery);
    if (const auto* letter = get_if<Letter>(&parked.effect)) return outlet_.post(*letter);
    std::get<std::function<void()>>(parked.effect)();
}

}  // namespace attune::app
