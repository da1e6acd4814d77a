// attune button: a USB button, a foot switch or a keyboard at the back of a room, on a board without a screen. Each key
// has its level; a press is on this machine's disk before it is sent, and is sent until the hub has it. The rungs go to
// standard output and to a light. While the button is not there, its beats say so.
#include <algorithm>
#include <csignal>
#include <map>

#include <fmt/format.h>

#include "clients/cli/commands.hpp"
#include "clients/cli/input_source.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/lamp.hpp"
#include "clients/cli/press_keys.hpp"
#include "clients/cli/rung_teller.hpp"

namespace attune::cli {

namespace {

using Steady = std::chrono::steady_clock;

/// More often than the light may change.
constexpr milliseconds look_again{200};

PressKeys keys_of(const ButtonOptions& options) {
    if (options.keys.empty() || options.keys.size() != options.levels.size())
        throw Failure(Exit::usage,
                      "Each key has a level of its own: attune button --key KEY_ENTER --level now. --name-keys says "
                      "what a key is called.");
    PressKeys keys;
    for (std::size_t at = 0; at < options.keys.size(); ++at) {
        const auto code = key_code(options.keys[at]);
        if (!code)
            throw Failure(Exit::usage, fmt::format("No key is called {}. --name-keys says what a key is called.",
                                                   harmless(options.keys[at])));
        if (!keys.bind(*code, level_of(options.levels[at])))
            throw Failure(Exit::usage, options.keys[at] + " has two levels. Each level has a key of its own.");
    }
    return keys;
}

bool is_file(const std::string& led) {
    return led.find('/') != std::string::npos;
}

std::unique_ptr<InputSource> source_of(const ButtonOptions& options, const PressKeys& keys,
                                       boost::asio::io_context& io, InputEvents events) {
    if (options.device.empty() && options.events.empty())
        throw Failure(Exit::usage, "Which button? attune button --device /dev/input/by-id/… names it.");
    if (!options.led.empty() && options.led != "first" && !is_file(options.led) && !is_led_name(options.led))
        throw Failure(Exit::usage, fmt::format("No light is called {}. LED_NUML, LED_CAPSL and LED_SCROLLL are, and "
                                               "--led alone takes the first that the device has.",
                                               harmless(options.led)));
    if (!options.events.empty()) return make_record_source(io, options.events, std::move(events));
    DeviceWanted wanted{options.device, {}, is_file(options.led) ? "" : options.led};
    for (const auto& [key, level] : keys.levels())
        wanted.keys.push_back(key);
    return make_device_source(io, std::move(wanted), std::move(events));
}

std::string presence_fields(bool there, const std::string& text) {
    return fmt::format("\"there\":{},\"text\":{}", there, json_text(text));
}

class Button {
  public:
    Button(Device& device, const ButtonOptions& options)
        : device_(device),
          keys_(keys_of(options)),
          source_(source_of(options, keys_, device.io(),
                            {[this](bool there, const std::string& text) { presence(there, text); },
                             [this](const InputRecord& record) { received(record); }, [this] { ended_ = true; }})),
          teller_(device),
          lamp_([this, own = is_file(options.led) ? std::optional<LampFile>(options.led) : std::nullopt](bool on) {
              return own ? own->light(on) : source_->light(on);
          }) {}

    Exit run() {
        device_.on_message = [this](const protocol::AnyMessage& message) { hear(message); };
        say_evidence(false);
        device_.start();
        look_at_kind();
        source_->start();
        while (!device_.interrupted() && !(ended_ && !device_.client().pending().unconfirmed_press())) {
            look_at_kind();
            say_trouble();
            show();
            device_.step(look_again);
        }
        show();
        device_.out().object("connection", "\"state\":\"ended\"");
        return Exit::done;
    }

  private:
    // ---- the button itself ----

    void presence(bool there, const std::string& text) {
        say_evidence(there);
        keys_.forget();
        lamp_.renewed();
        device_.out().object("button", presence_fields(there, text));
        if (there) return teller_.say("The button is there: " + harmless(text), Colour::dim);
        teller_.say(fmt::format("No button: {} {}", harmless(text), ended_ ? "" : "It is looked for."), Colour::red);
    }

    /// The hub shows a room whose button is unplugged: nobody can press it.
    void say_evidence(bool there) { device_.client().set_evidence({true, false, false, {}, {}, there}); }

    void received(const InputRecord& record) {
        const auto level = keys_.press(record);
        if (!level) return;
        // On the disk when this returns.
        const auto id = device_.client().send(protocol::RaiseCall{*level, wall_ms(), {}, {}},
                                              [this](const client::Answer& answer) { answered(answer); });
        pressed_[id] = Steady::now();
        device_.out().object("press", fmt::format("\"key\":\"{}\",\"level\":{}", key_name(record.code), *level));
        teller_.begin();
        teller_.say(fmt::format("Pressed: {} ({})", level_name(*level), key_name(record.code)));
        say_trouble();
        show();
    }

