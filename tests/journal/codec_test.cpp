// Every kind of event there is goes to bytes and back; what is on disk from other versions is read as it was meant.
#include <boost/mp11/algorithm.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <random>
#include <set>

#include "fixture.hpp"
#include "hub/journal/describe.hpp"
#include "hub/journal/event_codec.hpp"
#include "protocol/cpp/pack/pack.hpp"

using namespace attune;
using namespace attune::journal;
namespace pack = attune::protocol::pack;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

/// Gives every field of a value something other than its default, something else each time.
struct Filler {
    std::uint64_t next = 0;

    template <class T>
    void fill(T& value) {
        ++next;
        if constexpr (std::same_as<T, bool>) {
            value = !value;
        } else if constexpr (std::integral<T>) {
            value = static_cast<T>(next * 1'000'003);
        } else if constexpr (std::is_enum_v<T>) {
            // The last alternative, so that it is never the default.
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) { value = d.value; });
        } else if constexpr (std::same_as<T, std::string> || pack::FixedText<T>) {
            value = "text ä " + std::to_string(next);
        } else if constexpr (pack::ByteArray<T>::value) {
            value.fill(static_cast<typename T::value_type>(next | 1));
        } else if constexpr (pack::is_a<T, std::vector>) {
            value.clear();
            fill(value.emplace_back());
            fill(value.emplace_back());
        } else if constexpr (pack::is_a<T, std::optional>) {
            fill(value.emplace());
        } else if constexpr (pack::is_a<T, std::set>) {
            value.clear();
            typename T::value_type item{};
            fill(item);
            value.insert(item);
        } else if constexpr (pack::KeyedMap<T>) {
            value.clear();
            for (int n = 0; n < 2; ++n) {
                typename T::key_type key{};
                fill(key);
                fill(value[key]);
            }
        } else if constexpr (pack::OtherArray<T>::value) {
            for (auto& item : value) fill(item);
        } else if constexpr (pack::is_a<T, std::pair> || pack::is_a<T, std::tuple>) {
            std::apply([&](auto&... items) { (fill(items), ...); }, value);
        } else if constexpr (pack::StrongId<T>) {
            fill(value.value);
        } else {
            boost::mp11::mp_for_each<pack::Members<T>>([&](auto d) { fill(value.*d.pointer); });
        }
    }
};

/// Calls with a filled fact of each alternative.
template <class Use>
void for_each_kind(const Use& use) {
    Filler filler;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, core::FactKinds>>([&]<class T>(std::type_identity<T>) {
        T fact{};
        filler.fill(fact);
        use(core::Fact(fact));
    });
}

Bytes bytes_of(const core::Fact& fact) {
    Bytes bytes;
    encode(fact, bytes);
    return bytes;
}

}  // namespace

TEST_CASE("every kind of event with every field set goes to bytes and back") {
    std::set<std::string> kinds;
    for_each_kind([&](const core::Fact& fact) {
        const Bytes bytes = bytes_of(fact);
        core::Fact read;
        decode(bytes, kind_of(fact), schema_of(kind_of(fact)), read);
        INFO(kind_of(fact));
        CHECK(read.index() == fact.index());
        CHECK(bytes_of(read) == bytes);  // a field that was lost would be its default now
        kinds.emplace(kind_of(fact));
    });
    CHECK(kinds.size() == boost::variant2::variant_size_v<core::FactKinds>);
}

TEST_CASE("a state with everything in it goes to bytes and back") {
    core::State state;
    Filler().fill(state);
    Bytes bytes;
    encode_state(state, bytes);
    core::State read;
    decode_state(bytes, read);
    CHECK(read == state);

    bytes.clear();
    encode_state(journal::test::busy_school().state, bytes);
    decode_state(bytes, read);
    CHECK(read == journal::test::busy_school().state);
    CHECK_THROWS_AS(decode_state(std::span(bytes).first(bytes.size() / 2), read), std::runtime_error);
}

TEST_CASE("fields that are not known are ignored, fields that are absent keep their default") {
    Bytes bytes;
    pack::Writer writer(bytes);
    writer.array(2);
    writer.str("DeviceEnrolled");
    writer.map(2);
    writer.str("invented_later");
    writer.array(2);
    writer.nil();
    writer.integer(-3);
    writer.str("device");
    writer.map(2);
    writer.str("id");
    writer.str("d1");
    writer.str("kind");
    writer.str("station");
    writer.flush();
    core::Fact fact;
    decode(bytes, "DeviceEnrolled", 1, fact);
    const auto& device = get<core::DeviceEnrolled>(fact).device;
    CHECK(device.id.value == "d1");
    CHECK(device.kind == core::DeviceKind::station);
    CHECK(device.locked == core::Device{}.locked);
    CHECK(device.credential == core::Digest{});
}

TEST_CASE("what cannot be read is refused in words") {
    core::Fact fact;
    const Bytes bytes = bytes_of(core::CallSettled{{7}});
    CHECK_THROWS_MATCHES(decode(bytes, "CallClosed", 1, fact), std::runtime_error, MessageMatches(ContainsSubstring("another kind")));
    CHECK_THROWS_MATCHES(decode(bytes, "CallSettled", 2, fact), std::runtime_error, MessageMatches(ContainsSubstring("newer version")));
    CHECK_THROWS_AS(decode({}, "CallSettled", 1, fact), std::runtime_error);
    Bytes unknown;
    pack::Writer writer(unknown);
    writer.array(2);
    writer.str("CallForgotten");
    writer.map(0);
    writer.flush();
    CHECK_THROWS_AS(decode(unknown, "CallForgotten", 1, fact), std::runtime_error);
    CHECK_THROWS_AS(bytes_of(core::HubStarted{"not \xff UTF-8"}), std::runtime_error);
    Bytes id_too_long;
    pack::Writer long_writer(id_too_long);
    long_writer.array(2);
    long_writer.str("SignedOut");
    long_writer.map(1);
    long_writer.str("person");
    long_writer.str(std::string(core::IdText::bytes_max + 1, 'x'));
    long_writer.flush();
    CHECK_THROWS_AS(decode(id_too_long, "SignedOut", 1, fact), std::runtime_error);
}

TEST_CASE("bytes that were cut or changed are refused or read, and never more than that") {
    std::minstd_rand random(3);
    for_each_kind([&](const core::Fact& fact) {
        const Bytes bytes = bytes_of(fact);
        core::Fact read;
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CHECK_THROWS_AS(decode(std::span(bytes).first(size), kind_of(fact), 1, read), std::runtime_error);
        }
        for (int turn = 0; turn < 200; ++turn) {
            Bytes changed = bytes;
            changed[random() % changed.size()] ^= static_cast<std::byte>(1U << random() % 8);
            try {
                decode(changed, kind_of(fact), 1, read);
            } catch (const std::runtime_error&) {
            }
        }
    });
}

TEST_CASE("the shape of the state is the same in every run, and not nothing") {
    CHECK(state_shape() == state_shape());
    CHECK(state_shape() != 0);
}
