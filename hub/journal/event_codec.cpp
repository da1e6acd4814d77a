// The core's types through the generic binding of protocol/cpp/pack, and the proof that all of their fields take part.
#include "hub/journal/event_codec.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <stdexcept>
#include <string>
#include <tuple>

#include "hub/journal/describe.hpp"
#include "hub/journal/journal.hpp"
#include "protocol/cpp/pack/pack.hpp"

namespace attune::journal {

/// For field_count() alone: never made, and so never defined.
struct Anything {
    template <class T>
    operator T() const;
};

namespace {

namespace pack = protocol::pack;

// ---- every field is described ----

/// How many fields an aggregate has: the longest list of initialisers that it takes.
template <class T, class... Initialisers>
consteval std::size_t field_count() {
    if constexpr (requires { T{Initialisers{}..., Anything{}}; }) {
        return field_count<T, Initialisers..., Anything>();
    } else {
        return sizeof...(Initialisers);
    }
}

template <class T>
consteval bool all_described() {
    if constexpr (pack::Described<T> || pack::StrongId<T>) {
        return boost::mp11::mp_size<pack::Members<T>>::value == field_count<T>();
    }
    return true;
}

template <class T>
struct Checked {
    static_assert(all_described<T>(), "a field of this type is missing in hub/journal/describe.hpp");
    using type = void;
};

// ---- the shape of a type: the names of its fields, all the way down ----

constexpr std::uint64_t mix(std::uint64_t hash, std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return (hash ^ 0xff) * 0x100000001b3ULL;
}

template <class T>
std::uint64_t shape(std::uint64_t hash);

template <template <class...> class Container, class... Args>
std::uint64_t shape_of_args(std::uint64_t hash, const Container<Args...>*) {
    ((hash = shape<Args>(hash)), ...);
    return hash;
}

// Asked for once: inlined into each other, the shapes would be all of the state in one function.
template <class T>
[[gnu::noinline]] std::uint64_t shape(std::uint64_t hash) {
    if constexpr (pack::Described<T>) {
        typename Checked<T>::type* checked = nullptr;
        (void)checked;
        boost::mp11::mp_for_each<pack::Members<T>>([&](auto d) {
            hash = mix(hash, d.name);
            hash = shape<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>(hash);
        });
    } else if constexpr (std::is_enum_v<T>) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) { hash = mix(hash, d.name); });
    } else if constexpr (pack::StrongId<T>) {
        hash = mix(hash, "id");
        hash = shape<decltype(T::value)>(hash);
    } else if constexpr (pack::KeyedMap<T>) {
        hash = shape<typename T::mapped_type>(shape<typename T::key_type>(mix(hash, "map")));
    } else if constexpr (pack::is_a<T, std::set> || pack::is_a<T, std::vector>) {
        hash = shape<typename T::value_type>(mix(hash, "list"));
    } else if constexpr (pack::OtherArray<T>::value) {
        hash = shape<typename T::value_type>(mix(hash, "array" + std::to_string(std::tuple_size_v<T>)));
    } else if constexpr (pack::is_a<T, std::tuple> || pack::is_a<T, std::pair> || pack::is_a<T, std::optional> || pack::OneOfMany<T>) {
        hash = shape_of_args(mix(hash, "of"), static_cast<const T*>(nullptr));
    } else if constexpr (std::is_integral_v<T>) {
        hash = mix(hash, std::is_same_v<T, bool> ? "bool" : "number");
    } else {
        hash = mix(hash, "bytes");  // strings and digests
    }
    return hash;
}

template <class... Facts>
consteval bool facts_described(const boost::variant2::variant<Facts...>*) {
    return (all_described<Facts>() && ...);
}
static_assert(facts_described(static_cast<const core::FactKinds*>(nullptr)),
              "a field of a fact is missing in hub/journal/describe.hpp");

// ---- reading ----

[[noreturn]] void refuse(const std::string& what, protocol::Error error) {
    throw std::runtime_error(what + " (error " + std::to_string(static_cast<int>(error)) + ")");
}

/// Its memory serves for millions of events.
pack::Tape& tape() {
    static thread_local pack::Tape tape;
    return tape;
}

template <class T>
void read(std::span<const std::byte> bytes, T& value, const char* what) {
    if (const pack::Problem problem = pack::read(bytes, {}, tape())) refuse(what, *problem);
    if (const pack::Problem problem = pack::read_value(tape(), 0, value, {})) refuse(what, *problem);
}

}  // namespace

std::string_view kind_of(const core::Fact& fact) {
    return pack::name_of_kind(fact);
}

std::int64_t schema_of(std::string_view) { return 1; }

void encode(const core::Fact& fact, std::vector<std::byte>& out) {
    if (const pack::Problem problem = pack::to_bytes(fact, out)) {
        refuse("an event of kind " + std::string(kind_of(fact)) + " cannot be written", *problem);
    }
}

void decode(std::span<const std::byte> payload, std::string_view kind, std::int64_t schema, core::Fact& fact) {
    if (schema < 1 || schema > schema_of(kind)) throw std::runtime_error("it was written by a newer version of attuned");
    read(payload, fact, "its payload is not an event that this version knows");
    if (kind_of(fact) != kind) throw std::runtime_error("its payload is of another kind");
}

bool same_but_for_late(const core::Event& one, const core::Event& other) {
    const auto label = [](const core::Event& event) {
        return std::tie(event.seq, event.at, event.wall, event.occurred_at, event.command, event.device, event.actor,
                        event.cause);
    };
    if (label(one) != label(other)) return false;
    std::vector<std::byte> fact, other_fact;
    encode(one.fact, fact);
    encode(other.fact, other_fact);
    return fact == other_fact;
}

void encode_state(const core::State& state, std::vector<std::byte>& out) {
    if (const pack::Problem problem = pack::to_bytes(state, out)) refuse("the state cannot be written", *problem);
}

void decode_state(std::span<const std::byte> bytes, core::State& state) {
    state = {};
    read(bytes, state, "the snapshot cannot be read");
}

std::uint64_t state_shape() {
    static const std::uint64_t hash = shape<core::State>(0xcbf29ce484222325ULL);
    return hash;
}

}  // namespace attune::journal
