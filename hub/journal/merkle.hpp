// A Merkle tree over the hashes of the log's events, as RFC 9162 (section 2.1) has it: so that whoever kept the root of an
// earlier log can be shown, in a few hundred bytes, that today's log is that one and more, and that one event is in it,
// without being given the log.
//   leaf = SHA-256(0x00 | the event's hash), node = SHA-256(0x01 | left | right), of an empty log SHA-256("")
// Events are numbered from 1 in the log and from 0 here. Pure functions of bytes; any thread. A proof is at most 64 hashes
// for each of its two sides.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "hub/journal/chain.hpp"

namespace attune::journal {

Hash merkle_leaf(const Hash& event);
Hash merkle_node(const Hash& left, const Hash& right);

/// The right edge of a tree that grows: the roots of the whole subtrees it is made of, the largest first. 64 hashes hold
/// any log, and one more event costs two hashes on average.
class MerkleEdge {
public:
    void append(const Hash& event);
    std::uint64_t size() const { return size_; }
    Hash root() const;
    const std::vector<Hash>& subtrees() const { return subtrees_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> subtrees_;
};

/// The root of the events from `begin` to before `end`; given by whoever has the events, or has kept roots of them.
using Subtree = std::function<Hash(std::uint64_t begin, std::uint64_t end)>;

/// That the event at `index` is in the tree of the first `size`; index < size.
std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const Subtree& subtree);
/// That the tree of the first `newer` events begins with the tree of the first `older`; older <= newer. Empty where
/// there is nothing to show: no older events, or the same log.
std::vector<Hash> consistency_proof(std::uint64_t older, std::uint64_t newer, const Subtree& subtree);

bool is_included(const Hash& event, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root);
bool is_continued(std::uint64_t older, const Hash& older_root, std::uint64_t newer, const Hash& newer_root, const std::vector<Hash>& proof);

}  // namespace attune::journal
