// A device that enrols waits for a second person, sees nothing and can do nothing.
#include "tests/app/browser.hpp"

using namespace attune;
using namespace attune::test;

namespace {

/// fay and gus have accounts and are here; a device enrols with a code of fay's and waits.
struct Waiting : RealWorld {
    Waiting() : fay(*this, "fay"), gus(*this, "gus") {
        fay.open("fay");
        gus.open("gus");
        admin = &fay.live();
        head = &gus.live();
    }
    Client& enrol(Client& maker, const std::string& name, wire::MakeEnrolmentCode wish) {
        const std::string code = answer<wire::EnrolmentCode>(maker, wish).code;
        Client& fresh = client(name);
        fresh.credential[0] = static_cast<std::byte>(++made);
        fresh.credential[1] = std::byte{0xEE};
        fresh.connect();
        const wire::Id id = fresh.say(wire::Enrol{code, fresh.credential, "t"});
        settle();
        enrolled = fresh.answer_to<wire::Enrolled>(id);
        fresh.device = enrolled.device;
        fresh.greet();
        settle();
        return fresh;
    }
    Client& waiting_room() { return enrol(*admin, "room", {wire::DeviceKind::room, "oak", std::nullopt}); }

    Browser fay, gus;
    Client* admin = nullptr;
    Client* head = nullptr;
    wire::Enrolled enrolled;
    int made = 0;
};

}  // namespace

