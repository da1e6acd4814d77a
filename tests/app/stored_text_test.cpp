// Text that people store and screens show: markup is text like any other and comes back letter by letter; what could
// begin a line, change how text is read or reach a terminal is refused at the door.
#include "hub/app/csv_table.hpp"
#include "hub/app/directory_csv.hpp"
#include "tests/app/world.hpp"

using namespace attune;
using namespace attune::test;

namespace {

const std::string markup = "<img src=x onerror=alert(1)>&amp;'\"";
const std::string unfit[] = {"a\nb",           "a\rb",           std::string("a\0b", 3), "a\x1b[31mb",      "a\x7f",
                             "a\xc2\x85",      "a\xe2\x80\xa8" "b", "a\xe2\x80\xae" "b",       "a\xe2\x81\xa6" "b",  "a\xe2\x80\x8b",
                             "a\xef\xbb\xbf"};

}  // namespace

TEST_CASE("markup in names, notes and labels is stored and shown as the text that it is") {
    World world;
    core::Directory school = small_school();
    school.people[{"ann"}].short_name = markup.substr(0, 32);
    school.children[{"k7"}].helps[0] = markup;
    school.places[{"oak"}].name = markup;
    world.hub->import(school, true);
    world.settle();
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    const std::uint64_t call = raise(world, oak, 2);
    oak.say(wire::ChooseChild{call, "k7"});
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    CHECK(oak.cards.at(call).owner == markup.substr(0, 32));
    CHECK(ann.cards.at(call).helps.value().lines.at(0) == markup);
    CHECK(ann.cards.at(call).place_name == markup);
}

TEST_CASE("a device's new name may not begin a line, turn the text or reach a terminal") {
    World world;
    Client& oak = world.room("oak");
    const auto rename = [&](const std::string& label) {
        const wire::Id id = world.local().say(wire::RenameDevice{oak.device, label});
        world.settle();
        return id;
    };
    for (const std::string& label : unfit) {
        INFO(label);
        const core::State before = world.state();
        CHECK(world.local().answer_to<wire::Rejected>(rename(label)).name == "OutOfRange");
        CHECK(world.state() == before);
    }
    world.local().answer_to<wire::Done>(rename(markup));
    CHECK(world.state().devices.at({oak.device}).label == markup);
}

TEST_CASE("what is unfit to be shown is said in a sentence, wherever it stands in a file") {
    for (const std::string& text : unfit) CHECK_FALSE(app::unfit_to_show(text).empty());
    CHECK(app::unfit_to_show(markup).empty());
    CHECK(app::unfit_to_show("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\x8f(a)").empty());  // Hebrew, with its marks
    const std::string staff = "person,name,short_name,roles,base\nsam,Sam Example,Sam,duty_lead,\n";
    const std::string site = "key,value\nname,School\nhelp,Ring 200\n";
    const auto places = [](const std::string& name) { return "place,name,kind,zone,route_hint,extension\nr1,\"" + name + "\",room,,,\n"; };
    const std::string children = "child,initials,places,adults,helps_1,helps_2,helps_3,about\n";
    for (const std::string& text : unfit) {
        const auto parsed = app::parse_directory({{"site.csv", site}, {"staff.csv", staff}, {"places.csv", places(text)}, {"children.csv", children}});
        CHECK_FALSE(parsed.problems.empty());
        for (const app::Problem& problem : parsed.problems) CHECK(app::unfit_to_show(problem.message).empty());
    }
    CHECK(app::parse_directory({{"site.csv", site}, {"staff.csv", staff}, {"places.csv", places("<b>x</b>")}, {"children.csv", children}}).problems.empty());
}
