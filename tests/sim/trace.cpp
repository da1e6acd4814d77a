// Lines and hashes of what happened.
#include "tests/sim/trace.hpp"

#include <fmt/format.h>

#include <iterator>
#include <vector>

#include "hub/journal/event_codec.hpp"
#include "protocol/cpp/pack/reader.hpp"

namespace attune::sim {

namespace {

namespace pack = protocol::pack;

/// Appends the value at `at` of what was packed, and says where the next one begins.
std::uint32_t show(const pack::Tape& tape, std::uint32_t at, std::string& out) {
    const pack::Node& node = tape[at];
    const auto items = [&](char open, char close, bool named) {
        out += open;
        ++at;
        for (std::uint32_t n = 0; n < node.size; ++n) {
            if (n > 0) out += ", ";
            if (named) {
                at = show(tape, at, out);
                out += ": ";
            }
            at = show(tape, at, out);
        }
        out += close;
    };
    switch (node.kind) {
        case pack::Kind::nil: out += '-'; break;
        case pack::Kind::boolean: out += node.positive != 0 ? "yes" : "no"; break;
        case pack::Kind::positive: out += std::to_string(node.positive); break;
        case pack::Kind::negative: out += std::to_string(node.negative); break;
        case pack::Kind::str: out += node.size == 0 ? "-" : node.text(); break;
        case pack::Kind::bin:
            for (const char byte : node.text().substr(0, 3)) fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(byte));
            break;
        case pack::Kind::array: items('[', ']', false); break;
        case pack::Kind::map: items('{', '}', true); break;
    }
    return node.next;
}

}  // namespace

void Trace::line(core::Ms now, const std::function<std::string()>& make) {
    if (to_ == nullptr) return;
    const long long ms = now % 1'000, seconds = now / 1'000 % 60, minutes = now / 60'000 % 60, hours = now / 3'600'000 % 24;
    std::fprintf(to_, "%02lld:%02lld:%02lld.%03lld %s\n", hours, minutes, seconds, ms, make().c_str());
}

std::string describe(const core::Event& event) {
    const std::string who = event.actor.empty() ? event.device.value.str() : event.device.value + "/" + event.actor.value.str();
    std::string out = std::to_string(event.seq) + (event.late ? " late " : " ") + (who.empty() ? "hub" : who) + " ";
    // As it is stored: so a kind of event that is new needs nothing here.
    std::vector<std::byte> payload;
    journal::encode(event.fact, payload);
    pack::Tape tape;
    if (pack::read(payload, {}, tape)) return out + std::string(journal::kind_of(event.fact));
    const std::uint32_t kind = 1;  // [kind, fact]
    show(tape, tape[kind].next, (out += tape[kind].text()) += ' ');
    return out;
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
