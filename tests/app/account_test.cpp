// Enrolment, PINs, and the administrator's desk.
#include "tests/app/world.hpp"

#include "hub/app/secrets.hpp"

using namespace attune;
using namespace attune::test;

TEST_CASE("a code enrols one device, once, and within ten minutes") {
    World world;
    std::string code;
    world.hub->offer_code(core::DeviceKind::room, {"oak"}, {},
                          [&](const app::OfferedCode& offered) { code = offered.code; });
    CHECK(code.empty());  // not before it is on disk
    world.settle();
    REQUIRE(code.size() == 10);
    Client& oak = world.client("oak");
    oak.credential[0] = std::byte{1};
    oak.connect();
    SECTION("also typed in small letters, and again when the answer was lost") {
        std::string typed = code;
        for (char& letter : typed)
            letter = static_cast<char>(std::tolower(letter));
        const wire::Id first = oak.say(wire::Enrol{typed.substr(0, 5) + "-" + typed.substr(5), oak.credential, "t"});
        const wire::Id again = oak.say(wire::Enrol{code, oak.credential, "t"});
        world.settle();
        const auto enrolled = oak.answer_to<wire::Enrolled>(first);
        CHECK(enrolled.kind == wire::DeviceKind::room);
        CHECK(enrolled.label == "Oak room");
        CHECK(oak.answer_to<wire::Enrolled>(again) == enrolled);
        auto other = oak.credential;
        other[1] = std::byte{1};
        const wire::Id thief = oak.say(wire::Enrol{code, other, "t"});
        world.settle();
        CHECK(oak.answer_to<wire::Rejected>(thief).name == "CodeNotValid");
    }
    SECTION("not later") {
        oak.drop();
        world.pass(600'000);
        oak.connect();
        const wire::Id late = oak.say(wire::Enrol{code, oak.credential, "t"});
        world.settle();
        CHECK(oak.answer_to<wire::Rejected>(late).name == "CodeNotValid");
    }
    SECTION("and guessing ends the connection") {
        for (int n = 0; n < 5; ++n)
            oak.say(wire::Enrol{"AAAAAAAAAA", oak.credential, "t"});
        world.settle();
        CHECK_FALSE(oak.connected());
    }
}

TEST_CASE("a PIN is chosen only on the handset made for the person, and only in its first minutes") {
    World world;
    Client& ann = world.enrolled("ann", core::DeviceKind::handset, "", "ann");
    const std::array<std::byte, 16> secret{std::byte{5}};
    const auto refused = [&](const auto& message) {
        const wire::Id id = ann.say(message);
        world.settle();
        return ann.answer_to<wire::Rejected>(id).name;
    };
    CHECK(refused(wire::SetPin{"ann", "123", secret}) == "PinFormat");
    CHECK(refused(wire::SetPin{"ann", "77777", secret}) == "PinFormat");
    CHECK(refused(wire::SetPin{"ann", "12e4", secret}) == "PinFormat");
    CHECK(refused(wire::SetPin{"ben", "1234", secret}) == "PinNotAllowed");
    CHECK(refused(wire::SignIn{"ann", "1234", secret}) == "PinNotAllowed");
    CHECK(refused(wire::SignIn{"nobody", "1234", secret}) == "NoSuchPerson");
    CHECK(world.work.checks == 0);
    const wire::Id id = ann.say(wire::SetPin{"ann", "1234", secret});
    world.settle();
    ann.answer_to<wire::Done>(id);
    CHECK(ann.expect<wire::Staff>().people.size() == 5);
    CHECK(world.state().duties.at({"ann"}).pin == "hashed:1234");
    world.pass(600'001);
    CHECK(refused(wire::SetPin{"ann", "4321", secret}) == "PinNotAllowed");
}

TEST_CASE("wrong PINs cost time before they cost work") {
    World world;
    Client& ann = world.handset("ann");
    const std::array<std::byte, 16> secret{std::byte{5}};
    const auto refused = [&](const char* pin) {
        const wire::Id id = ann.say(wire::SignIn{"ann", pin, secret});
        world.settle();
        return ann.answer_to<wire::Rejected>(id);
    };
    for (int n = 0; n < 4; ++n)
        CHECK(refused("0000").name == "WrongPin");
    const auto fifth = refused("0000");
    CHECK(fifth.name == "WrongPin");
    CHECK(fifth.retry_ms.value_or(0) > 0);
    const int checks = world.work.checks;
    const auto wait = refused("2580");
    CHECK(wait.name == "PinWait");
    CHECK(wait.retry_ms.value_or(0) <= 30'000);
    CHECK(world.work.checks == checks);
    world.pass(30'000);
    const wire::Id id = ann.say(wire::SignIn{"ann", "2580", secret});
    world.settle();
    ann.answer_to<wire::Done>(id);
}

TEST_CASE("guesses can't run beside each other, and a repeated sign-in is looked at once") {
    World world;
    Client& ann = world.handset("ann");
    const int checks = world.work.checks;
    const wire::SignIn message{"ann", "0000", {}};
    const wire::Id id = ann.say(message);
    ann.say_again(message, id);
    const wire::Id beside = ann.say(wire::SignIn{"ann", "1111", {}});
    world.settle();
    CHECK(world.work.checks == checks + 1);
    CHECK(ann.answer_to<wire::Rejected>(id).name == "WrongPin");
    CHECK(ann.answer_to<wire::Rejected>(beside).name == "PinWait");
    ann.say_again(message, id);
    world.settle();
    CHECK(ann.answer_to<wire::Rejected>(id).name == "WrongPin");
    CHECK(world.work.checks == checks + 1);
    CHECK(world.state().duties.at({"ann"}).pin_failures == 1);
}

TEST_CASE("the administrator makes codes, lists and revokes devices, and asks twice without harm") {
    World world;
    Client& local = world.local();
    const wire::MakeEnrolmentCode ask{wire::DeviceKind::room, "oak", std::nullopt};
    const wire::Id id = local.say(ask);
    local.say_again(ask, id);
    world.settle();
    const auto code = local.answer_to<wire::EnrolmentCode>(id);
    CHECK(local.answer_to<wire::EnrolmentCode>(id) == code);
    const wire::Id nowhere = local.say(wire::MakeEnrolmentCode{wire::DeviceKind::room, "attic", std::nullopt});
    const wire::Id odd = local.say(wire::MakeEnrolmentCode{wire::DeviceKind::local, std::nullopt, std::nullopt});
    world.room("elm");
    const wire::Id list = local.say(wire::ListDevices{});
    const wire::Id revoke = local.say(wire::RevokeDevice{"none"});
    world.settle();
    CHECK(local.answer_to<wire::Rejected>(nowhere).name == "NoSuchPlace");
    CHECK(local.answer_to<wire::Rejected>(odd).name == "OutOfRange");
    CHECK(local.answer_to<wire::Devices>(list).devices.size() == 1);
    CHECK(local.answer_to<wire::Rejected>(revoke).name == "NoSuchDevice");
}

TEST_CASE("a code comes with the link for a native client, where native clients are served") {
    app::HubOptions options;
    std::string door = "attune://hub:1/";
    options.native_link = [&](const std::string& code) { return door.empty() ? "" : door + code; };
    World world(options);
    Client& local = world.local();
    const auto made = [&] {
        const wire::Id id = local.say(wire::MakeEnrolmentCode{wire::DeviceKind::room, "oak", std::nullopt});
        world.settle();
        return local.answer_to<wire::EnrolmentCode>(id);
    };
    const auto code = made();
    CHECK(code.native == "attune://hub:1/" + code.code);
    door.clear();
    CHECK_FALSE(made().native);
}

TEST_CASE("a device that was given another name is called so on every screen that shows it, and after a restart") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    Client& local = world.local();
    for (Client* client : {&oak, &office, &ann})
        client->forget();
    const wire::Id id = local.say(wire::RenameDevice{oak.device, "Oak, by the window"});
    world.settle();
    local.answer_to<wire::Done>(id);
    CHECK(office.expect<wire::DeviceChanged>().device.label == "Oak, by the window");
    CHECK(oak.expect<wire::DeviceChanged>().device.label == "Oak, by the window");
    CHECK(ann.nothing());
    const wire::Id again = local.say(wire::RenameDevice{oak.device, "Oak, by the window"});
    const wire::Id nameless = local.say(wire::RenameDevice{oak.device, "  "});
    const wire::Id nobody = local.say(wire::RenameDevice{"none", "x"});
    world.settle();
    local.answer_to<wire::Done>(again);
    CHECK(office.nothing());
    CHECK(local.answer_to<wire::Rejected>(nameless).name == "OutOfRange");
    CHECK(local.answer_to<wire::Rejected>(nobody).name == "NoSuchDevice");
    world.restart_cleanly();
    CHECK(world.state().devices.at({oak.device}).label == "Oak, by the window");
}

TEST_CASE("a room whose button is unplugged says so, and is shown to the station until it is back") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    office.forget();
    wire::Evidence evidence = all_well();
    evidence.button = false;
    oak.beat(evidence);
    world.settle();
    const auto gone = office.expect<wire::DeviceChanged>().device;
    CHECK(gone.health == wire::DeviceHealth::degraded);
    CHECK(gone.faults == std::vector{wire::Fault::no_button});
    evidence.button = true;
    oak.beat(evidence);
    world.settle();
    CHECK(office.expect<wire::DeviceChanged>().device.health == wire::DeviceHealth::healthy);
}

TEST_CASE("an import shows first what it would change, and reaches every screen when it is applied") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    core::Directory changed = small_school();
    changed.children[{"k8"}] = {{"k8"}, "R.S.", {{"oak"}}, {{"ben"}}, {}, ""};
    changed.people.erase({"eve"});
    changed.places[{"elm"}].name = "Elm class";
    oak.forget();
    ann.forget();
    const auto dry = world.hub->import(changed, false);
    world.settle();
    CHECK_FALSE(dry.applied);
    CHECK(dry.changes.size() == 3);
    CHECK(oak.nothing());
    const auto applied = world.hub->import(changed, true);
    world.settle();
    CHECK(applied.applied);
    CHECK(applied.changes == dry.changes);
    CHECK(oak.expect<wire::Children>().children.size() == 2);
    CHECK(ann.expect<wire::Staff>().people.size() == 4);
    CHECK(ann.expect<wire::Places>().places.size() == 4);
    CHECK(world.hub->import(changed, false).changes.empty());
}

TEST_CASE("a code has only letters that can't be taken for another, and many of them differ") {
    SeededRandom random{7};
    std::set<std::string> codes;
    for (int n = 0; n < 1'000; ++n)
        codes.insert(app::random_code(random, app::enrolment_code_length));
    CHECK(codes.size() == 1'000);
    for (const std::string& code : codes)
        CHECK(code.find_first_of("01ILO") == std::string::npos);
    CHECK(app::digest_of_code("ab c-2") == app::digest_of_code("ABC2"));
}
