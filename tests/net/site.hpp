// The whole hub behind both doors, on real sockets and without a disk, and devices of either transport that speak to it.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include "hub/app/directory_csv.hpp"
#include "hub/app/hub.hpp"
#include "hub/net/server.hpp"
#include "protocol/cpp/codec.hpp"
#include "tests/net/dealer.hpp"
#include "tests/net/support.hpp"

namespace attune::net::test {

namespace wire = attune::protocol;

/// Durable with the next turn of the loop. That it is durable first is the journal's own tests' business.
class PostedJournal final : public journal::Journal {
  public:
    PostedJournal(boost::asio::io_context& io, std::function<void()> turn_ended)
        : io_(io), turn_ended_(std::move(turn_ended)) {}
    std::uint64_t restore(core::State&) override { return 0; }
    void start(journal::Callbacks callbacks) override { callbacks_ = std::move(callbacks); }
    void append(std::vector<core::Event> step) override {
        if (step.empty()) return;
        boost::asio::post(io_, [this, seq = step.back().seq] {
            callbacks_.durable(seq);
            turn_ended_();
        });
    }
    std::size_t waiting() const override { return 0; }
    void offer_snapshot(const core::State&) override {}
    void stop() override {}

  private:
    boost::asio::io_context& io_;
    std::function<void()> turn_ended_;
    journal::Callbacks callbacks_;
};

inline core::Directory school() {
    core::Directory school;
    school.site = {"Hazel Lane School", "Ring extension 200.", false};
    school.policy = app::default_policy();
    school.places[{"oak"}] = {{"oak"}, "Oak room", core::PlaceKind::room, "west", "Past the hall", "101"};
    school.places[{"office"}] = {{"office"}, "Office", core::PlaceKind::office, "west", "At the gate", "200"};
    school.people[{"ann"}] = {{"ann"}, "Ann Example", "Ann", {core::Role::responder}, {"office"}};
    return school;
}

/// Everything but the disk.
class Site {
  public:
    explicit Site(const net::Limits& limits = {}) {
        net::Config config = Hub::default_config();
        config.limits = limits;
        config.limits.tick_ms = 20;
        config.zeromq.listen = net::Listen{"127.0.0.1", 0};
        config.zeromq.key_file = folder_.path / "zeromq.key";
        hub_.start();
        hub_.import(school(), true);
        server_ = std::make_unique<net::Server>(io_, std::move(config), hub_, clock_, net::Callbacks{});
        server_->start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Site() {
        boost::asio::post(io_, [this] { server_->stop([] {}); });
        thread_.join();
    }

    template <typename F>
    auto on_io(F function) {
        return run_on(io_, std::move(function));
    }
    std::string code(core::DeviceKind kind, const std::string& place, const std::string& person) {
        std::promise<std::string> code;
        on_io([&] {
            hub_.offer_code(kind, {place}, {person}, [&](const app::OfferedCode& offered) { code.set_value(offered.code); });
            server_->turn_ended();
        });
        return code.get_future().get();
    }
    void revoke(const std::string& device) {
        on_io([&] {
            Mute mute;
            const auto local = hub_.opened(mute, {.local = true, .address = "test"});
            std::vector<std::byte> frame;
            REQUIRE(wire::encode(wire::RevokeDevice{device}, wire::Id{std::byte{1}, std::byte{2}}, frame,
                                 wire::local_limits).has_value());
            hub_.received(local, frame);
            hub_.closed(local);
            server_->turn_ended();
        });
    }
    std::uint16_t port() { return server_->port(); }
    std::uint16_t native_port() { return server_->native().port; }
    CurveBytes native_key() { return key_from(server_->native().public_key); }
    net::Counters counters() {
        return on_io([this] { return server_->counters(); });
    }

  private:
    struct Mute final : app::Wire {
        void send(std::span<const std::byte>) override {}
        void flush() override {}
        void close(bool) override {}
    };

    TemporaryFolder folder_;
    boost::asio::io_context io_{1};
    net::SystemClock clock_;
    net::SystemRandom random_;
    net::HashingThread work_{io_};
    PostedJournal journal_{io_, [this] {
                               if (server_) server_->turn_ended();
                           }};
    app::Hub hub_{clock_, random_, work_, journal_};
    std::unique_ptr<net::Server> server_;
    std::thread thread_;
};

inline wire::Beat beat_of(std::uint64_t seq) {
    wire::Beat beat;
    beat.n = 1;
    beat.seq = seq;
    beat.evidence = wire::Evidence{true, true, true, 80, false};
    return beat;
}

/// A device of either transport, that waits for one message after another.
class Device {
  public:
    virtual ~Device() = default;
    template <class Message>
    wire::Id say(const Message& message, bool with_id = true) {
        wire::Id id{};
        id[0] = std::byte{0xA7};
        id[15] = static_cast<std::byte>(++ids_);
        credential_in_id(id);
        std::vector<std::byte> frame;
        REQUIRE(wire::encode(message, with_id ? std::optional(id) : std::nullopt, frame).has_value());
        put({reinterpret_cast<const char*>(frame.data()), frame.size()});
        return id;
    }
    /// The next message of this kind that fits; what comes before it is forgotten.
    template <class Message>
    Message expect(const std::function<bool(const Message&)>& fits = [](const Message&) { return true; }) {
        while (true) {
            const auto frame = take();
            INFO("waiting for " << to_string(wire::type_of_message<Message>));
            REQUIRE(frame);
            auto envelope = wire::decode(std::as_bytes(std::span(*frame)));
            REQUIRE(envelope.has_value());
            if (const auto* card = get_if<wire::CallChanged>(&envelope->message)) seq = std::max(seq, card->seq);
            if (const auto* gone = get_if<wire::CallGone>(&envelope->message)) seq = std::max(seq, gone->seq);
            if (const auto* live = get_if<wire::Live>(&envelope->message)) seq = std::max(seq, live->seq);
            const auto* message = get_if<Message>(&envelope->message);
            if (message != nullptr && fits(*message)) return *message;
            if (const auto* rejected = get_if<wire::Rejected>(&envelope->message)) {
                INFO(rejected->name);
                REQUIRE(message != nullptr);
            }
        }
    }
    wire::CallView card(const std::function<bool(const wire::CallView&)>& fits) {
        return expect<wire::CallChanged>([&](const wire::CallChanged& changed) { return fits(changed.call); }).call;
    }
    void enrol(Site& site, core::DeviceKind kind, const std::string& place, const std::string& person) {
        say(wire::Enrol{site.code(kind, place, person), credential, "test 1"});
        device = expect<wire::Enrolled>().device;
        greet(0);
    }
    void greet(std::uint64_t last_seq) {
        say(wire::Hello{credential, last_seq, std::nullopt, "test 1"});
        welcome = expect<wire::Welcome>();
        expect<wire::Live>();
        say(beat_of(seq), false);
    }

