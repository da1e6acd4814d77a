// Lines and hashes of what happened.
#include "tests/sim/trace.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "hub/journal/describe.hpp"
#include "hub/journal/event_codec.hpp"

namespace attune::sim {

namespace {

template <class T>
concept Id = requires(const T& id) { { id.value } -> std::convertible_to<std::string>; };
template <class T>
concept Number = std::integral<T>;
template <class T>
concept List = requires(const T& list) { list.begin(); list.end(); } && !std::same_as<T, std::string>;

std::string text(const std::string& value) { return '"' + value + '"'; }
std::string text(bool value) { return value ? "yes" : "no"; }
template <Number T>
std::string text(T value) { return std::to_string(value); }
std::string text(core::CallId id) { return '#' + std::to_string(id.value); }
template <Id T>
std::string text(const T& id) { return id.value.empty() ? "-" : id.value; }
template <class T>
    requires std::is_enum_v<T>
std::string text(T value) { return boost::describe::enum_to_string(value, "?"); }
template <std::size_t n>
std::string text(const std::array<std::byte, n>& bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (std::size_t i = 0; i < 3; ++i) {
        hex += digits[static_cast<unsigned>(bytes[i]) >> 4];
        hex += digits[static_cast<unsigned>(bytes[i]) & 15];
    }
    return hex;
}
template <List T>
std::string text(const T& list);
template <class T>
    requires boost::describe::has_describe_members<T>::value && (!Id<T>) && (!std::same_as<T, core::CallId>)
std::string text(const T& value);

template <List T>
std::string text(const T& list) {
    std::string out = "[";
    for (const auto& item : list) out += (out.size() > 1 ? ", " : "") + text(item);
    return out + "]";
}

template <class T>
    requires boost::describe::has_describe_members<T>::value && (!Id<T>) && (!std::same_as<T, core::CallId>)
std::string text(const T& value) {
    std::string out = "{";
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        out += (out.size() > 1 ? ", " : "") + std::string(member.name) + ": " + text(value.*member.pointer);
    });
    return out + "}";
}

}  // namespace

void Trace::line(core::Ms now, const std::function<std::string()>& make) {
    if (to_ == nullptr) return;
    const long long ms = now % 1'000, seconds = now / 1'000 % 60, minutes = now / 60'000 % 60, hours = now / 3'600'000 % 24;
    std::fprintf(to_, "%02lld:%02lld:%02lld.%03lld %s\n", hours, minutes, seconds, ms, make().c_str());
}

std::string describe(const core::Event& event) {
    const std::string who = event.actor.empty() ? event.device.value.str() : event.device.value + "/" + event.actor.value.str();
    return std::to_string(event.seq) + (event.late ? " late " : " ") + (who.empty() ? "hub" : who) + " " + std::string(journal::kind_of(event.fact)) +
           " " + visit([](const auto& fact) { return text(fact); }, event.fact);
}

void hash_event(Trace& trace, const core::Event& event) {
    // By name, so that a field that is added can't be forgotten here.
    const auto& [seq, at, wall, occurred_at, command, device, actor, cause, late, fact] = event;
    for (const std::uint64_t number : {seq, static_cast<std::uint64_t>(at), static_cast<std::uint64_t>(wall), static_cast<std::uint64_t>(occurred_at), cause, std::uint64_t{late}})
        trace.hash(number);
    trace.hash(command);
    trace.hash(device.value);
    trace.hash(actor.value);
    std::vector<std::byte> payload;
    journal::encode(fact, payload);
    trace.hash(payload);
}

}  // namespace attune::sim
