// The parts of the library and of attune that have no socket.
#include <catch2/catch_test_macros.hpp>

#include "clients/cli/json.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/words.hpp"
#include "clients/native/backoff.hpp"
#include "clients/native/client.hpp"
#include "tests/support/folder.hpp"
#include "tests/clients/hub_double.hpp"

using namespace attune;
using namespace std::chrono_literals;

namespace {

const std::string key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

}  // namespace

TEST_CASE("an enrolment link is read in one piece, or not at all") {
    const auto link = client::parse_enrolment_link("attune://hub.example:8461/7kq4mxw2pd/" + key);
    REQUIRE(link);
    CHECK(link->address == "hub.example:8461");
    CHECK(link->code == "7KQ4MXW2PD");
    CHECK(client::key_text(link->hub_key) == key);
    CHECK(link->hub_key.at(31) == std::byte{31});
    CHECK(client::parse_enrolment_link("attune://[::1]:8461/7KQ4MXW2PD/" + key)->address == "[::1]:8461");
    for (const auto* text : {"", "attune://", "attune://h:1", "http://h:1/7KQ4MXW2PD/", "attune://h/7KQ4MXW2PD/",
                             "attune://h:0/7KQ4MXW2PD/", "attune://h:65536/7KQ4MXW2PD/", "attune://h:1/SHORT/",
                             "attune://h:1/7KQ4MXW2P!/", "attune://h o:1/7KQ4MXW2PD/", "attune://::1:80/7KQ4MXW2PD/",
                             "attune://h;x:1/7KQ4MXW2PD/", "attune://h:1x/7KQ4MXW2PD/"})
        CHECK_FALSE(client::parse_enrolment_link(text + key));
    for (const auto& bad : {key.substr(1), key + "A", key + "=", std::string("!") + key.substr(1)})
        CHECK_FALSE(client::parse_enrolment_link("attune://h:1/7KQ4MXW2PD/" + bad));
}

