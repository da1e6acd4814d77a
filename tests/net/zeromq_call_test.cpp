// The whole hub behind the native door: two native clients and a page's WebSocket in one support call, enrolment,
// resuming, takeover and revocation, on real sockets.
#include <catch2/catch_test_macros.hpp>

#include "hub/app/directory_csv.hpp"
#include "hub/app/hub.hpp"
#include "hub/net/server.hpp"
#include "protocol/cpp/codec.hpp"
#include "tests/net/dealer.hpp"
#include "tests/net/support.hpp"

using namespace attune;
using namespace attune::net::test;

namespace {

namespace wire = protocol;

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

core::Directory school() {
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
    Site() {
        net::Config config = Hub::default_config();
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

wire::Beat beat_of(std::uint64_t seq) {
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
            if (const auto* card = std::get_if<wire::CallChanged>(&envelope->message)) seq = std::max(seq, card->seq);
            if (const auto* gone = std::get_if<wire::CallGone>(&envelope->message)) seq = std::max(seq, gone->seq);
            if (const auto* live = std::get_if<wire::Live>(&envelope->message)) seq = std::max(seq, live->seq);
            const auto* message = std::get_if<Message>(&envelope->message);
            if (message != nullptr && fits(*message)) return *message;
            if (const auto* rejected = std::get_if<wire::Rejected>(&envelope->message)) {
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

const app::CurveKey no_secret{};

std::unique_ptr<NativeDevice> room_of(Site& site) {
    const auto code = site.code(core::DeviceKind::room, "oak", "");  // lets the stranger in
    auto room = std::make_unique<NativeDevice>(site);
    room->say(wire::Enrol{code, room->credential, "test 1"});
    room->device = room->expect<wire::Enrolled>().device;
    room->greet(0);
    return room;
}

}  // namespace

TEST_CASE("a whole call between two native devices and a page") {
    Site site;
    const auto room = room_of(site);

    const auto code = site.code(core::DeviceKind::handset, "", "ann");
    NativeDevice handset(site);
    handset.say(wire::Enrol{code, handset.credential, "test 1"});
    CHECK(handset.expect<wire::Enrolled>().kind == wire::DeviceKind::handset);
    handset.greet(0);
    handset.say(wire::SetPin{"ann", "2580", {}});
    handset.expect<wire::Done>();
    handset.say(wire::ProveHandset{true, true});
    handset.expect<wire::Done>();

    PageDevice station(site);
    station.enrol(site, core::DeviceKind::station, "office", "");

    room->say(wire::RaiseCall{2, 1, std::nullopt, std::nullopt});
    const auto call = room->card([](const auto& card) { return card.rung == wire::CallRung::received; }).call;
    handset.card([&](const auto& card) { return card.call == call && card.relation == wire::Relation::offered; });
    handset.say(wire::ReportRinging{call});
    room->card([](const auto& card) { return card.rung == wire::CallRung::ringing; });
    handset.say(wire::AcceptCall{call, true, std::nullopt});
    room->card([](const auto& card) { return card.rung == wire::CallRung::coming; });
    station.card([&](const auto& card) { return card.call == call && card.rung == wire::CallRung::coming; });
    room->say(wire::ArriveCall{call});
    handset.card([](const auto& card) { return card.rung == wire::CallRung::here; });
    handset.say(wire::SettleCall{call});
    room->card([](const auto& card) { return card.rung == wire::CallRung::settled; });
    handset.say(wire::CloseCall{call, {}, {}});
    for (Device* device : {static_cast<Device*>(room.get()), static_cast<Device*>(&handset),
                           static_cast<Device*>(&station)})
        CHECK(device->expect<wire::CallGone>().call == call);

    const auto counters = site.counters();
    CHECK(counters.zeromq == 2);
    CHECK(counters.websockets == 1);
    CHECK(counters.zeromq_rescues == 0);
}

TEST_CASE("a native device resumes from its last seq on a new connection, and its old one is told") {
    Site site;
    const auto room = room_of(site);
    room->say(wire::RaiseCall{1, 1, std::nullopt, std::nullopt});
    const auto call = room->card([](const auto&) { return true; }).call;
    room->expect<wire::Done>();

    NativeDevice again(site, {.keys = room->dealer.keys()});
    again.seq = room->seq;
    again.greet(room->seq);
    CHECK(again.welcome.resume == wire::Resume::replay);
    CHECK(again.welcome.device == room->device);
    CHECK(room->expect<wire::Goodbye>().reason == wire::GoodbyeReason::replaced);

    again.say(wire::WithdrawCall{call});
    again.expect<wire::Done>();
    // What it missed, and no more, comes to the next connection.
    NativeDevice third(site, {.keys = room->dealer.keys()});
    third.say(wire::Hello{third.credential, room->seq, std::nullopt, "test 1"});
    CHECK(third.expect<wire::Welcome>().resume == wire::Resume::replay);
    CHECK(third.card([](const auto&) { return true; }).withdraw_asked);
    third.expect<wire::Live>();
}

TEST_CASE("a native device that is revoked is out at once, and stays out on the connection that it has") {
    Site site;
    const auto room = room_of(site);
    site.revoke(room->device);
    CHECK(room->expect<wire::Goodbye>().reason == wire::GoodbyeReason::revoked);
    const auto dropped = site.counters().zeromq_dropped;
    room->say(wire::RaiseCall{3, 1, std::nullopt, std::nullopt});
    room->say(wire::Hello{room->credential, 0, std::nullopt, "test 1"});
    CHECK_FALSE(room->dealer.receive(300ms));
    CHECK(site.counters().zeromq_dropped >= dropped + 2);
    Dealer again(site.native_port(), site.native_key(), {.keys = room->dealer.keys()});
    CHECK_FALSE(again.admitted());
}

TEST_CASE("a native device's public key opens no door over WebSocket") {
    Site site;
    const auto room = room_of(site);
    PageDevice thief(site);
    thief.credential = room->credential;
    thief.say(wire::Hello{thief.credential, 0, std::nullopt, "page 1"});
    const auto rejected = thief.expect<wire::Rejected>();
    CHECK(rejected.name == "UnknownDevice");
    // Nor is it one more credential to enrol with: the room is still the room.
    room->say(wire::RaiseCall{1, 1, std::nullopt, std::nullopt});
    room->expect<wire::Done>();
}

TEST_CASE("a stranger who is let in says Enrol, and with a wrong code stays one") {
    Site site;
    NativeDevice early(site);
    CHECK_FALSE(early.dealer.admitted());
    const auto code = site.code(core::DeviceKind::room, "oak", "");
    NativeDevice stranger(site);
    stranger.say(wire::RaiseCall{1, 1, std::nullopt, std::nullopt});
    CHECK(stranger.expect<wire::Rejected>().name == "HelloFirst");
    stranger.say(wire::Hello{stranger.credential, 0, std::nullopt, "test 1"});
    CHECK(stranger.expect<wire::Rejected>().name == "UnknownDevice");
    stranger.say(wire::Enrol{"2222222222", stranger.credential, "test 1"});
    CHECK(stranger.expect<wire::Rejected>().name == "CodeNotValid");
    stranger.say(wire::Enrol{code, no_secret, "test 1"});
    CHECK(stranger.expect<wire::Rejected>().name == "CodeNotValid");
    stranger.say(wire::Enrol{code, stranger.credential, "test 1"});
    stranger.expect<wire::Enrolled>();
    stranger.greet(0);
}

TEST_CASE("a burst of six thousand commands of one native device is answered whole") {
    Site site;
    const auto room = room_of(site);
    for (int number = 0; number < 6'000; ++number)
        room->say(wire::ArriveCall{1});
    for (int number = 0; number < 6'000; ++number)
        REQUIRE(room->expect<wire::Rejected>().name == "NoSuchCall");
    CHECK(site.counters().zeromq_rescues == 0);
}
