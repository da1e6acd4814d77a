// attune watch: everything that this device is told, as it happens, through losses of the hub and back; on a handset
// and a station it sounds, and tells the hub that it has.
#include <set>

#include <fmt/format.h>

#include "clients/cli/call_json.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/ringer.hpp"
#include "clients/cli/stay_awake.hpp"

namespace attune::cli {

namespace {

using protocol::CallRung;
using protocol::CallView;
using protocol::Relation;

/// An adult is being waited for, here.
bool rings(const CallView& call) {
    const bool coming = call.rung == CallRung::coming;
    if (call.relation == Relation::offered) return !call.owner || call.helper_wanted || (call.owner_late && coming);
    if (call.relation == Relation::owner) return coming && !call.on_way;  // sent by the station
    return call.relation == Relation::station && call.station_called && !call.owner;
}

Colour colour_of(const CallView& call) {
    if (rings(call)) return call.level >= 3 ? Colour::red : Colour::yellow;
    return call.rung == CallRung::not_delivered ? Colour::red : Colour::plain;
}

class Watch {
  public:
    Watch(Device& device, const WatchOptions& options)
        : device_(device),
          ringer_(device.io(), options.bell, options.ring),
          awake_(device.io(), [this](bool held) { awake_changed(held); }) {}

    Exit run() {
        device_.on_connection = [this](const client::Connection& now) { connection_changed(now); };
        device_.on_message = [this](const protocol::AnyMessage& message) {
            visit([this](const auto& one) { hear(one); }, message);
        };
        say_evidence();
        device_.start();
        if (device_.kind() != "room") awake_.start();
        device_.until([] { return false; }, std::nullopt);
        ringer_.hush();
        device_.out().object("connection", "\"state\":\"ended\"");
        return Exit::done;
    }

  private:
    template <class Other>
    void hear(const Other&) {}

    void hear(const protocol::CallChanged& changed) {
        const auto& call = changed.call;
        if (call.relation == Relation::raiser) raised_.insert(call.call);
        device_.out().object("call", fmt::format("\"seq\":{},\"event\":\"{}\",\"at\":{},{}", changed.seq,
                                                 to_string(changed.event), changed.at, card_fields(call)));
        if (live_) say_call(call, changed.at);
        look_at_ringing();
    }

    void hear(const protocol::CallGone& gone) {
        const bool raiser = raised_.erase(gone.call) > 0;
        device_.out().object("gone", gone_fields(gone, raiser));
        const auto said = titles_.find(gone.call);
        const std::string title = said == titles_.end() ? fmt::format("Call {}", gone.call) : said->second;
        say(fmt::format("{}: {}", title, gone_line(gone, raiser)));
        titles_.erase(gone.call);
        lines_.erase(gone.call);
        look_at_ringing();
    }

    void hear(const protocol::PersonChanged& changed) {
        device_.out().object("person", json_fields(changed.person));
        const bool new_state =
            std::exchange(states_[changed.person.person], changed.person.state) != changed.person.state;
        if (live_ && new_state && device_.kind() != "room")
            say(fmt::format("{}: {}", harmless(changed.person.short_name), state_name(changed.person.state)),
                Colour::dim);
    }

    void hear(const protocol::DeviceChanged& changed) {
        device_.out().object("device", json_fields(changed.device));
        if (!live_ || changed.device.device == own_device()) return;
        const std::string text = health_text(changed.device);
        if (std::exchange(healths_[changed.device.device], text) == text) return;
        const bool quiet = changed.device.health == protocol::DeviceHealth::silent;
        say(fmt::format("{}: {}", harmless(changed.device.label), text), quiet ? Colour::yellow : Colour::dim);
    }

    void hear(const protocol::Beat& beat) {
        if (!beat.journal || *beat.journal == journal_) return;
        journal_ = *beat.journal;
        say_journal();
    }

    /// What is open is certain from here on: all of it is said once.
    void hear(const protocol::Live&) {
        live_ = true;
        const auto& welcome = *device_.held().welcome;
        device_.out().object(
            "connection", fmt::format("\"state\":\"live\",\"label\":{},\"site\":{},\"open_calls\":{}",
                                      json_text(welcome.label), json_text(welcome.site), device_.held().calls.size()));
        say(fmt::format("{}: {} ({}), {}", told_lost_ ? "The hub is back" : "Connected", harmless(welcome.label),
                        to_string(welcome.kind), harmless(welcome.site)),
            Colour::green);
        told_lost_ = false;
        if (welcome.journal != journal_) {
            journal_ = welcome.journal;
            say_journal();
        }
        if (device_.connection().behind)
            say("The hub holds less than this device had seen. Tell the person who looks after it.", Colour::red);
        say_sound();
        sounded_.clear();  // on a new connection it says again what rings
        if (device_.held().calls.empty()) say("No open calls.");
        for (const auto& call : by_urgency(device_.held()))
            say_call(call, 0);
        look_at_ringing();
    }

