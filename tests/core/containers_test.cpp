// What the core keeps its ids and offers in: the order of strings, and a map's promises.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <vector>

#include "hub/core/flat_map.hpp"
#include "hub/core/id_text.hpp"
#include "hub/core/ids.hpp"

using attune::core::FlatMap;
using attune::core::IdText;
using attune::core::PersonId;

TEST_CASE("an id is its text, in the order of strings") {
    const std::vector<std::string> texts{"", "a", "a\0", "ab", "abcdefgh", "abcdefgi", "b", "zz", "\xc3\xa9", std::string(32, 'x'), std::string(31, 'x'),
                                         std::string("a\0b", 3), std::string("a\0", 2), "p10", "p2", "person-0012", "person-0100"};
    for (const std::string& a : texts)
        for (const std::string& b : texts) {
            CHECK((IdText(a) <=> IdText(b)) == (a <=> b));
            CHECK((IdText(a) == IdText(b)) == (a == b));
        }
    for (const std::string& text : texts) {
        CHECK(IdText(text).str() == text);
        CHECK(IdText(text).size() == text.size());
        CHECK(IdText(text).empty() == text.empty());
    }
}

TEST_CASE("text above an id's limit names nothing that a valid text names") {
    const std::string much(33, 'x');
    CHECK(IdText(much) != IdText(much.substr(0, 32)));
    CHECK_FALSE(IdText(much).empty());
    CHECK(IdText(much).size() == IdText::bytes_max);
}

TEST_CASE("a flat map does what a map does") {
    FlatMap<PersonId, int> flat;
    std::map<PersonId, int> map;
    unsigned dice = 7;
    for (int step = 0; step < 2'000; ++step) {
        dice = dice * 1'103'515'245U + 12'345U;
        const PersonId id{"p" + std::to_string(dice >> 16 & 63U)};
        switch (dice >> 24 & 3U) {
            case 0:
                flat.insert_or_assign(id, step);
                map.insert_or_assign(id, step);
                break;
            case 1:
                flat[id] += 1;
                map[id] += 1;
                break;
            case 2:
                flat.erase(id);
                map.erase(id);
                break;
            default:
                flat.erase_if([](const auto& item) { return item.second % 7 == 3; });
                std::erase_if(map, [](const auto& item) { return item.second % 7 == 3; });
        }
        REQUIRE(flat.contains(id) == map.contains(id));
        REQUIRE(std::vector<std::pair<PersonId, int>>(flat.begin(), flat.end()) == std::vector<std::pair<PersonId, int>>(map.begin(), map.end()));
    }
    const FlatMap<PersonId, int> copy = flat;
    CHECK(copy == flat);
    CHECK(copy.find(PersonId{"nobody"}) == copy.end());
}
