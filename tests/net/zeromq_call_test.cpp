// The whole hub behind the native door: two native clients and a page's WebSocket in one support call, enrolment,
// resuming, takeover and revocation, on real sockets.
#include <catch2/catch_test_macros.hpp>

#include "tests/net/site.hpp"

using namespace attune;
using namespace attune::net::test;

namespace {

namespace wire = protocol;
const app::CurveKey no_secret{};

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
