// Signed checkpoints: the format is that of signed notes, by an example that is not ours; what was changed, cut or signed
// by somebody else is refused; and a log is held against what it once was.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "fixture.hpp"
#include "hub/journal/checkpoint.hpp"
#include "hub/journal/merkle.hpp"
#include "hub/journal/verify.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

LogKey key_of(int number) {
    LogKey::Seed seed{};
    seed[0] = static_cast<std::byte>(number);
    return LogKey(seed);
}

/// From the documentation of golang.org/x/mod/sumdb/note.
const std::string example_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string example_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string example_note =
    example_text + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

Hash some_root() { return merkle_leaf(Hash{}); }

}  // namespace

TEST_CASE("a signed note of another program is read", "[checkpoint]") {
    CHECK(open_note(example_note, example_key) == example_text);
    CHECK(open_note(example_note, example_key + "\n") == example_text);
    CHECK(open_note(example_note + "\n\n", example_key) == example_text);
}

TEST_CASE("a checkpoint comes back as it was signed", "[checkpoint]") {
    const LogKey key = key_of(1);
    const std::string note = signed_checkpoint(1'200, some_root(), key);
    CHECK(note.starts_with(key.name() + "\n1200\n"));
    CHECK(open_checkpoint(note, key.verifier()) == Checkpoint{key.name(), 1'200, some_root()});
    CHECK(open_checkpoint(signed_checkpoint(0, some_root(), key), key.verifier()).size == 0);
}

TEST_CASE("a note with one byte changed, cut off, or signed by somebody else is refused", "[checkpoint]") {
    const LogKey key = key_of(1), other = key_of(2);
    const std::string note = signed_checkpoint(1'200, some_root(), key);
    for (std::size_t at = 0; at + 1 < note.size(); ++at) {
        std::string changed = note;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        INFO(at);
        CHECK_THROWS_AS(open_checkpoint(changed, key.verifier()), std::runtime_error);
    }
    for (std::size_t size = 0; size + 1 < note.size(); ++size) CHECK_THROWS_AS(open_checkpoint(note.substr(0, size), key.verifier()), std::runtime_error);
    CHECK_THROWS_MATCHES(open_checkpoint(note, other.verifier()), std::runtime_error, MessageMatches(ContainsSubstring("not signed by " + other.name())));
    CHECK_THROWS_MATCHES(open_checkpoint(example_note, example_key), std::runtime_error, MessageMatches(ContainsSubstring("no checkpoint")));
    for (const char* none : {"", "a", "a+b", "a+b+c", "attune/1+00000000+AQ=="})
        CHECK_THROWS_MATCHES(open_checkpoint(note, none), std::runtime_error, MessageMatches(ContainsSubstring("attuned log key")));
}

TEST_CASE("a second signature beside the log's own does no harm", "[checkpoint]") {
    const LogKey key = key_of(1);
    const std::string note = signed_checkpoint(7, some_root(), key);
    CHECK(open_checkpoint(note + "\u2014 witness AAAA\n", key.verifier()).size == 7);
}

TEST_CASE("the log is held against what it once was", "[checkpoint]") {
    Directory directory;
    store(directory.state(), busy_school().log);
    const std::uint64_t events = busy_school().log.size();
    std::vector<Hash> roots{MerkleEdge().root()};
    MerkleEdge edge;
    const VerifyReport report = verify(directory.file(), {}, [&](const Hash& hash) {
        edge.append(hash);
        roots.push_back(edge.root());
    });
    REQUIRE(report.ok());
    REQUIRE(edge.size() == events);
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, events / 2, events})
        CHECK(holds_against(directory.file(), {"", size, roots[size]}).ok());

    SECTION("cut off at its end") {
        Database(directory.file(), Database::Mode::write).run("DROP TRIGGER event_is_not_deleted; DELETE FROM snapshot; DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)");
        CHECK(verify(directory.file()).ok());  // the chain alone does not show it
        const VerifyReport cut = holds_against(directory.file(), {"", events, roots[events]});
        CHECK(cut.first_bad_seq == events);
        CHECK_THAT(cut.sentence(), ContainsSubstring("is missing") && ContainsSubstring("a checkpoint of " + std::to_string(events) + " events"));
        CHECK(holds_against(directory.file(), {"", events - 1, roots[events - 1]}).ok());
    }
    SECTION("another log") {
        const VerifyReport other = holds_against(directory.file(), {"", events, roots[events - 1]});
        CHECK_FALSE(other.ok());
        CHECK_THAT(other.sentence(), ContainsSubstring("are not those of the checkpoint"));
    }
}
