// Bytes that must never change, because files hold them: payloads, headers, commitments and hashes of some events of
// fixed content. golden.json is read by readme.test.mjs too, which checks the chain with the code of the README.
// After a change that is meant (a new field at the end of a kind): ATTUNE_WRITE_GOLDEN=1 test_journal "golden*"
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;

namespace {

std::vector<core::Event> golden_events() {
    core::Event raised;
    raised.seq = 1;
    raised.at = 1'790'000'000'123;
    raised.wall = 1'790'000'000'120;
    raised.occurred_at = 1'789'999'999'999;
    for (std::size_t at = 0; at < raised.command.size(); ++at) raised.command[at] = static_cast<std::byte>(0xf0 + at);
    raised.device.value = "room-oak";
    raised.fact = core::CallRaised{{"oak"}, {"room-oak"}, {}, 2, false, 1'789'999'999'999, 4, 1'790'000'010'123};

    core::Event offered = raised;
    offered.seq = 2;
    offered.cause = 1;
    offered.fact = core::CallOffered{{1}, 1, {{"sam"}, {"ada"}}, 1'790'000'003'123, 1'790'000'015'123, 0};

    core::Event person;
    person.seq = 3;
    person.at = person.wall = 1'790'000'020'000;
    person.actor.value = "lee";
    person.late = true;
    person.fact = core::PersonSet{{{"rené"}, "René Example", "René", {core::Role::responder, core::Role::duty_lead}, {"elm"}}};

    core::Event before_1970;
    before_1970.seq = 4;
    before_1970.at = 1'790'000'020'001;
    before_1970.wall = -5;
    before_1970.fact = core::HubStarted{"0.1.0"};
    return {raised, offered, person, before_1970};
}

std::string golden_json() {
    std::string json = "[\n";
    Hash before = chain_start;
    for (const core::Event& event : golden_events()) {
        Record record;
        Salt salt;
        salt.fill(static_cast<std::byte>(event.seq));
        seal(event, salt, before, record);
        before = record.hash;
        const RecordView row = record.view();
        const auto number = [&](const char* name, std::int64_t value) {
            json += std::string("   \"") + name + "\": \"" + std::to_string(value) + "\",\n";
        };
        const auto text = [&](const char* name, std::string_view value) {
            json += std::string("   \"") + name + "\": \"" + std::string(value) + "\",\n";
        };
        json += event.seq == 1 ? "  {\n" : ",\n  {\n";
        number("seq", static_cast<std::int64_t>(row.seq));
        number("at", row.at);
        number("wall", row.wall);
        number("occurred_at", row.occurred_at);
        number("cause", static_cast<std::int64_t>(row.cause));
        number("late", row.late);
        number("schema", row.schema);
        text("command", hex(row.command));
        text("kind", row.kind);
        text("device", row.device);
        text("actor", row.actor);
        text("payload", hex(row.payload));
        text("salt", hex(row.salt));
        text("commitment", hex(row.commitment));
        json += "   \"hash\": \"" + hex(row.hash) + "\"\n  }";
    }
    return json + "\n]\n";
}

}  // namespace

TEST_CASE("golden events have the bytes and hashes that they always had") {
    // The working folder of the tests is the root of the clone.
    const std::filesystem::path file = "tests/journal/golden.json";
    const std::string now = golden_json();
    if (std::getenv("ATTUNE_WRITE_GOLDEN")) std::ofstream(file) << now;
    std::ifstream stored(file);
    CHECK(std::string(std::istreambuf_iterator<char>(stored), {}) == now);
}
