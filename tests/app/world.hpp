// A small school with a hub in it, driven by hand: clock, randomness, PIN work and disk do what the test says, clients
// are mailboxes. Nothing happens by itself.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "hub/app/hub.hpp"
#include "hub/journal/memory_journal.hpp"
#include "tests/support/ports.hpp"

namespace attune::test {

namespace wire = attune::protocol;

class World;

/// One client: what it was sent is decoded and kept until the test takes it. It follows the wire's rules for resuming.
class Client final : public app::Wire {
  public:
    Client(World& world, std::string name) : world_(world), name_(std::move(name)) {}

    void connect(bool local = false);
    void drop();
    bool connected() const { return connection_ != 0; }
    app::ConnectionId connection() const { return connection_; }

    template <class Message>
    wire::Id say(const Message& message) {
        return say_again(message, next_id());
    }
    template <class Message>
    wire::Id say_again(const Message& message, const wire::Id& id) {
        std::vector<std::byte> frame;
        REQUIRE(wire::encode(message, std::optional<wire::Id>(id), frame, wire::local_limits).has_value());
        say_bytes(frame);
        return id;
    }
    template <class Message>
    void say_without_id(const Message& message) {
        std::vector<std::byte> frame;
        REQUIRE(wire::encode(message, std::nullopt, frame).has_value());
        say_bytes(frame);
    }
    void say_bytes(std::span<const std::byte> frame);
    void greet(std::uint64_t last_seq);
    void greet() { greet(seq); }
    void beat(std::optional<wire::Evidence> evidence = std::nullopt);
    wire::Id next_id();

    /// The first message of this kind that waits, taken out with all before it; fails the test when there is none.
    template <class Message>
    Message expect() {
        while (!inbox.empty()) {
            wire::Envelope envelope = std::move(inbox.front());
            inbox.pop_front();
            if (auto* message = get_if<Message>(&envelope.message)) {
                answered = envelope.id;
                return std::move(*message);
            }
        }
        FAIL(name_ << " was not sent " << to_string(wire::type_of_message<Message>));
        return {};
    }
    /// The answer to one command.
    template <class Message>
    Message answer_to(const wire::Id& id) {
        for (auto at = inbox.begin(); at != inbox.end(); ++at) {
            if (at->id != id) continue;
            const auto* message = get_if<Message>(&at->message);
            INFO(name_ << " was answered " << to_string(at->type)
                       << (holds_alternative<wire::Rejected>(at->message)
                               ? " " + get<wire::Rejected>(at->message).name
                               : ""));
            REQUIRE(message != nullptr);
            Message taken = *message;
            inbox.erase(at);
            return taken;
        }
        FAIL(name_ << " has no answer");
        return {};
    }
    template <class Message>
    std::size_t count() const {
        std::size_t n = 0;
        for (const auto& envelope : inbox)
            n += holds_alternative<Message>(envelope.message) ? 1 : 0;
        return n;
    }
    bool answered_at_all(const wire::Id& id) const {
        for (const auto& envelope : inbox)
            if (envelope.id == id) return true;
        return false;
    }
    bool nothing() const { return inbox.empty(); }
    void forget() { inbox.clear(); }

    // app::Wire
    void send(std::span<const std::byte> envelope) override;
    void flush() override;
    void close(bool at_once) override;

    /// Kept as a page keeps it: the cards, and the highest seq.
    std::map<std::uint64_t, wire::CallView> cards;
    std::vector<std::pair<std::uint64_t, std::string>>
        calls_events;  // seq and name of each CallChanged and CallGone that was news
    std::uint64_t seq = 0;
    bool live = false;

    std::deque<wire::Envelope> inbox;
    std::optional<wire::Id> answered;
    std::array<std::byte, 32> credential{};
    std::optional<app::CurveKey> curve_key;  // a native client: what its transport has proven
    std::optional<core::Digest> leader_session;  // of the cookie that the browser sends along
    std::optional<std::array<std::byte, 16>> session;
    std::string device;
    bool closed_by_hub = false;
    int flushes = 0;
    std::vector<std::vector<std::byte>> raw;  // every frame as it came

  private:
    void keep(const wire::AnyMessage& message);

    World& world_;
    std::string name_;
    app::ConnectionId connection_ = 0;
    std::vector<std::vector<std::byte>> unflushed_;
    std::uint64_t beats_ = 0;
};

class World {
  public:
    explicit World(app::HubOptions options = {});

    /// Lets everything settle: the journal writes, work is done, until nothing moves. With `disk_held` only work moves.
    void settle();
    /// Time passes, in small steps, and the hub is woken when it wants; connected clients beat.
    void pass(app::Ms ms);
    /// Power off and on: what was not synced is lost, every connection is gone.
    void crash();
    void restart_cleanly();

    Client& client(const std::string& name);
    /// A device that is enrolled and live.
    Client& room(const std::string& place);
    Client& station(const std::string& place);
    /// Enrolled, PIN chosen, signed in, proven, beating.
    Client& handset(const std::string& person);
    Client& local();
    Client& enrolled(const std::string& name, core::DeviceKind kind, const std::string& place,
                     const std::string& person);
    wire::Id id_made() { return make_id(++ids_); }

    const core::State& state() const { return hub->state(); }

    HandClock clock;
    SeededRandom random{7};
    HandWork work;
    PlainCodes codes;
    HandNoteKeys note_keys;
    journal::MemoryDisk disk;
    bool disk_held = false;
    bool clients_beat = true;
    std::unique_ptr<journal::MemoryJournal> journal;
    std::unique_ptr<app::Hub> hub;
    std::map<std::string, std::unique_ptr<Client>> clients;

  private:
    static wire::Id make_id(std::uint64_t n);
    void boot();

    app::HubOptions options_;
    std::uint64_t ids_ = 0;
    std::uint64_t credentials_ = 0;
};

core::Directory small_school();

wire::Evidence all_well();

/// A call raised in `room`; gives its number.
std::uint64_t raise(World& world, Client& room, std::uint64_t level);

}  // namespace attune::test