    CurveBytes credential{};
    std::string device;
    wire::Welcome welcome;
    std::uint64_t seq = 0;

  private:
    virtual void put(std::string_view frame) = 0;
    virtual std::optional<std::string> take() = 0;
    void credential_in_id(wire::Id& id) const { std::copy_n(credential.begin(), 8, id.begin() + 1); }
    std::uint64_t ids_ = 0;
};

class NativeDevice final : public Device {
  public:
    explicit NativeDevice(Site& site, Dealer::Options options = {})
        : dealer(site.native_port(), site.native_key(), std::move(options)) {
        credential = dealer.keys().public_key;
    }
    Dealer dealer;

  private:
    void put(std::string_view frame) override { dealer.send(frame); }
    std::optional<std::string> take() override { return dealer.receive(); }
};

class PageDevice final : public Device {
  public:
    explicit PageDevice(Site& site) : client(site.port()) {
        REQUIRE(client.upgrade().status == 101);
        credential = KeyPair().public_key;
    }
    Client client;

  private:
    void put(std::string_view frame) override { client.send_message(frame); }
    std::optional<std::string> take() override {
        const auto frame = client.message();
        return frame.opcode == 2 ? std::optional(frame.payload) : std::nullopt;
    }
};

inline std::unique_ptr<NativeDevice> room_of(Site& site) {
    const auto code = site.code(core::DeviceKind::room, "oak", "");  // lets the stranger in
    auto room = std::make_unique<NativeDevice>(site);
    room->say(wire::Enrol{code, room->credential, "test 1"});
    room->device = room->expect<wire::Enrolled>().device;
    room->greet(0);
    return room;
}

}  // namespace attune::net::test
