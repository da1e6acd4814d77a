// A small school for the tests of the core: three rooms, six adults with handsets, a station, one child with a plan.
// Everything is driven by commands, as in life; time moves only when a test says so.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/core/audience.hpp"
#include "hub/core/step.hpp"

namespace attune::core::test {

inline Digest digest(const std::string& text) {
    Digest bytes{};
    for (std::size_t n = 0; n < text.size() && n < bytes.size(); ++n) bytes[n] = static_cast<std::byte>(text[n]);
    return bytes;
}

inline Policy policy() {
    Policy policy;
    policy.owes = true;
    const auto last = Tier{{Group::station}, 60'000};
    policy.levels[0] = {{{{Group::named_adult}, 60'000}, {{Group::alternates}, 60'000}, {{Group::responders, Group::duty_lead}, 60'000}, last}, 300'000};
    policy.levels[1] = {{{{Group::named_adult, Group::nearest}, 15'000}, {{Group::alternates, Group::responders}, 15'000}, {{Group::duty_lead}, 15'000}, last}, 120'000};
    policy.levels[2] = {{{{Group::everyone}, 5'000}, last}, 60'000};
    return policy;
}

inline Directory directory() {
    Directory directory;
    directory.site = {"Test school", "Ring 200", true};
    directory.policy = policy();
    const auto place = [&](std::string id, PlaceKind kind, std::string zone) { directory.places[{id}] = {{id}, id, kind, zone, "", ""}; };
    place("oak", PlaceKind::room, "north");
    place("elm", PlaceKind::room, "south");
    place("office", PlaceKind::office, "north");
    place("nest", PlaceKind::calm_space, "north");
    const auto person = [&](std::string id, std::vector<Role> roles, std::string base) { directory.people[{id}] = {{id}, id, id, std::move(roles), {std::move(base)}}; };
    person("sam", {Role::teacher}, "oak");      // the named adult
    person("ada", {Role::teacher}, "elm");      // an alternate
    person("rex", {Role::responder}, "oak");    // near
    person("una", {Role::responder}, "elm");    // far
    person("lee", {Role::duty_lead}, "office");
    directory.children[{"p1"}] = {{"p1"}, "AB", {{"oak"}}, {{"sam"}, {"ada"}}, {"Quiet voice"}, "Likes trains"};
    return directory;
}

/// Thrown when a command was refused although the test expected it to go through.
struct Refused : std::runtime_error {
    explicit Refused(Rejection rejection) : std::runtime_error("refused: " + std::to_string(static_cast<int>(rejection.why))), rejection(rejection) {}
    Rejection rejection;
};

class School {
public:
    explicit School(std::vector<std::string> on_duty = {"sam", "ada", "rex", "una", "lee"}) {
        local(ImportDirectory{directory()});
        enrol("room-oak", DeviceKind::room, "oak");
        enrol("room-elm", DeviceKind::room, "elm");
        enrol("station", DeviceKind::station, "office");
        for (const auto* room : {"room-oak", "room-elm", "station"}) beat(room);
        for (const auto& person : on_duty) start_duty(person);
    }

    State state;
    Ms now = 1'000'000;
    std::vector<Event> log;
    std::vector<Event> last;  // of the newest step

    std::vector<Event>& run(Principal by, Intent intent) {
        auto result = step(state, Command{{}, std::move(by), now, now, 0, std::move(intent)});
        if (const auto* rejection = get_if<Rejection>(&result)) throw Refused(*rejection);
        last = std::get<std::vector<Event>>(std::move(result));
        log.insert(log.end(), last.begin(), last.end());
        return last;
    }
    std::vector<Event>& local(Intent intent) { return run({Principal::Kind::local, {}}, std::move(intent)); }
    std::vector<Event>& hub(Intent intent) { return run({Principal::Kind::hub, {}}, std::move(intent)); }
    std::vector<Event>& on(const std::string& device, Intent intent) { return run({Principal::Kind::device, {device}}, std::move(intent)); }

    Refusal refusal(const std::string& device, Intent intent) {
        const State before = state;
        const auto result = step(state, Command{{}, {Principal::Kind::device, {device}}, now, now, 0, std::move(intent)});
        if (!(before == state)) throw std::logic_error("a refused command changed the state");
        return get<Rejection>(result).why;
    }

    void enrol(const std::string& device, DeviceKind kind, const std::string& place, const std::string& person = "") {
        local(MakeEnrolmentCode{digest("code-" + device), kind, {place}, {person}, 600'000});
        run({Principal::Kind::hub, {}}, EnrolDevice{digest("code-" + device), digest("cred-" + device), {device}});
    }
    void beat(const std::string& device, std::set<Fault> faults = {}) { hub(ReportHealth{{device}, true, std::move(faults)}); }
    void silence(const std::string& device) { hub(ReportHealth{{device}, false, {}}); }
    void start_duty(const std::string& person) {
        enrol("h-" + person, DeviceKind::handset, "", person);
        beat("h-" + person);
        on("h-" + person, SetPin{{person}, "argon", digest("session-" + person)});
        on("h-" + person, ProveHandset{true, true});
    }

    CallId raise(std::uint32_t level, const std::string& room = "room-oak") {
        on(room, RaiseCall{level, now, {}, false});
        return state.call_at.at(state.devices.at({room}).place);
    }
    const Call& call(CallId id) const { return state.calls.at(id); }

    /// Moves time on, with everything that falls due on the way, each at its own instant.
    void wait(Ms span) {
        const Ms until = now + span;
        for (auto due = next_deadline(state); due && *due <= until; due = next_deadline(state)) {
            now = std::max(now, *due);
            hub(Tick{});
        }
        now = until;
    }

    std::vector<std::string> asked(CallId id) const {
        std::vector<std::string> people;
        for (const auto& [person, offer] : call(id).offers)
            if (!offer.declined) people.push_back(person.value);
        return people;
    }

    template <class Fact_>
    std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(log, [](const Event& event) { return holds_alternative<Fact_>(event.fact); }));
    }
    Relation relation(CallId id, const std::string& device) const { return seer_of(state, call(id), state.devices.at({device})).relation; }
    bool helps(CallId id, const std::string& device) const { return seer_of(state, call(id), state.devices.at({device})).sees_helps; }
};

}  // namespace attune::core::test