TEST_CASE("pauses between dials grow to four seconds and are never the same for all") {
    CHECK(client::dial_delay(0, 0) == 0ms);
    CHECK(client::dial_delay(0, 1'000) == 250ms);
    CHECK(client::dial_delay(1, 1'000) == 500ms);
    for (unsigned attempt = 1; attempt < 40; ++attempt) {
        CHECK(client::dial_delay(attempt, 0) * 2 == client::dial_delay(attempt, 1'000));
        CHECK(client::dial_delay(attempt, 1'000) <= 4s);
        CHECK(client::dial_delay(attempt, 1'000) >= client::dial_delay(attempt - 1, 1'000));
    }
}

TEST_CASE("what is held is the newest word, whatever its number") {
    client::Held held;
    hold(held,
         protocol::CallChanged{50, {}, 0, test::a_card(7, protocol::Relation::raiser, protocol::CallRung::coming)});
    hold(held, protocol::CallChanged{49, {}, 0, test::a_card(7, protocol::Relation::raiser, protocol::CallRung::here)});
    CHECK(held.calls.at(7).rung == protocol::CallRung::here);
    CHECK(held.seq == 50);
    hold(held, protocol::Live{50});
    protocol::Welcome welcome;
    welcome.resume = protocol::Resume::replay;
    hold(held, welcome);
    CHECK(held.calls.size() == 1);
    CHECK_FALSE(held.live);
    hold(held, protocol::Live{60});
    CHECK(held.seq == 60);
    welcome.resume = protocol::Resume::snapshot;
    hold(held, welcome);
    CHECK(held.calls.empty());
    CHECK(held.seq == 0);
}

TEST_CASE("the owned call comes first, then real before drill, then urgency, then age") {
    client::Held held;
    const auto add = [&](std::uint64_t id, protocol::Relation relation, std::uint64_t level, bool drill) {
        auto card = test::a_card(id, relation, protocol::CallRung::ringing);
        card.level = level;
        card.drill = drill;
        card.raised_at = static_cast<std::int64_t>(id);
        held.calls.emplace(id, card);
    };
    add(1, protocol::Relation::offered, 3, true);
    add(2, protocol::Relation::offered, 1, false);
    add(3, protocol::Relation::offered, 3, false);
    add(4, protocol::Relation::owner, 1, false);
    add(5, protocol::Relation::offered, 3, false);
    std::vector<std::uint64_t> order;
    for (const auto& call : by_urgency(held))
        order.push_back(call.call);
    CHECK(order == std::vector<std::uint64_t>{4, 3, 5, 2, 1});
}

TEST_CASE("an old tap is not said for anyone, and an unread file is kept beside") {
    const test::Folder folder;
    {
        client::Pending pending(folder / "pending");
        pending.add({client::random_bytes16(), protocol::AcceptCall{7, true, {}}, 1'000, true, true, {}, 0, {}});
        pending.add({client::random_bytes16(), protocol::RaiseCall{1, 1'000, {}, {}}, 1'000, true, true, {}, 0, {}});
    }
    client::Pending soon(folder / "pending");
    soon.load(100'000);
    CHECK(soon.commands().size() == 2);
    client::Pending late(folder / "pending");
    late.load(200'000);
    REQUIRE(late.commands().size() == 1);
    CHECK(holds_alternative<protocol::RaiseCall>(late.commands().front().message));
    std::ofstream(folder / "pending") << "nonsense";
    client::Pending broken(folder / "pending");
    broken.load(0);
    CHECK(broken.commands().empty());
    CHECK_FALSE(broken.trouble().empty());
    CHECK(test::text_of(folder / "pending.unread") == "nonsense");
}

TEST_CASE("only what has never left can be taken back") {
    client::Pending pending;
    const auto first = client::random_bytes16(), second = client::random_bytes16();
    pending.add({first, protocol::RaiseCall{1, 0, {}, {}}, 0, true, false, {}, 0, {}});
    pending.add({second, protocol::RaiseCall{1, 0, {}, {}}, 0, true, false, {}, 0, {}});
    pending.sending(first, 3'000);
    CHECK_FALSE(pending.take_back(first));
    CHECK(pending.take_back(second));
    CHECK(pending.sendable(0).empty());
    CHECK(pending.sendable(3'000).size() == 1);
}

TEST_CASE("text of others is shown as text") {
    CHECK(cli::harmless("a\x1b[31mb\u202Ec\n") == "a<U+001B>[31mb<U+202E>c<U+000A>");
    CHECK(cli::harmless("Zoë – “Room 12”") == "Zoë – “Room 12”");
    CHECK(cli::json_text("a\"\\\x01\u2066") == R"("a\"\\\u0001\u2066")");
    protocol::CallGone gone{5, 7, protocol::CallEvent::closed, {}};
    CHECK(cli::json_fields(gone) == R"("seq":5,"call":7,"event":"closed")");
}

TEST_CASE("the rungs are said as the pages say them") {
    using protocol::CallRung;
    auto card = test::a_card(7, protocol::Relation::raiser, CallRung::received);
    CHECK(cli::raiser_line(card) == "Received");
    card.recorded = false;
    CHECK(cli::raiser_line(card) == "Going out to handsets · not recorded yet");
    card.recorded = true;
    card.rung = CallRung::ringing;
    card.ringing = 2;
    CHECK(cli::raiser_line(card) == "Received · ringing 2");
    card.rung = CallRung::not_delivered;
    CHECK(cli::raiser_line(card) == "No handset can be reached yet");
    card.rung = CallRung::coming;
    card.owner = "Sam";
    CHECK(cli::raiser_line(card) == "Sam is coming");
    card.owner_late = true;
    card.drill = true;
    CHECK(cli::raiser_line(card) == "Drill · Sam is running late · asking others");
    CHECK(cli::call_title(card) == "Drill. Room 12, Support now");
    CHECK(cli::duration(130s) == "2 min 10 s");
    CHECK(cli::names({"Sam", "Alex"}) == "Sam and Alex");
    CHECK(cli::names({"A", "B", "C", "D"}) == "A, B, C and 1 more");
}