    void answered(const client::Answer& answer) {
        const auto* rejected = get_if<protocol::Rejected>(&answer);
        if (!rejected) return;
        device_.out().object("refused", json_fields(*rejected));
        teller_.say(harmless(rejected->message), Colour::red);
        teller_.tell_help();
    }

    // ---- the call ----

    void hear(const protocol::AnyMessage& message) {
        const auto* gone = get_if<protocol::CallGone>(&message);
        if (!gone || gone->call != followed_) return;
        followed_ = 0;
        teller_.begin();
        teller_.tell_gone(*gone);
    }

    /// How long the oldest press without an answer has waited; one of before a reboot long enough for everything.
    std::optional<milliseconds> waited() const {
        const auto* press = device_.client().pending().unconfirmed_press();
        if (!press) return std::nullopt;
        const auto at = pressed_.find(press->id);
        if (at == pressed_.end()) return RungTeller::help_else;
        return std::chrono::duration_cast<milliseconds>(Steady::now() - at->second);
    }

    void show() {
        const auto waits = waited();
        if (!waits) pressed_.clear();
        const auto now = Steady::now();
        const bool live = device_.connection().phase == client::Phase::live, lost = device_.connection().lost;
        const auto calls = by_urgency(device_.held());
        const auto call = std::ranges::find(calls, protocol::Relation::raiser, &protocol::CallView::relation);
        // What was proven before the hub was lost stays said, and that it was lost is said, too.
        if (call != calls.end() && (live || call->call == followed_)) {
            followed_ = call->call;
            teller_.tell_call(*call, waits);
            return lamp_.show(lamp_of(*call, waits.has_value()), now);
        }
        if (live && std::exchange(followed_, 0) != 0) {  // it ended while the hub was away
            teller_.begin();
            teller_.say("The call has ended.");
        }
        waits ? teller_.tell_waiting(*waits) : teller_.tell_connection();
        lamp_.show(waits ? LampSays::not_through : lost ? LampSays::hub_lost : LampSays::nothing, now);
    }

    LampSays lamp_of(const protocol::CallView& call, bool waits) const {
        if (device_.connection().lost && !waits) return LampSays::hub_lost;  // what is so now is not known
        if (waits || call.rung == protocol::CallRung::not_delivered) return LampSays::not_through;
        return progress_of(call.rung) >= 3 ? LampSays::coming : LampSays::received;
    }

    // ---- what is wrong ----

    void look_at_kind() const {
        const std::string kind = device_.kind();
        if (!kind.empty() && kind != "room")
            throw Failure(Exit::usage, "A button is a room's. Enrol this profile with a link for a room: on the hub, "
                                       "attune devices enrol room --place PLACE.");
    }

    void say_trouble() {
        const auto& now = device_.connection();
        if (std::exchange(storage_, now.storage_trouble) != now.storage_trouble && !storage_.empty())
            teller_.say(storage_ + " A press is not kept: it would be lost if this ended.", Colour::red);
        if (std::exchange(relayed_, now.relayed) != now.relayed && relayed_)
            teller_.say("Another attune has this device's connection, and says nothing of its button. End that one.",
                        Colour::yellow);
    }

    Device& device_;
    PressKeys keys_;
    std::unique_ptr<InputSource> source_;
    RungTeller teller_;
    Lamp lamp_;
    std::map<protocol::Id, Steady::time_point> pressed_;  // presses of this run that wait for their answer
    std::uint64_t followed_ = 0;                          // the call that was shown last
    bool ended_ = false, relayed_ = false;
    std::string storage_;
};

/// Says what each key is called, and raises nothing.
Exit name_keys(const Common& common, const ButtonOptions& options) {
    const Output out(common.json);
    boost::asio::io_context io{1};
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code&, int) { io.stop(); });
    const auto presence = [&](bool there, const std::string& text) {
        out.object("button", presence_fields(there, text));
        out.say(there ? "Press a key. Ctrl-C ends this." : harmless(text));
    };
    const auto received = [&](const InputRecord& record) {
        if (record.type != 1 || record.value != 1) return;
        out.object("key", fmt::format("\"key\":\"{}\"", key_name(record.code)));
        out.say(key_name(record.code));
    };
    const auto source = source_of(options, {}, io, {presence, received, [&] { io.stop(); }});
    source->start();
    io.run();
    return Exit::done;
}

}  // namespace

Exit button(const Common& common, const ButtonOptions& options) {
    if (options.name_keys) return name_keys(common, options);
    keys_of(options);  // before anything else: what is wrong with the command line
    Device device(common);
    return Button(device, options).run();
}

}  // namespace attune::cli