    /// A terminal has no screen to keep on: what must not sleep is the machine.
    void say_evidence() { device_.client().set_evidence({true, ringer_.can_sound(), awake_.held(), {}, {}, {}}); }

    void awake_changed(bool held) {
        say_evidence();
        device_.out().object("awake", fmt::format("\"held\":{}", held));
        if (!held && ringer_.can_sound())
            say("This machine cannot be kept awake from here. Asleep it would not ring: see that it never sleeps.",
                Colour::yellow);
    }

    void connection_changed(const client::Connection& now) {
        if (now.phase != client::Phase::live) live_ = false;
        if (!now.storage_trouble.empty() && storage_ != now.storage_trouble) say(now.storage_trouble, Colour::red);
        storage_ = now.storage_trouble;
        if (!now.waiting)
            told_waiting_ = false;
        else if (!std::exchange(told_waiting_, true))
            say(waiting_line(*now.waiting), Colour::yellow);
        if (!now.lost || std::exchange(told_lost_, true)) return;
        const auto& who = device_.client().identity();
        const std::string help = help_line(who);
        device_.out().object("connection", "\"state\":\"lost\"");
        say(lost_line(now, who ? who->address : ""), Colour::red);
        if (!device_.held().calls.empty()) say("What was said above is old: what is open now is not known.");
        if (!help.empty()) say("How else to get help: " + help, Colour::bold);
        if (device_.kind() != "room" && ringer_.can_sound()) ringer_.sound();
    }

    /// A card's line, where it is another than the last one.
    void say_call(const CallView& call, std::int64_t at) {
        const std::string title = call_title(call);
        const std::string line = call.relation == Relation::raiser ? raiser_line(call) : card_line(call);
        titles_.insert_or_assign(call.call, title);
        auto& said = lines_[call.call];
        if (at != 0 && said == line) return;
        said = line;
        say(fmt::format("{}: {}", title, line), colour_of(call));
        const bool new_offer = call.relation == Relation::offered && !call.owner && hinted_.insert(call.call).second;
        if (new_offer && call.route_hint) say("  " + harmless(*call.route_hint), Colour::dim);
        if (new_offer) say(fmt::format("  attune accept {0}   attune decline {0}", call.call), Colour::dim);
    }

    void say_journal() const {
        const bool failing = journal_ == protocol::JournalHealth::failing;
        device_.out().object("journal", fmt::format("\"journal\":\"{}\"", to_string(journal_)));
        say(failing
                ? "The hub cannot write to its disk. Calls still ring. They are not recorded until the disk is back."
                : "The hub’s disk is back.",
            failing ? Colour::red : Colour::plain);
    }

    void say_sound() {
        if (device_.kind() == "room" || ringer_.can_sound() || std::exchange(told_silent_, true)) return;
        say("This terminal makes no sound: calls go to others first. --bell or --ring COMMAND makes it ring.",
            Colour::yellow);
    }

    void look_at_ringing() {
        bool wanted = false;
        for (const auto& [id, call] : device_.held().calls) {
            if (!rings(call)) continue;
            wanted = true;
            auto& sounded = sounded_[id];
            if (sounded >= call.sounds) continue;
            if (!ringer_.sound()) continue;
            sounded = call.sounds;
            device_.client().send(protocol::ReportRinging{id});
        }
        if (!wanted) ringer_.hush();
    }

    std::string own_device() const { return device_.held().welcome ? device_.held().welcome->device : ""; }

    void say(const std::string& line, Colour colour = Colour::plain) const {
        device_.out().say_at(clock_text(std::chrono::system_clock::now(), true), line, colour);
    }

    Device& device_;
    Ringer ringer_;
    StayAwake awake_;
    bool live_ = false, told_lost_ = false, told_silent_ = false, told_waiting_ = false;
    std::string storage_;
    protocol::JournalHealth journal_ = protocol::JournalHealth::ok;
    std::set<std::uint64_t> raised_, hinted_;
    std::map<std::uint64_t, std::string> titles_, lines_;
    std::map<std::string, std::string> healths_;
    std::map<std::string, protocol::AvailabilityState> states_;
    std::map<std::uint64_t, std::uint64_t> sounded_;
};

}  // namespace

Exit watch(const Common& common, const WatchOptions& options) {
    Device device(common);
    return Watch(device, options).run();
}

}  // namespace attune::cli
