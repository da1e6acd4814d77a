// attune raise, drill and withdraw: one press, kept until it is through, and the truth at every step. A rung is printed
// when the hub has proven it, and never before.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "clients/cli/commands.hpp"
#include "clients/cli/rung_teller.hpp"

namespace attune::cli {

namespace {

using Steady = std::chrono::steady_clock;

constexpr milliseconds between_looks{100};

int progress_until(const std::string& until) {
    constexpr std::array<std::string_view, 7> words{"", "received", "ringing", "coming", "here", "settled", "closed"};
    return static_cast<int>(std::ranges::find(words, until) - words.begin());
}

/// One press and what is known of it.
class Press {
  public:
    Press(Device& device, const RaiseOptions& options) : device_(device), options_(options), teller_(device) {}

    Exit follow(std::optional<milliseconds> limit) {
        device_.on_message = [this](const protocol::AnyMessage& message) { hear(message); };
        pressed_ = Steady::now();
        device_.start();
        protocol::RaiseCall press{options_.level, wall_ms(), {}, {}};
        if (!options_.place.empty()) press.place = options_.place;
        if (options_.drill) press.drill = true;
        id_ = device_.client().send(press, [this](const client::Answer& answer) { answered(answer); });
        say_storage();
        while (true) {
            show();
            if (refused_) throw Failure(Exit::refused, *refused_);
            if (gone_) return Exit::done;
            if (const auto* call = card(); call && confirmed_ && progress_of(call->rung) >= progress_until(options_.until))
                return Exit::done;
            if (device_.interrupted()) return leave();
            if (limit && Steady::now() - pressed_ >= *limit) return give_up();
            device_.step(between_looks);
        }
    }

  private:
    void say_storage() const {
        if (!device_.connection().storage_trouble.empty())
            device_.out().say(
                device_.connection().storage_trouble + " The press is not kept: it would be lost if this ended.",
                Colour::red);
    }

    void answered(const client::Answer& answer) {
        if (const auto* done = get_if<protocol::Done>(&answer)) {
            confirmed_ = true;
            call_ = done->call;
            return;
        }
        refused_ = harmless(get<protocol::Rejected>(answer).message);
    }

    void hear(const protocol::AnyMessage& message) {
        const auto* gone = get_if<protocol::CallGone>(&message);
        if (!gone || gone->call != call_) return;
        gone_ = *gone;
        teller_.tell_gone(*gone);
    }

    /// The card of this press: before Done is there, the one that this device has raised in the place.
    const protocol::CallView* card() const {
        if (call_) return device_.card(*call_);
        for (const auto& [id, call] : device_.held().calls) {
            const bool here = options_.place.empty() || call.place == options_.place;
            if (call.relation == protocol::Relation::raiser && here) return &call;
        }
        return nullptr;
    }

    void show() {
        if (gone_ || refused_) return;
        const bool live = device_.connection().phase == client::Phase::live;
        const auto waited = std::chrono::duration_cast<milliseconds>(Steady::now() - pressed_);
        const auto* call = card();
        if (call && (live || call_))
            return teller_.tell_call(*call, confirmed_ ? std::nullopt : std::optional(waited));
        if (call_ && live) {  // it ended while this device was away
            gone_ = protocol::CallGone{};
            return teller_.say("This call has ended.");
        }
        teller_.tell_waiting(waited);
    }

    Exit leave() const {
        if (confirmed_) {
            device_.out().say("The call goes on. attune watch follows it; attune withdraw says never mind.");
            return Exit::done;
        }
        throw Failure(Exit::not_reached,
                      "Not through. The press is kept, and is sent when attune runs next on this "
                      "device. attune withdraw takes it back.");
    }

    Exit give_up() const {
        if (confirmed_) {
            const auto* call = card();
            throw Failure(Exit::not_reached,
                          fmt::format("Not {} in time; the call goes on: {}. attune watch follows it.", options_.until,
                                      call ? raiser_line(*call) : "what became of it is not known"));
        }
        throw device_.not_reached(
            "The press is kept, and is sent when attune runs next on this device. attune withdraw "
            "takes it back. " +
            help_line(device_.identity()));
    }

    Device& device_;
    const RaiseOptions& options_;
    Steady::time_point pressed_;
    protocol::Id id_{};
    RungTeller teller_;
    bool confirmed_ = false;
    std::optional<std::uint64_t> call_;
    std::optional<protocol::CallGone> gone_;
    std::optional<std::string> refused_;
};

bool is_raised_here(const protocol::CallView& call) {
    return call.relation == protocol::Relation::raiser;
}

}  // namespace

Exit raise(const Common& common, const RaiseOptions& options) {
    Device device(common);
    const std::string kind = client::DeviceFolder(folder_of(common.profile)).load().value_or(client::Identity{}).kind;
    if (kind == "station") throw Failure(Exit::usage, "A station takes calls. A room or a handset raises one.");
    if (kind == "handset" && options.place.empty())
        throw Failure(Exit::usage, "A handset says where: attune raise LEVEL --place PLACE. attune places lists them.");
    if (kind == "room" && !options.place.empty())
        throw Failure(Exit::usage, "A room raises where it is. Leave --place out.");
    return Press(device, options).follow(device.timeout());
}

Exit withdraw(const Common& common, const WithdrawOptions& options) {
    Device device(common);
    device.start();
    // A press that never left is simply taken back.
    if (const auto* press = device.client().pending().unconfirmed_press(); press && !press->sent && !options.keep) {
        const protocol::Id id = press->id;
        if (device.client().take_back(id)) {
            device.out().object("withdrawn", "\"sent\":false");
            device.out().say("Taken back. Nothing was sent.");
            return Exit::done;
        }
    }
    device.live();
    const auto call = device.call_of(options.call, is_raised_here, "No open call was raised here.", "withdraw");
    if (options.keep) {
        device.ask(protocol::KeepCall{call.call});
        device.out().object("kept", fmt::format("\"call\":{}", call.call));
        device.out().say("Someone still comes.");
        return Exit::done;
    }
    if (!call.withdraw_asked) device.ask(protocol::WithdrawCall{call.call});
    if (options.confirm) device.ask(protocol::ConfirmWithdraw{call.call});
    device.out().object("withdrawn", fmt::format("\"call\":{},\"confirmed\":{}", call.call, options.confirm));
    device.out().say(options.confirm ? "All well. Thank you for saying so."
                                     : "You said never mind. Someone may still look in. If all is well here: attune "
                                       "withdraw --confirm");
    return Exit::done;
}

Exit add_note(const Common& common, std::optional<std::uint64_t> named, const std::string& note) {
    Device device(common);
    device.live();
    const auto call = device.call_of(named, [](const auto&) { return true; }, "No open call to add a note to.", "note");
    for (const auto one :
         {protocol::CallNote::medical, protocol::CallNote::two_adults, protocol::CallNote::has_left_room})
        if (to_string(one) == note) device.ask(protocol::AddNote{call.call, one});
    device.out().object("noted", fmt::format("\"call\":{}", call.call));
    device.out().say("Passed on.");
    return Exit::done;
}

Exit choose_child(const Common& common, std::optional<std::uint64_t> named, const std::string& child) {
    Device device(common);
    device.live();
    const auto call = device.call_of(named, is_raised_here, "No open call was raised here.", "child");
    std::string reference = child;
    for (const auto& one : device.held().children)
        if (one.initials == child) reference = one.child;
    device.ask(protocol::ChooseChild{call.call, reference});
    device.out().object("chosen", fmt::format("\"call\":{}", call.call));
    device.out().say("Passed on.");
    return Exit::done;
}

}  // namespace attune::cli
