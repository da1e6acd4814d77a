// An adult for today on the wire: the PIN that is shown once and works on any handset, the same answer for the same
// command, who sees the list, a crash in between, and the end of the day.
#include "tests/app/browser.hpp"

#include <algorithm>

using namespace attune;
using namespace attune::test;

namespace {

const std::array<std::byte, 16> secret{std::byte{9}};

wire::AddSupply kim(const std::string& covers = "ann") {
    wire::AddSupply message;
    message.name = " Kim Hale ";
    message.short_name = "Kim";
    message.roles = {wire::Role::responder};
    message.covers = covers;
    return message;
}

template <class Answer, class Message>
Answer ask(World& world, Client& client, const Message& message) {
    const wire::Id id = client.say(message);
    world.settle();
    return client.answer_to<Answer>(id);
}

bool staff_has(Client& client, const std::string& person) {
    bool there = false;
    while (client.count<wire::Staff>() > 0) {
        const auto staff = client.expect<wire::Staff>();
        const auto found = std::ranges::find(staff.people, person, &wire::PersonRef::person);
        if (staff.first) there = false;
        there = there || (found != staff.people.end() && found->today);
    }
    return there;
}

}  // namespace

TEST_CASE("an adult for today gets a PIN once, takes any handset with it, and is gone when their day ends") {
    World world;
    Client& spare = world.enrolled("spare", core::DeviceKind::handset, "", "");
    spare.forget();
    const wire::AddSupply message = kim();
    const wire::Id id = world.local().say(message);
    world.settle();
    const auto added = world.local().answer_to<wire::SupplyAdded>(id);
    CHECK(added.pin.size() == 6);
    CHECK(added.short_name == "Kim");
    CHECK(world.state().directory.people.at({core::IdText(added.person)}).name == "Kim Hale");
    CHECK(staff_has(spare, added.person));
    world.local().say_again(message, id);  // the answer got lost
    world.settle();
    CHECK(world.local().answer_to<wire::SupplyAdded>(id).pin == added.pin);
    CHECK(world.state().supplies.size() == 1);

    CHECK(ask<wire::Rejected>(world, spare, wire::SignIn{added.person, added.pin == "135790" ? "135791" : "135790", secret}).name == "WrongPin");
    ask<wire::Done>(world, spare, wire::SignIn{added.person, added.pin, secret});
    ask<wire::Done>(world, spare, wire::ProveHandset{true, true});
    const auto list = ask<wire::Supplies>(world, world.local(), wire::ListSupplies{});
    REQUIRE(list.supplies.size() == 1);
    CHECK(list.supplies[0].signed_in);
    CHECK(list.supplies[0].covers == "Ann");

    world.crash();
    CHECK(world.state().supplies.size() == 1);
    Client& again = world.client("spare");
    again.connect();
    again.greet(0);
    world.settle();
    again.forget();
    const auto ends = world.state().supplies.begin()->second.until;
    world.clients_beat = false;
    while (world.state().last_at < ends && !world.state().supplies.empty()) world.pass(std::max<app::Ms>(ends - world.hub->engine().now(), 1));
    world.settle();
    CHECK(world.state().supplies.empty());
    CHECK_FALSE(world.state().directory.people.contains({core::IdText(added.person)}));
    CHECK(world.state().devices.at({core::IdText(again.device)}).signed_in.empty());
}

TEST_CASE("who leads adds them and sees the list, and nobody else") {
    RealWorld world;
    Browser head(world, "gus");
    head.open("gus");
    Client& gus = head.live();
    gus.forget();
    Client& ann = world.handset("ann");
    CHECK(world.refused(ann, kim("ben")) == "NotYours");
    CHECK(world.refused(world.room("oak"), kim("ben")) == "NotYours");
    const auto added = world.answer<wire::SupplyAdded>(gus, kim("ben"));
    REQUIRE(gus.count<wire::Supplies>() > 0);
    wire::Supplies list = gus.expect<wire::Supplies>();
    while (gus.count<wire::Supplies>() > 0) list = gus.expect<wire::Supplies>();
    REQUIRE(list.supplies.size() == 1);
    CHECK(list.supplies[0].person == added.person);
    CHECK_FALSE(list.supplies[0].signed_in);
    CHECK(world.refused(gus, kim("ben")) == "ShortNameTaken");
    auto lead = kim("ben");
    lead.short_name = "Kit";
    lead.roles = {wire::Role::head};
    CHECK(world.refused(gus, lead) == "SupplyRole");
    lead.roles = {wire::Role::teacher};
    lead.name = "Kit\u202E";
    CHECK(world.refused(gus, lead) == "OutOfRange");
    Browser admin(world, "fay", "10.0.0.6");
    admin.open("fay");
    Client& fay = admin.live();
    lead.name = "Kit";
    CHECK(world.refused(fay, lead) == "NotYours");
    world.answer<wire::Done>(gus, wire::EndSupply{added.person});
    CHECK(world.refused(gus, wire::EndSupply{added.person}) == "NoSuchSupply");
    list = gus.expect<wire::Supplies>();
    CHECK(list.supplies.empty());
    // The PIN is in no event: its hash is, and that is withheld from every log.
    CHECK(world.answer<wire::Supplies>(world.local(), wire::ListSupplies{}).supplies.empty());
}
