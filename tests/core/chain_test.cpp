// The chain of a call, for every pattern of availability: whoever is free is asked in the child's order, nobody who is
// known to be unavailable costs time, and when all decline or nobody answers it ends at a sounding station.
#include <catch2/catch_test_macros.hpp>

#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

const std::vector<std::string> adults = {"sam", "ada", "rex", "una", "lee"};
enum class Pattern : std::uint8_t { free, on_break, silent, signed_out };
constexpr std::uint32_t patterns = 4;

/// The pattern number, read with base 4: one digit for each adult.
School school_with(const School& all_free, std::uint32_t number) {
    School school = all_free;
    for (const std::string& person : adults) {
        const std::string handset = "h-" + person;
        switch (static_cast<Pattern>(number % patterns)) {
            case Pattern::free: break;
            case Pattern::on_break: school.on(handset, SetAvailability{Declared::on_break, school.now + 3'600'000}); break;
            case Pattern::silent: school.silence(handset); break;
            case Pattern::signed_out: school.on(handset, SignOut{}); break;
        }
        number /= patterns;
    }
    return school;
}

bool is_free(const School& school, const std::string& person) {
    return availability(school.state, {person}, school.now) == Availability::free;
}

bool waits_for_somebody(const School& school, CallId id) {
    return std::ranges::any_of(school.call(id).offers, [&](const auto& offer) { return !offer.second.declined && is_free(school, offer.first.value); });
}

void decline_one(School& school, CallId id) {
    for (const auto& [person, offer] : school.call(id).offers)
        if (!offer.declined && is_free(school, person.value)) {
            school.on("h-" + person.value, DeclineCall{id});
            return;
        }
}

}  // namespace

TEST_CASE("for every pattern of availability the chain ends at a person or a sounding station") {
    const School all_free;
    std::uint32_t count = 1;
    for (std::size_t n = 0; n < adults.size(); ++n) count *= patterns;
    for (std::uint32_t number = 0; number < count; ++number) {
        for (std::uint32_t level = 1; level <= 3; ++level) {
            School school = school_with(all_free, number);
            const CallId id = school.raise(level);
            for (std::size_t declines = 0; declines <= adults.size(); ++declines) {
                if (!waits_for_somebody(school, id)) break;
                decline_one(school, id);  // and at once somebody else is waited for, or the station is called
                if (!waits_for_somebody(school, id) && !school.call(id).station_called) FAIL("pattern " << number << ", level " << level);
            }
            if (!school.call(id).station_called) FAIL("pattern " << number << ", level " << level << " ends with nobody");
            if (school.call(id).due[static_cast<std::size_t>(Deadline::resound)] == 0) FAIL("pattern " << number << " falls silent");
        }
    }
}

TEST_CASE("for every pattern of availability a call that nobody answers is at the station within its tiers' times") {
    const School all_free;
    const Ms at_most[] = {180'000, 45'000, 5'000};
    std::uint32_t count = 1;
    for (std::size_t n = 0; n < adults.size(); ++n) count *= patterns;
    for (std::uint32_t number = 0; number < count; number += 3) {
        for (std::uint32_t level = 1; level <= 3; ++level) {
            School school = school_with(all_free, number);
            const CallId id = school.raise(level);
            school.wait(at_most[level - 1]);
            if (!school.call(id).station_called) FAIL("pattern " << number << ", level " << level);
        }
    }
}
