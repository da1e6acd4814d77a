// A model client: a room, a handset or a station that speaks the real bytes by the rules of protocol/README.md, keeps
// cards as they say, and is used by a person who may do anything. What it stores survives a reload of the page.
#pragma once

#include "tests/sim/host.hpp"

namespace attune::sim {

class Client {
public:
    Client(World& world, core::DeviceKind kind, core::PlaceId place, core::PersonId person);

    /// Switched on: dials, beats, is used.
    void start();
    /// With a one-time code that was just shown.
    void enrol_with(std::string code);

    // from the network
    void connected(const std::shared_ptr<Stream>& stream);
    void refused();
    void received(const std::vector<Bytes>& frames);
    void closed(const std::shared_ptr<Stream>& stream);

    // what happens to it
    void drop_link(bool silently);
    void hold_link(Ms span);
    void sleep(Ms span);
    void go_flat(Ms span);
    void reload();
    void recover();  // charged, awake and in front: a calm time begins

    bool awake() const { return world_.now >= asleep_until_ && !flat_; }
    bool live() const { return live_ && stream_ != nullptr; }
    /// Nothing has come or is under way for a while.
    bool quiet_for(Ms span) const { return live() && stream_->idle() && world_.now - last_change_ >= span; }
    void check_cards() const;
    void check_history();
    void check_answers() const;

    World& world() const { return world_; }
    const core::DeviceKind kind;
    const core::PlaceId place;
    const core::PersonId for_person;
    core::DeviceId device;
    bool retired = false;        // revoked or replaced: never dials again
    Ms last_heard_of = 0;        // a frame that it really sent came to the hub
    std::map<std::uint64_t, wire::CallView> cards;
    core::PersonId signed_in;    // as this page knows it

private:
    struct Held {
        wire::Id id{};
        wire::AnyMessage message;
        Ms made_at = 0, sent_at = 0, not_before = 0;
    };
    struct Answered {
        std::uint64_t seq = 0;
        std::optional<std::uint64_t> call;
        Held command;
    };

    void dial();
    void dial_later();
    void greet();
    void write(const wire::AnyMessage& message, const std::optional<wire::Id>& id);
    void send_held();
    void command(wire::AnyMessage message);
    bool waits_for(wire::MessageType type) const;
    void beat();
    void look_for_the_hub();
    void lost();

    void take(const wire::Envelope& envelope);
    void take_card(const wire::CallChanged& changed);
    void take_gone(const wire::CallGone& gone);
    void take_answer(const wire::Envelope& envelope);
    void take_welcome(const wire::Welcome& welcome);
    void note_seq(std::uint64_t seq) { last_seq_ = std::max(last_seq_, seq); }
    void sound(const wire::CallView& card);

    // client_people.cpp: what the person does
    void live_on();
    void act();
    void room_acts();
    void raise();
    void handset_acts();
    void day_acts();
    void answer(const wire::CallView& card);
    void support(const wire::CallView& card);
    void duty();
    void station_acts();
    wire::Evidence evidence();

    World& world_;
    Random random_;
    // stored
    std::array<std::byte, 32> credential_{};
    std::string code_;
    std::optional<std::array<std::byte, 16>> session_;
    std::deque<Held> held_;
    bool pin_chosen_ = false;
    // of this page
    std::uint64_t last_seq_ = 0;
    std::map<std::uint64_t, std::uint64_t> sounded_;  // by call: `sounds` when it last sounded here
    std::map<std::pair<core::CommandId, int>, Answered> answered_;
    std::set<std::uint64_t> told_;      // seqs of calls' events since base_
    std::uint64_t base_ = 0;            // told_ is complete after this one
    bool unlocked_ = false, proven_ = false, silenced_ = false, hidden_ = false;
    // of this connection
    std::shared_ptr<Stream> stream_;
    bool greeted_ = false, live_ = false;
    std::uint64_t beats_ = 0;
    Ms heard_at_ = 0, last_change_ = 0, asleep_until_ = 0, next_press_ = 0;
    int dials_ = 0;
    bool flat_ = false;
    wire::Decoder decoder_;
};

}  // namespace attune::sim
