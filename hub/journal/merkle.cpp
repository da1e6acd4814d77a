// The tree's hashes, its growing edge, and RFC 9162's proofs.
#include "hub/journal/merkle.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>

namespace attune::journal {

namespace {

Hash sha256(std::span<const std::byte> bytes) {
    Hash hash{};
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hash;
}

/// The largest power of two below `size`, which is at least 2: where RFC 9162 divides a tree.
std::uint64_t left_size(std::uint64_t size) { return std::bit_floor(size - 1); }

void prove_inclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const Subtree& subtree, std::vector<Hash>& proof) {
    if (end - begin == 1) return;
    const std::uint64_t middle = begin + left_size(end - begin);
    if (index < middle) {
        prove_inclusion(index, begin, middle, subtree, proof);
        proof.push_back(subtree(middle, end));
    } else {
        prove_inclusion(index, middle, end, subtree, proof);
        proof.push_back(subtree(begin, middle));
    }
}

/// `whole`: what begins here and ends at `older` is a root that whoever checks has already.
void prove_consistency(std::uint64_t older, std::uint64_t begin, std::uint64_t end, bool whole, const Subtree& subtree, std::vector<Hash>& proof) {
    if (older == end) {
        if (!whole) proof.push_back(subtree(begin, end));
        return;
    }
    const std::uint64_t middle = begin + left_size(end - begin);
    if (older <= middle) {
        prove_consistency(older, begin, middle, whole, subtree, proof);
        proof.push_back(subtree(middle, end));
    } else {
        prove_consistency(older, middle, end, false, subtree, proof);
        proof.push_back(subtree(begin, middle));
    }
}

/// The way from a leaf up: where it is among its neighbours, and where the last one is.
struct Way {
    std::uint64_t at, last;

    bool done() const { return last == 0; }
    /// The neighbour whose hash comes next in a proof is to the left.
    bool from_left() const { return (at & 1) != 0 || at == last; }
    void up() { at >>= 1, last >>= 1; }
    /// Past the levels at which a last one without a neighbour is its own parent.
    void past_lone() {
        while ((at & 1) == 0 && at != 0) up();
    }
};

}  // namespace

Hash merkle_leaf(const Hash& event) {
    std::array<std::byte, 1 + sizeof(Hash)> bytes{std::byte{0}};
    std::ranges::copy(event, bytes.begin() + 1);
    return sha256(bytes);
}

Hash merkle_node(const Hash& left, const Hash& right) {
    std::array<std::byte, 1 + 2 * sizeof(Hash)> bytes{std::byte{1}};
    std::ranges::copy(right, std::ranges::copy(left, bytes.begin() + 1).out);
    return sha256(bytes);
}

void MerkleEdge::append(const Hash& event) {
    subtrees_.push_back(merkle_leaf(event));
    // As many whole subtrees of one size stand at the end as the size so far had ones at its end.
    for (std::uint64_t before = size_++; (before & 1) != 0; before >>= 1) {
        const Hash right = subtrees_.back();
        subtrees_.pop_back();
        subtrees_.back() = merkle_node(subtrees_.back(), right);
    }
}

Hash MerkleEdge::root() const {
    if (subtrees_.empty()) return sha256({});
    Hash root = subtrees_.back();
    for (std::size_t n = subtrees_.size() - 1; n-- > 0;) root = merkle_node(subtrees_[n], root);
    return root;
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const Subtree& subtree) {
    std::vector<Hash> proof;
    if (index < size) prove_inclusion(index, 0, size, subtree, proof);
    return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t older, std::uint64_t newer, const Subtree& subtree) {
    std::vector<Hash> proof;
    if (older > 0 && older < newer) prove_consistency(older, 0, newer, true, subtree, proof);
    return proof;
}

bool is_included(const Hash& event, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root) {
    if (index >= size) return false;
    Way way{index, size - 1};
    Hash hash = merkle_leaf(event);
    for (const Hash& neighbour : proof) {
        if (way.done()) return false;
        if (way.from_left()) {
            hash = merkle_node(neighbour, hash);
            way.past_lone();
        } else {
            hash = merkle_node(hash, neighbour);
        }
        way.up();
    }
    return way.done() && hash == root;
}

bool is_continued(std::uint64_t older, const Hash& older_root, std::uint64_t newer, const Hash& newer_root, const std::vector<Hash>& proof) {
    if (older > newer) return false;
    if (older == newer) return proof.empty() && older_root == newer_root;
    if (older == 0) return proof.empty() && older_root == MerkleEdge{}.root();
    // A whole subtree is its own beginning, and is not said again.
    const bool known = std::has_single_bit(older);
    if (proof.empty()) return false;
    Way way{older - 1, newer - 1};
    while ((way.at & 1) != 0) way.up();
    Hash before = known ? older_root : proof.front(), now = before;
    for (std::size_t n = known ? 0 : 1; n < proof.size(); ++n) {
        if (way.done()) return false;
        if (way.from_left()) {
            before = merkle_node(proof[n], before);
            now = merkle_node(proof[n], now);
            way.past_lone();
        } else {
            now = merkle_node(now, proof[n]);
        }
        way.up();
    }
    return way.done() && before == older_root && now == newer_root;
}

}  // namespace attune::journal