TEST_CASE("a device waits until somebody else approves it, and is welcomed on the same connection") {
    Waiting world;
    Client& room = world.waiting_room();
    CHECK(world.enrolled.waiting_until.value_or(0) > 0);
    const auto waiting = room.expect<wire::Waiting>();
    CHECK(waiting.help == "Ring extension 200.");
    CHECK(room.count<wire::Welcome>() == 0);
    CHECK(world.refused(room, wire::RaiseCall{3, 0, {}, {}}) == "WaitingForApproval");
    CHECK(world.refused(room, wire::ListDevices{}) == "WaitingForApproval");
    CHECK(world.state().calls.empty());
    // It beats, and outlives its own silence rule that way.
    for (int n = 0; n < 10; ++n) {
        room.beat(all_well());
        world.pass(2'000);
    }
    REQUIRE(room.connected());
    CHECK(room.count<wire::Beat>() >= 9);
    CHECK(world.refused(*world.admin, wire::ApproveEnrolment{room.device}) == "SecondPersonNeeded");
    CHECK(world.refused(*world.head, wire::ApproveEnrolment{"room-nobody"}) == "NoSuchDevice");
    world.answer<wire::Done>(*world.head, wire::ApproveEnrolment{room.device});
    CHECK(room.expect<wire::Welcome>().place == "oak");
    room.expect<wire::Live>();
    CHECK(raise(world, room, 3) != 0);
    CHECK(world.refused(*world.head, wire::ApproveEnrolment{room.device}) == "NotWaiting");
    const auto list = world.answer<wire::Devices>(world.local(), wire::ListDevices{}).devices;
    REQUIRE(list.size() == 1);
    CHECK(list[0].made_by == "fay");
    CHECK(list[0].approved_by == "gus");
    CHECK_FALSE(list[0].waiting_until);
}

TEST_CASE("a waiting device is in nobody's audience, and shown to leaders alone") {
    Waiting world;
    Client& elm = world.enrol(*world.admin, "elm", {wire::DeviceKind::room, "elm", std::nullopt});
    world.answer<wire::Done>(*world.head, wire::ApproveEnrolment{elm.device});
    world.head->forget();
    Client& station = world.enrol(*world.admin, "station", {wire::DeviceKind::station, "office", std::nullopt});
    CHECK(world.head->expect<wire::DeviceChanged>().device.waiting_until);
    Client& twin = world.enrol(*world.admin, "twin", {wire::DeviceKind::room, "elm", std::nullopt});
    station.expect<wire::Waiting>();
    twin.expect<wire::Waiting>();
    elm.forget();
    raise(world, elm, 3);
    world.pass(4'000);
    CHECK(station.count<wire::CallChanged>() + twin.count<wire::CallChanged>() == 0);
    for (const wire::Envelope& envelope : elm.inbox)
        if (const auto* changed = get_if<wire::DeviceChanged>(&envelope.message)) CHECK(changed->device.device == elm.device);
    CHECK(world.refused(station, wire::AcceptCall{1, true, "ann"}) == "WaitingForApproval");
    for (Client* each : {&station, &twin})
        for (const wire::Envelope& envelope : each->inbox) CHECK(envelope.type == wire::MessageType::beat);
    // An import tells everybody anew: not those who wait.
    core::Directory changed = real_school();
    changed.children[{"k8"}] = {{"k8"}, "R.S.", {{"elm"}}, {{"ben"}}, {}, ""};
    world.hub->import(changed, true);
    world.settle();
    CHECK(twin.count<wire::Children>() == 0);
    CHECK(station.count<wire::Staff>() == 0);
    // The beats told nothing either.
    for (Client* each : {&station, &twin})
        for (const wire::Envelope& envelope : each->inbox)
            if (const auto* beat = get_if<wire::Beat>(&envelope.message)) CHECK(beat->seq == 0);
}

TEST_CASE("who is refused, or whom nobody lets in, is out for good, and told so") {
    Waiting world;
    Client& room = world.waiting_room();
    SECTION("refused") { world.answer<wire::Done>(*world.head, wire::RefuseEnrolment{room.device}); }
    SECTION("refused by the one who made the link") { world.answer<wire::Done>(*world.admin, wire::RefuseEnrolment{room.device}); }
    SECTION("lapsed after ten minutes") {
        for (int n = 0; n < 299; ++n) {
            room.beat();
            world.pass(2'000);
        }
        CHECK(room.connected());
        room.forget();
        room.beat();
        world.pass(2'000);
    }
    SECTION("revoked meanwhile") {
        world.answer<wire::Done>(*world.admin, wire::RevokeDevice{room.device});
        CHECK(room.expect<wire::Goodbye>().reason == wire::GoodbyeReason::revoked);
        CHECK(world.refused(*world.head, wire::ApproveEnrolment{room.device}) == "NotWaiting");
        return;
    }
    const auto goodbye = room.expect<wire::Goodbye>();
    CHECK(goodbye.reason == wire::GoodbyeReason::revoked);
    CHECK(goodbye.error == wire::number(wire::Error::enrolment_refused));
    room.connect();
    CHECK(world.refused(room, wire::Hello{room.credential, 0, {}, "t"}) == "UnknownDevice");
    CHECK(world.refused(*world.head, wire::ApproveEnrolment{room.device}) == "NotWaiting");
    CHECK(world.state().waits.empty());
}

TEST_CASE("a wait outlives a restart, and lapses on time all the same") {
    Waiting world;
    Client& room = world.waiting_room();
    world.pass(400'000);
    world.crash();
    room.connect();
    room.greet();
    world.settle();
    room.expect<wire::Waiting>();
    world.pass(200'000);
    CHECK(world.state().devices.at({room.device}).health == core::Health::revoked);
}

TEST_CASE("no second person: the example school, and links of the hub itself while fewer than two accounts are open") {
    RealWorld world;
    Browser fay(world, "fay"), gus(world, "gus");
    const auto approval = [&](Client& device) { return world.state().devices.at({device.device}).approval; };
    CHECK(approval(world.room("oak")) == core::Approval::alone);
    fay.open("fay");
    Client& elm = world.room("elm");
    CHECK(approval(elm) == core::Approval::alone);
    // The only leader can't make a link that nobody could approve.
    Client& admin = fay.live();
    CHECK(world.refused(admin, wire::MakeEnrolmentCode{wire::DeviceKind::room, "oak", std::nullopt}) == "NobodyToApprove");
    const auto list = world.answer<wire::Devices>(admin, wire::ListDevices{}).devices;
    CHECK(list.at(0).alone == true);
    gus.open("gus");
    std::string code;
    world.hub->offer_code(core::DeviceKind::room, {"oak"}, {}, [&](const app::OfferedCode& offered) { code = offered.code; });
    world.settle();
    Client& later = world.client("later");
    later.credential[3] = std::byte{9};
    later.connect();
    const auto enrolled = world.answer<wire::Enrolled>(later, wire::Enrol{code, later.credential, "t"});
    CHECK(enrolled.waiting_until);
    // Either of them may approve what was made on the hub itself.
    world.answer<wire::Done>(admin, wire::ApproveEnrolment{enrolled.device});
    core::Directory example = real_school();
    example.site.example = true;
    world.hub->import(example, true);
    world.settle();
    CHECK(approval(world.station("office")) == core::Approval::alone);
}

TEST_CASE("a handset that waited has its ten minutes for a PIN from the approval on") {
    Waiting world;
    Client& handset = world.enrol(*world.admin, "handset", {wire::DeviceKind::handset, std::nullopt, "ann"});
    for (int n = 0; n < 250; ++n) {
        handset.beat();
        world.pass(2'000);
    }
    world.answer<wire::Done>(*world.head, wire::ApproveEnrolment{handset.device});
    handset.forget();
    for (int n = 0; n < 200; ++n) {
        handset.beat();
        world.pass(2'000);
    }
    world.answer<wire::Done>(handset, wire::SetPin{"ann", "2580", std::array<std::byte, 16>{std::byte{9}}});
}
