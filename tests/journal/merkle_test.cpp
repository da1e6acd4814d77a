// The tree of the log: against the RFC's own definition, and every proof against every way to be wrong by a little.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <bit>

#include "hub/journal/merkle.hpp"

using namespace attune;
using namespace attune::journal;

namespace {

constexpr std::uint64_t sizes_max = 70;  // past 64, so that six and seven levels are met

Hash event(std::uint64_t n) {
    Hash hash{};
    for (std::size_t at = 0; at < 8; ++at) hash[at] = static_cast<std::byte>(n >> (8 * at));
    return hash;
}

/// RFC 9162, 2.1.1, word for word: the tree's head of the events from begin to before end.
Hash head(std::uint64_t begin, std::uint64_t end) {
    if (begin == end) return MerkleEdge{}.root();
    if (end - begin == 1) return merkle_leaf(event(begin));
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    return merkle_node(head(begin, middle), head(middle, end));
}

Hash flipped(Hash hash, std::size_t bit) {
    hash[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
    return hash;
}

}  // namespace

TEST_CASE("the growing edge of the tree has the root that the RFC says, at every size") {
    // The root of an empty tree is the hash of nothing.
    CHECK(hex(MerkleEdge{}.root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    MerkleEdge edge;
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        edge.append(event(size - 1));
        REQUIRE(edge.size() == size);
        REQUIRE(edge.root() == head(0, size));
        REQUIRE(edge.subtrees().size() == static_cast<std::size_t>(std::popcount(size)));
    }
}

TEST_CASE("every event is shown to be in the log, and nothing else is") {
    for (std::uint64_t size = 1; size <= sizes_max; ++size)
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(index, size, head);
            REQUIRE(is_included(event(index), index, size, proof, head(0, size)));
            REQUIRE_FALSE(is_included(event(index + 1000), index, size, proof, head(0, size)));
            REQUIRE_FALSE(is_included(event(index), index, size, proof, flipped(head(0, size), index % 256)));
            REQUIRE_FALSE(is_included(event(index), index, 2 * size, proof, head(0, size)));  // a log that would be longer
            if (size > 1) {
                REQUIRE_FALSE(is_included(event(index), (index + 1) % size, size, proof, head(0, size)));
                auto longer = proof, shorter = proof;
                longer.push_back(event(7));
                shorter.pop_back();
                REQUIRE_FALSE(is_included(event(index), index, size, longer, head(0, size)));
                REQUIRE_FALSE(is_included(event(index), index, size, shorter, head(0, size)));
            }
        }
    CHECK_FALSE(is_included(event(3), 3, 3, {}, head(0, 3)));
}

TEST_CASE("a log that goes on is shown to, and one that was cut, forked or rolled back is not") {
    for (std::uint64_t newer = 0; newer <= sizes_max; ++newer)
        for (std::uint64_t older = 0; older <= newer; ++older) {
            const auto proof = consistency_proof(older, newer, head);
            REQUIRE(is_continued(older, head(0, older), newer, head(0, newer), proof));
            REQUIRE_FALSE(is_continued(older, flipped(head(0, older), newer % 256), newer, head(0, newer), proof));
            if (older > 0) REQUIRE_FALSE(is_continued(older, head(0, older), newer, flipped(head(0, newer), older % 256), proof));
            if (older < newer) REQUIRE_FALSE(is_continued(newer, head(0, newer), older, head(0, older), proof));
            auto longer = proof;
            longer.push_back(event(9));
            REQUIRE_FALSE(is_continued(older, head(0, older), newer, head(0, newer), longer));
            if (proof.empty()) continue;
            auto shorter = proof;
            shorter.pop_back();
            REQUIRE_FALSE(is_continued(older, head(0, older), newer, head(0, newer), shorter));
        }
}

TEST_CASE("a proof of the log with any one bit changed proves nothing") {
    constexpr std::uint64_t older = 37, newer = 66;
    const auto consistent = consistency_proof(older, newer, head);
    const auto included = inclusion_proof(older, newer, head);
    for (std::size_t n = 0; n < consistent.size(); ++n)
        for (std::size_t bit = 0; bit < 256; ++bit) {
            auto changed = consistent;
            changed[n] = flipped(changed[n], bit);
            REQUIRE_FALSE(is_continued(older, head(0, older), newer, head(0, newer), changed));
        }
    for (std::size_t n = 0; n < included.size(); ++n)
        for (std::size_t bit = 0; bit < 256; ++bit) {
            auto changed = included;
            changed[n] = flipped(changed[n], bit);
            REQUIRE_FALSE(is_included(event(older), older, newer, changed, head(0, newer)));
        }
}
